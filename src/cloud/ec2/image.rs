//! Images and snapshots.
use super::disk::Disk;
use super::{Due, Ec2, Instance, check_dry_run, is_wanted, tags_for};
use crate::api::ApiError;
use crate::api::ec2::{
    self, CreateImageRequest, CreateImageResult, DeleteSnapshotReturnCode, DeregisterImageRequest,
    DeregisterImageResult, DescribeImagesRequest, DescribeImagesResult, DescribeSnapshotsRequest,
    DescribeSnapshotsResult, Tag,
};
use crate::cloud::{ACCOUNT_ID, Context, Fact, Properties};
use crate::sim::{Distribution, SimTime};

/// A machine image: the files of a server at one moment.
#[derive(Clone, Debug)]
pub struct Image {
    /// Its id; it belongs to this region alone.
    pub image_id: String,
    /// Its name, unique among the account's own.
    pub name: String,
    /// What it is for.
    pub description: Option<String>,
    /// The account that owns it.
    pub owner_id: String,
    /// Whether everyone may launch it.
    pub is_public: bool,
    /// Whether it can be launched.
    pub state: ImageState,
    /// When it was made.
    pub created: SimTime,
    /// Its operating system.
    pub platform: Platform,
    /// The snapshot that holds its disk.
    pub snapshot_id: String,
    /// The size of the disk in GiB.
    pub size_gib: i64,
    /// The files.
    pub disk: Disk,
    /// The instance it was made from.
    pub source_instance_id: Option<String>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// Whether an image can be launched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImageState {
    /// Its snapshot is not complete yet.
    Pending,
    /// It can be launched.
    Available,
}

/// An operating system family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Any Linux.
    Linux,
    /// Any Windows.
    Windows,
}

/// A copy of a disk.
#[derive(Clone, Debug)]
pub struct Snapshot {
    /// Its id.
    pub snapshot_id: String,
    /// The volume it was made from.
    pub volume_id: String,
    /// When it was begun.
    pub started: SimTime,
    /// When it is complete.
    pub completes: SimTime,
    /// What it says of itself.
    pub description: String,
    /// The size of the volume in GiB.
    pub size_gib: i64,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// How long the snapshot of an 8 GiB disk takes (a calibrated guess: two to five minutes).
const SNAPSHOT: Distribution = Distribution::triangular_secs(120, 180, 300);

impl ImageState {
    /// AWS's name of the state.
    pub fn name(self) -> &'static str {
        match self {
            ImageState::Pending => "pending",
            ImageState::Available => "available",
        }
    }
}

impl Image {
    pub(super) fn check_launchable(&self) -> Result<(), ApiError> {
        match self.state {
            ImageState::Available => Ok(()),
            ImageState::Pending => {
                let message = format!("The image ID: '{}' is pending, and cannot be run", self.image_id);
                Err(ApiError::new("InvalidAMIID.Unavailable", message))
            }
        }
    }
}

impl Snapshot {
    /// How much of it is copied, in whole per cent.
    pub fn progress(&self, now: SimTime) -> u64 {
        let (passed, whole) = (now.since(self.started).as_micros(), self.completes.since(self.started).as_micros());
        (passed * 100).checked_div(whole).map_or(100, |percent| percent.min(100))
    }
}

impl Ec2 {
    /// The image of this id.
    ///
    /// # Errors
    /// `InvalidAMIID.Malformed` or `InvalidAMIID.NotFound`; the id of another region is not found either.
    pub fn image(&self, image_id: &str) -> Result<&Image, ApiError> {
        self.images.get(image_id).ok_or_else(|| {
            let digits = image_id
                .strip_prefix("ami-")
                .filter(|digits| !digits.is_empty() && digits.bytes().all(|d| d.is_ascii_hexdigit()));
            match digits {
                Some(_) => {
                    ApiError::new("InvalidAMIID.NotFound", format!("The image id '[{image_id}]' does not exist"))
                }
                None => ApiError::new(
                    "InvalidAMIID.Malformed",
                    format!("Invalid id: \"{image_id}\" (expecting \"ami-...\")"),
                ),
            }
        })
    }

    pub(super) fn create_image(
        &mut self,
        context: &mut Context,
        input: CreateImageRequest,
    ) -> Result<CreateImageResult, ApiError> {
        let instance = self.instance(&input.instance_id)?.clone();
        self.check_image_request(&instance, &input)?;
        check_dry_run(input.dry_run)?;
        let (image_id, snapshot_id) = (context.new_id("ami-"), context.new_id("snap-"));
        let time = SNAPSHOT.draw(&mut context.next_random("ec2.snapshot"));
        let source = self.image(&instance.image_id).ok();
        let size_gib = source.map_or(8, |image| image.size_gib);
        if input.no_reboot != Some(true) {
            self.reboot(context, &instance.instance_id);
        }
        let snapshot = Snapshot {
            snapshot_id: snapshot_id.clone(),
            volume_id: instance.volume_id.clone(),
            started: context.now,
            completes: context.now + time,
            description: format!("Created by CreateImage({}) for {image_id}", instance.instance_id),
            size_gib,
            tags: tags_for(&input.tag_specifications, "snapshot"),
        };
        self.snapshots.insert(snapshot_id.clone(), snapshot);
        let image = new_image(context, input, &instance, (image_id.clone(), snapshot_id), size_gib);
        self.images.insert(image_id.clone(), image);
        context.schedule_in(time, Due::ImageCompletes { image_id: image_id.clone() });
        Ok(CreateImageResult { image_id })
    }

