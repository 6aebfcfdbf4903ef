//! Copies of images and snapshots from region to region. The region that shall have the copy is asked for it.
use super::tag::{put, tags_for};
use super::{Ec2, Image, ImageState, Snapshot};
use crate::api;
use crate::api::ApiError;
use crate::api::ec2::{self, CopyImageRequest, CopyImageResult, CopySnapshotRequest, CopySnapshotResult};
use crate::cloud::quota::Quota;
use crate::cloud::{ACCOUNT_ID, Cloud, Context};
use crate::sim::{Distribution, SimDuration};

/// How long a copy to another region takes (a calibrated guess: five to fifteen minutes).
const COPY: Distribution = Distribution::uniform_secs(300, 900);

/// What the source region gives, or why it does not.
#[derive(Clone, Debug)]
pub(in crate::cloud) enum CopySource {
    Image(Box<Result<Image, ApiError>>),
    Snapshot(Result<Snapshot, ApiError>),
}

impl CopySource {
    /// What a request for a copy needs from another region; nothing for any other request.
    pub(in crate::cloud) fn of(cloud: &Cloud, request: &api::Request) -> Option<CopySource> {
        let region = |name: &str| {
            let wrong = || {
                let message = format!("Invalid value '{name}' for sourceRegion.");
                ApiError::new("InvalidParameterValue", message)
            };
            cloud.region(name).map(|region| &region.ec2).ok_or_else(wrong)
        };
        match request {
            api::Request::Ec2(ec2::Request::CopyImage(input)) => {
                let source = region(&input.source_region).and_then(|ec2| ec2.image(&input.source_image_id).cloned());
                Some(CopySource::Image(Box::new(source)))
            }
            api::Request::Ec2(ec2::Request::CopySnapshot(input)) => {
                let source = region(&input.source_region);
                Some(CopySource::Snapshot(source.and_then(|ec2| ec2.snapshot(&input.source_snapshot_id).cloned())))
            }
            _ => None,
        }
    }
}

impl Ec2 {
    /// Begins a copy of an image of the source region, with an id and a snapshot of its own. Later changes of the source do not reach it.
    pub(super) fn copy_image(
        &mut self,
        context: &mut Context,
        input: CopyImageRequest,
    ) -> Result<CopyImageResult, ApiError> {
        let Some(CopySource::Image(source)) = context.source.take() else {
            return Err(ApiError::new("InvalidAMIID.NotFound", "There is no image to copy"));
        };
        let source = (*source)?;
        source.check_launchable()?;
        self.check_image_name(context, &input.name)?;
        let is_copying = |image: &&Image| image.source_image.is_some() && image.state == ImageState::Pending;
        if !context.quotas().has_room(Quota::ImageCopies, self.images.values().filter(is_copying).count()) {
            let message = "AMI copy request limit exceeded in the destination Region.";
            return Err(ApiError::new("ResourceLimitExceeded", message));
        }
        let mut tags = if input.copy_image_tags == Some(true) { source.tags.clone() } else { Vec::new() };
        tags_for(&input.tag_specifications, &["image", "snapshot"])?.into_iter().for_each(|tag| put(&mut tags, tag));
        let image_id = context.new_id("ami-");
        let snapshot = Snapshot {
            description: format!(
                "Copied for DestinationAmi {image_id} from SourceAmi {} for SourceSnapshot {}. Task created on {}.",
                source.image_id,
                source.snapshot_id,
                with_commas(context.now.unix_millis()),
            ),
            tags: tags_for(&input.tag_specifications, &["snapshot", "image"])?,
            ..self.new_copy(context, source.size_gib)
        };
        let completes = snapshot.completes;
        let image = Image {
            image_id: image_id.clone(),
            name: input.name,
            description: input.description.or(source.description),
            owner_id: ACCOUNT_ID.into(),
            is_public: false,
            state: ImageState::Pending,
            created: context.now,
            deprecated: None,
            snapshot_id: snapshot.snapshot_id.clone(),
            source_instance_id: None,
            source_image: Some((source.image_id, input.source_region)),
            tags,
            ..source
        };
        self.snapshots.insert(snapshot.snapshot_id.clone(), snapshot);
        self.begin_image(context, image, completes);
        Ok(CopyImageResult { image_id })
    }

    pub(super) fn copy_snapshot(
        &mut self,
        context: &mut Context,
        input: CopySnapshotRequest,
    ) -> Result<CopySnapshotResult, ApiError> {
        let Some(CopySource::Snapshot(source)) = context.source.take() else {
            return Err(ApiError::new("InvalidSnapshot.NotFound", "There is no snapshot to copy"));
        };
        let source = source?;
        let tags = tags_for(&input.tag_specifications, &["snapshot"])?;
        let by_default = || format!("[Copied {} from {}]", source.snapshot_id, input.source_region);
        let snapshot = Snapshot {
            description: input.description.clone().unwrap_or_else(by_default),
            tags: tags.clone(),
            ..self.new_copy(context, source.size_gib)
        };
        let snapshot_id = snapshot.snapshot_id.clone();
        self.snapshots.insert(snapshot_id.clone(), snapshot);
        Ok(CopySnapshotResult { snapshot_id, tags })
    }

    /// A full snapshot that another region's is copied into. AWS shows this volume id for all of them.
    fn new_copy(&self, context: &mut Context, size_gib: i64) -> Snapshot {
        let time: SimDuration = COPY.draw(&mut context.next_random("ec2.copy"));
        Snapshot {
            snapshot_id: context.new_id("snap-"),
            volume_id: "vol-ffffffff".into(),
            started: context.now,
            completes: context.now + time,
            description: String::new(),
            size_gib,
            stored_mib: size_gib * 1_024 / 4,
            tags: Vec::new(),
        }
    }
}

/// A number in groups of three digits.
fn with_commas(number: i64) -> String {
    let digits = number.to_string();
    let groups = digits.as_bytes().rchunks(3).rev().map(|group| String::from_utf8_lossy(group).into_owned());
    groups.collect::<Vec<_>>().join(",")
}
