//! Images: the files of a server at one moment, to launch others from.
use super::disk::Disk;
use super::listing::{Query, is_named};
use super::tag::tags_for;
use super::{Ec2, Instance, InstanceState};
use crate::api::ApiError;
use crate::api::ec2::{
    CreateImageRequest, CreateImageResult, DeleteSnapshotReturnCode, DeregisterImageRequest, DeregisterImageResult,
    DescribeImagesRequest, DescribeImagesResult, DisableImageRequest, DisableImageResult,
    EnableImageDeprecationRequest, EnableImageDeprecationResult, Tag,
};
use crate::cloud::quota::Quota;
use crate::cloud::{ACCOUNT_ID, Context, Fact, FilterNames};
use crate::sim::SimTime;

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
    /// From when on it counts as outdated. It can be launched all the same.
    pub deprecated: Option<SimTime>,
    /// Its operating system.
    pub platform: Platform,
    /// The processors it is made for: `x86_64` or `arm64`.
    pub architecture: &'static str,
    /// The snapshot that holds its disk.
    pub snapshot_id: String,
    /// The size of the disk in GiB.
    pub size_gib: i64,
    /// The files.
    pub disk: Disk,
    /// Whether its instance went on running while it was made: AWS does not vouch for its files then.
    pub is_crash_consistent: bool,
    /// The instance it was made from.
    pub source_instance_id: Option<String>,
    /// The image it was copied from, and that image's region.
    pub source_image: Option<(String, String)>,
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
    /// Its owner keeps it from being launched.
    Disabled,
}

/// An operating system family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Platform {
    /// Any Linux.
    Linux,
    /// Any Windows.
    Windows,
}

const FILTERS: &FilterNames = &[
    ("image-id", "ImageId"),
    ("name", "Name"),
    ("description", "Description"),
    ("state", "State"),
    ("owner-id", "OwnerId"),
    ("owner-alias", "ImageOwnerAlias"),
    ("is-public", "Public"),
    ("architecture", "Architecture"),
    ("image-type", "ImageType"),
    ("platform", "Platform"),
    ("root-device-name", "RootDeviceName"),
    ("root-device-type", "RootDeviceType"),
    ("virtualization-type", "VirtualizationType"),
    ("hypervisor", "Hypervisor"),
    ("ena-support", "EnaSupport"),
    ("creation-date", "CreationDate"),
    ("source-instance-id", "SourceInstanceId"),
    ("source-image-id", "SourceImageId"),
    ("source-image-region", "SourceImageRegion"),
    ("block-device-mapping.snapshot-id", "BlockDeviceMappings.Ebs.SnapshotId"),
    ("block-device-mapping.volume-size", "BlockDeviceMappings.Ebs.VolumeSize"),
    ("block-device-mapping.volume-type", "BlockDeviceMappings.Ebs.VolumeType"),
];

impl ImageState {
    /// AWS's name of the state.
    pub fn name(self) -> &'static str {
        match self {
            ImageState::Pending => "pending",
            ImageState::Available => "available",
            ImageState::Disabled => "disabled",
        }
    }
}

impl Platform {
    /// The device of a root volume.
    pub fn root_device(self) -> &'static str {
        match self {
            Platform::Linux => "/dev/xvda",
            Platform::Windows => "/dev/sda1",
        }
    }
}

impl Image {
    /// The wording for a pending image is that of the Auto Scaling activity; what RunInstances says is a guess.
    pub(super) fn check_launchable(&self) -> Result<(), ApiError> {
        let message = match self.state {
            ImageState::Available => return Ok(()),
            ImageState::Pending => format!("AMI {} is pending, and cannot be run.", self.image_id),
            ImageState::Disabled => format!("AMI '{}' is disabled, and cannot be run.", self.image_id),
        };
        Err(ApiError::new("InvalidAMIID.Unavailable", message))
    }

    fn is_own(&self) -> bool {
        self.owner_id == ACCOUNT_ID
    }

    fn check_own(&self) -> Result<(), ApiError> {
        if self.is_own() {
            return Ok(());
        }
        Err(ApiError::new("AuthFailure", format!("Not authorized for image:{}", self.image_id)))
    }
}