    fn check_image_request(&self, instance: &Instance, input: &CreateImageRequest) -> Result<(), ApiError> {
        let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "()[] ./-'@_".contains(letter);
        if !(3..=128).contains(&input.name.chars().count()) || !input.name.chars().all(is_allowed) {
            let message = "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')', '.', '-', '/' and '_'";
            return Err(ApiError::new("InvalidAMIName.Malformed", message));
        }
        let taken = self.images.values().find(|image| image.owner_id == ACCOUNT_ID && image.name == input.name);
        if let Some(taken) = taken {
            let message = format!("AMI name {} is already in use by AMI {}", input.name, taken.image_id);
            return Err(ApiError::new("InvalidAMIName.Duplicate", message));
        }
        if instance.is_gone() || instance.state == super::InstanceState::Pending {
            let message =
                format!("The instance '{}' is not in the 'running' or 'stopped' state.", instance.instance_id);
            return Err(ApiError::new("IncorrectInstanceState", message));
        }
        Ok(())
    }

    pub(super) fn complete_image(&mut self, context: &mut Context, image_id: &str) {
        if let Some(image) = self.images.get_mut(image_id) {
            image.state = ImageState::Available;
            context.record(Fact::ImageAvailable { image_id: image_id.to_owned() });
        }
    }

    pub(super) fn deregister_image(
        &mut self,
        input: &DeregisterImageRequest,
    ) -> Result<DeregisterImageResult, ApiError> {
        let image = self.image(&input.image_id)?;
        if image.owner_id != ACCOUNT_ID {
            let message = format!("Not authorized for image:{}", input.image_id);
            return Err(ApiError::new("AuthFailure", message));
        }
        check_dry_run(input.dry_run)?;
        let snapshot_id = image.snapshot_id.clone();
        self.images.remove(&input.image_id);
        let mut delete_snapshot_results = Vec::new();
        if input.delete_associated_snapshots == Some(true) && self.snapshots.remove(&snapshot_id).is_some() {
            delete_snapshot_results.push(DeleteSnapshotReturnCode { snapshot_id, return_code: "success".into() });
        }
        Ok(DeregisterImageResult { r#return: true, delete_snapshot_results })
    }

    pub(super) fn describe_images(&self, input: &DescribeImagesRequest) -> Result<DescribeImagesResult, ApiError> {
        input.image_ids.iter().try_for_each(|id| self.image(id).map(|_| ()))?;
        let owner_fits = |image: &Image| {
            let aliases = [image.owner_id.as_str(), if image.owner_id == ACCOUNT_ID { "self" } else { "amazon" }];
            input.owners.is_empty() || input.owners.iter().any(|owner| aliases.contains(&owner.as_str()))
        };
        let mut images = Vec::new();
        for image in self.images.values().filter(|image| owner_fits(image)) {
            let properties = Properties::default()
                .with("image-id", &image.image_id)
                .with("name", &image.name)
                .with("state", image.state.name())
                .with("owner-id", &image.owner_id)
                .with("is-public", image.is_public.to_string())
                .with("architecture", "x86_64");
            if is_wanted(&image.image_id, &input.image_ids, &properties, &image.tags, &input.filters)? {
                images.push(super::wire::image_shape(image));
            }
        }
        Ok(DescribeImagesResult { images, next_token: None })
    }

    pub(super) fn describe_snapshots(
        &self,
        context: &Context,
        input: &DescribeSnapshotsRequest,
    ) -> Result<DescribeSnapshotsResult, ApiError> {
        if let Some(missing) = input.snapshot_ids.iter().find(|id| !self.snapshots.contains_key(*id)) {
            return Err(ApiError::new("InvalidSnapshot.NotFound", format!("The snapshot '{missing}' does not exist.")));
        }
        let mut snapshots = Vec::new();
        for snapshot in self.snapshots.values() {
            let shape = snapshot_shape(snapshot, context.now);
            let properties = Properties::default()
                .with("snapshot-id", &shape.snapshot_id)
                .with("status", &shape.state)
                .with("volume-id", &shape.volume_id);
            if is_wanted(&snapshot.snapshot_id, &input.snapshot_ids, &properties, &snapshot.tags, &input.filters)? {
                snapshots.push(shape);
            }
        }
        Ok(DescribeSnapshotsResult { snapshots, next_token: None })
    }
}

fn new_image(
    context: &Context,
    input: CreateImageRequest,
    source: &Instance,
    ids: (String, String),
    size_gib: i64,
) -> Image {
    let (image_id, snapshot_id) = ids;
    Image {
        image_id,
        name: input.name,
        description: input.description,
        owner_id: ACCOUNT_ID.into(),
        is_public: false,
        state: ImageState::Pending,
        created: context.now,
        platform: source.platform,
        snapshot_id,
        size_gib,
        disk: source.disk.clone(),
        source_instance_id: Some(source.instance_id.clone()),
        tags: tags_for(&input.tag_specifications, "image"),
    }
}

fn snapshot_shape(snapshot: &Snapshot, now: SimTime) -> ec2::Snapshot {
    let progress = snapshot.progress(now);
    ec2::Snapshot {
        snapshot_id: snapshot.snapshot_id.clone(),
        volume_id: snapshot.volume_id.clone(),
        state: if progress == 100 { "completed" } else { "pending" }.into(),
        progress: format!("{progress}%"),
        start_time: snapshot.started.to_iso8601(),
        owner_id: ACCOUNT_ID.into(),
        description: snapshot.description.clone(),
        volume_size: snapshot.size_gib,
        encrypted: false,
        storage_tier: "standard".into(),
        tags: snapshot.tags.clone(),
    }
}