impl Ec2 {
    /// The image of this id.
    ///
    /// # Errors
    /// `InvalidAMIID.Malformed`, or `InvalidAMIID.NotFound`; the id of another region is not found either. An image that was given up is
    /// `InvalidAMIID.Unavailable`; that AWS says so for ever is a guess.
    pub fn image(&self, image_id: &str) -> Result<&Image, ApiError> {
        self.images.get(image_id).ok_or_else(|| {
            let digits = image_id
                .strip_prefix("ami-")
                .filter(|digits| !digits.is_empty() && digits.bytes().all(|d| d.is_ascii_hexdigit()));
            let (code, message) = match digits {
                Some(_) if self.deregistered.contains(image_id) => {
                    ("InvalidAMIID.Unavailable", format!("The image ID: '{image_id}' is no longer available"))
                }
                Some(_) => ("InvalidAMIID.NotFound", format!("The image id '[{image_id}]' does not exist")),
                None => ("InvalidAMIID.Malformed", format!("Invalid id: \"{image_id}\" (expecting \"ami-...\")")),
            };
            ApiError::new(code, message)
        })
    }

    /// Begins an image of an instance, which restarts so that its files are whole, unless the request says no.
    pub(super) fn create_image(
        &mut self,
        context: &mut Context,
        input: CreateImageRequest,
    ) -> Result<CreateImageResult, ApiError> {
        let instance = self.instance(&input.instance_id)?.clone();
        self.check_image_name(context, &input.name)?;
        check_can_be_copied(&instance)?;
        let volume = self.volume(&instance.volume_id)?.clone();
        let tags = tags_for(&input.tag_specifications, &["image", "snapshot"])?;
        let snapshot_tags = tags_for(&input.tag_specifications, &["snapshot", "image"])?;
        let is_crash_consistent = instance.is_running() && input.no_reboot == Some(true);
        if instance.is_running() && !is_crash_consistent {
            self.reboot(context, &instance.instance_id);
        }
        let image_id = context.new_id("ami-");
        let description = format!("Created by CreateImage({}) for {image_id}", instance.instance_id);
        let snapshot = self.begin_snapshot(context, &volume, description, snapshot_tags);
        let image = Image {
            image_id: image_id.clone(),
            name: input.name,
            description: input.description,
            owner_id: ACCOUNT_ID.into(),
            is_public: false,
            state: ImageState::Pending,
            created: context.now,
            deprecated: None,
            platform: instance.platform,
            architecture: instance.instance_type.architecture(),
            snapshot_id: snapshot.snapshot_id,
            size_gib: volume.size_gib,
            disk: instance.disk,
            is_crash_consistent,
            source_instance_id: Some(instance.instance_id),
            source_image: None,
            tags,
        };
        self.begin_image(context, image, snapshot.completes);
        Ok(CreateImageResult { image_id })
    }

    /// Lists the image, and has it completed when its snapshot is.
    pub(super) fn begin_image(&mut self, context: &mut Context, image: Image, completes: SimTime) {
        let image_id = image.image_id.clone();
        self.images.insert(image_id.clone(), image);
        context.schedule(completes, super::Due::ImageCompletes { image_id });
    }

    /// Refuses a name that is too short, too long, taken, or has wrong letters; and an image too many.
    pub(super) fn check_image_name(&self, context: &Context, name: &str) -> Result<(), ApiError> {
        let is_allowed = |letter: char| letter.is_ascii_alphanumeric() || "()[] ./-'@_".contains(letter);
        if !(3..=128).contains(&name.chars().count()) || !name.chars().all(is_allowed) {
            let message = "AMI names must be between 3 and 128 characters long, and may contain letters, numbers, '(', ')', '.', '-', '/' and '_'";
            return Err(ApiError::new("InvalidAMIName.Malformed", message));
        }
        let taken = self.images.values().find(|image| image.is_own() && image.name == name);
        if let Some(taken) = taken {
            let message = format!("AMI name {name} is already in use by AMI {}", taken.image_id);
            return Err(ApiError::new("InvalidAMIName.Duplicate", message));
        }
        let own = self.images.values().filter(|image| image.is_own()).count();
        if !context.quotas().has_room(Quota::Images, own) {
            let message = "The maximum number of AMIs for this account in this Region has been reached.";
            return Err(ApiError::new("AMIQuotaExceeded", message));
        }
        Ok(())
    }

    pub(super) fn complete_image(&mut self, context: &mut Context, image_id: &str) {
        if let Some(image) = self.images.get_mut(image_id).filter(|image| image.state == ImageState::Pending) {
            image.state = ImageState::Available;
            context.record(Fact::ImageAvailable { image_id: image_id.to_owned() });
        }
    }

    fn own_image_mut(&mut self, image_id: &str) -> Result<&mut Image, ApiError> {
        self.image(image_id)?.check_own()?;
        self.images.get_mut(image_id).ok_or_else(|| ApiError::new("InvalidAMIID.NotFound", image_id))
    }

    pub(super) fn enable_image_deprecation(
        &mut self,
        context: &mut Context,
        input: EnableImageDeprecationRequest,
    ) -> Result<EnableImageDeprecationResult, ApiError> {
        let now = context.now;
        let image = self.own_image_mut(&input.image_id)?;
        let moment = SimTime::parse_iso8601(&input.deprecate_at).filter(|moment| *moment > now);
        let past = || {
            let message = format!(
                "The value '{}' for DeprecateAt is not valid. It must be a moment in the future.",
                input.deprecate_at
            );
            ApiError::new("InvalidParameterValue", message)
        };
        image.deprecated = Some(moment.ok_or_else(past)?);
        Ok(EnableImageDeprecationResult { r#return: true })
    }

    pub(super) fn disable_image(
        &mut self,
        _: &mut Context,
        input: DisableImageRequest,
    ) -> Result<DisableImageResult, ApiError> {
        let image = self.own_image_mut(&input.image_id)?;
        if image.state == ImageState::Pending {
            let message = format!("AMI '{}' is pending, and cannot be disabled.", input.image_id);
            return Err(ApiError::new("InvalidAMIID.Unavailable", message));
        }
        image.state = ImageState::Disabled;
        Ok(DisableImageResult { r#return: true })
    }

    /// Gives an image up. Its snapshot stays, and costs money, unless the request says otherwise and no other image needs it.
    pub(super) fn deregister_image(
        &mut self,
        _: &mut Context,
        input: DeregisterImageRequest,
    ) -> Result<DeregisterImageResult, ApiError> {
        self.own_image_mut(&input.image_id)?;
        let Some(image) = self.images.remove(&input.image_id) else { return Ok(DeregisterImageResult::default()) };
        self.deregistered.insert(input.image_id);
        let mut delete_snapshot_results = Vec::new();
        if input.delete_associated_snapshots == Some(true) && self.snapshots.contains_key(&image.snapshot_id) {
            let is_shared = self.image_with(&image.snapshot_id).is_some();
            let return_code = if is_shared { "skipped" } else { "success" }.to_owned();
            if !is_shared {
                self.snapshots.remove(&image.snapshot_id);
            }
            delete_snapshot_results.push(DeleteSnapshotReturnCode { snapshot_id: image.snapshot_id, return_code });
        }
        Ok(DeregisterImageResult { r#return: true, delete_snapshot_results })
    }

    /// The image that needs the snapshot.
    pub(super) fn image_with(&self, snapshot_id: &str) -> Option<&Image> {
        self.images.values().find(|image| image.snapshot_id == snapshot_id)
    }

    pub(super) fn describe_images(
        &mut self,
        context: &mut Context,
        input: DescribeImagesRequest,
    ) -> Result<DescribeImagesResult, ApiError> {
        super::listing::check_page_size(input.max_results)?;
        input.image_ids.iter().try_for_each(|id| self.image(id).map(|_| ()))?;
        let is_old = |image: &Image| image.deprecated.is_some_and(|moment| moment <= context.now);
        let is_shown = |image: &Image| {
            let is_named_by_id = input.image_ids.contains(&image.image_id);
            (image.state != ImageState::Disabled || input.include_disabled == Some(true))
                && (!is_old(image) || image.is_own() || is_named_by_id || input.include_deprecated == Some(true))
        };
        let may_run = |image: &Image| {
            let users = &input.executable_users;
            users.is_empty()
                || users.iter().any(|user| match user.as_str() {
                    "all" => image.is_public,
                    "self" => false,
                    account => image.owner_id == account,
                })
        };
        let owner_fits = |image: &Image| {
            let alias = if image.is_own() { "self" } else { "amazon" };
            let owners = &input.owners;
            owners.is_empty() || owners.iter().any(|owner| [image.owner_id.as_str(), alias].contains(&owner.as_str()))
        };
        let wanted = self.images.values().filter(|image| {
            is_named(&image.image_id, &input.image_ids) && is_shown(image) && may_run(image) && owner_fits(image)
        });
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (images, next_token) = query.of(wanted.map(super::wire::image_shape).collect())?;
        Ok(DescribeImagesResult { images, next_token })
    }
}

fn check_can_be_copied(instance: &Instance) -> Result<(), ApiError> {
    if instance.is_running() || instance.state == InstanceState::Stopped {
        return Ok(());
    }
    let message = format!("The instance '{}' is not in the 'running' or 'stopped' state.", instance.instance_id);
    Err(ApiError::new("IncorrectInstanceState", message))
}
