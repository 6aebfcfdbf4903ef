//! Machine images, and the snapshots and volumes that hold disks.
use super::{Filter, Tag, TagSpecification};

shapes! {
    /// Asks for an image of an instance, which restarts unless `no_reboot` is set.
    CreateImageRequest {
        instance_id: String, name: String, description: Option<String>, no_reboot: Option<bool>,
        tag_specifications: Vec<TagSpecification>, dry_run: Option<bool>,
    }

    /// The image that was begun; it is `pending` at first.
    CreateImageResult { image_id: String }

    /// Asks for a copy, in the region that is asked, of an image of the source region.
    CopyImageRequest {
        name: String, source_image_id: String, source_region: String, description: Option<String>, copy_image_tags: Option<bool>,
        tag_specifications: Vec<TagSpecification>, client_token: Option<String>, dry_run: Option<bool>,
    }

    /// The copy that was begun, under an id of its own.
    CopyImageResult { image_id: String }

    /// Asks for images.
    DescribeImagesRequest {
        image_ids: Vec<String>, owners: Vec<String>, executable_users: Vec<String>, include_deprecated: Option<bool>,
        include_disabled: Option<bool>, filters: Vec<Filter>, max_results: Option<i64>, next_token: Option<String>, dry_run: Option<bool>,
    }

    /// The images.
    DescribeImagesResult { images: Vec<Image>, next_token: Option<String> }

    /// A machine image. Its id belongs to one region.
    Image {
        image_id: String, image_location: String, name: String, description: Option<String>, owner_id: String,
        image_owner_alias: Option<String>, state: String, public: bool, creation_date: String, architecture: String, image_type: String,
        platform: Option<String>, platform_details: String, usage_operation: String, root_device_name: String, root_device_type: String,
        virtualization_type: String, hypervisor: String, ena_support: bool, block_device_mappings: Vec<BlockDeviceMapping>,
        deprecation_time: Option<String>, source_instance_id: Option<String>, source_image_id: Option<String>,
        source_image_region: Option<String>, tags: Vec<Tag>,
    }

    /// A disk of an image.
    BlockDeviceMapping { device_name: String, ebs: EbsBlockDevice }

    /// The volume that a launch makes from the snapshot; the size is in GiB.
    EbsBlockDevice { snapshot_id: String, volume_size: i64, volume_type: String, delete_on_termination: bool, encrypted: bool }

    /// Asks to mark an own image as outdated from a moment on.
    EnableImageDeprecationRequest { image_id: String, deprecate_at: String, dry_run: Option<bool> }

    /// Whether it was done.
    EnableImageDeprecationResult { r#return: bool }

    /// Asks that an own image cannot be launched any more.
    DisableImageRequest { image_id: String, dry_run: Option<bool> }

    /// Whether it was done.
    DisableImageResult { r#return: bool }

    /// Asks to give an image up.
    DeregisterImageRequest { image_id: String, delete_associated_snapshots: Option<bool>, dry_run: Option<bool> }

    /// Whether it was done, and what became of the snapshots.
    DeregisterImageResult { r#return: bool, delete_snapshot_results: Vec<DeleteSnapshotReturnCode> }

    /// What became of one snapshot.
    DeleteSnapshotReturnCode { snapshot_id: String, return_code: String }

    /// Asks for a snapshot of a volume.
    CreateSnapshotRequest {
        volume_id: String, description: Option<String>, tag_specifications: Vec<TagSpecification>, dry_run: Option<bool>,
    }

    /// Asks for a copy, in the region that is asked, of a snapshot of the source region.
    CopySnapshotRequest {
        source_region: String, source_snapshot_id: String, description: Option<String>, tag_specifications: Vec<TagSpecification>,
        dry_run: Option<bool>,
    }

    /// The copy that was begun, under an id of its own.
    CopySnapshotResult { snapshot_id: String, tags: Vec<Tag> }

    /// Asks to delete a snapshot that no image needs.
    DeleteSnapshotRequest { snapshot_id: String, dry_run: Option<bool> }

    /// Asks for snapshots.
    DescribeSnapshotsRequest {
        snapshot_ids: Vec<String>, owner_ids: Vec<String>, restorable_by_user_ids: Vec<String>, filters: Vec<Filter>,
        max_results: Option<i64>, next_token: Option<String>, dry_run: Option<bool>,
    }

    /// The snapshots.
    DescribeSnapshotsResult { snapshots: Vec<Snapshot>, next_token: Option<String> }

    /// A copy of a disk at one moment; the size is in GiB.
    Snapshot {
        snapshot_id: String, volume_id: String, state: String, progress: String, start_time: String, completion_time: Option<String>,
        owner_id: String, description: String, volume_size: i64, full_snapshot_size_in_bytes: i64, encrypted: bool, storage_tier: String,
        tags: Vec<Tag>,
    }

    /// Asks for volumes.
    DescribeVolumesRequest {
        volume_ids: Vec<String>, filters: Vec<Filter>, max_results: Option<i64>, next_token: Option<String>, dry_run: Option<bool>,
    }

    /// The volumes.
    DescribeVolumesResult { volumes: Vec<Volume>, next_token: Option<String> }

    /// Asks to delete a volume that no instance has.
    DeleteVolumeRequest { volume_id: String, dry_run: Option<bool> }

    /// A volume; the size is in GiB.
    Volume {
        volume_id: String, volume_type: String, size: i64, iops: i64, throughput: Option<i64>, state: String, create_time: String,
        availability_zone: String, snapshot_id: String, encrypted: bool, multi_attach_enabled: bool, attachments: Vec<VolumeAttachment>,
        tags: Vec<Tag>,
    }

    /// The bond between a volume and an instance.
    VolumeAttachment {
        volume_id: String, instance_id: String, device: String, state: String, attach_time: String, delete_on_termination: bool,
    }

    /// A disk that a launch asks for.
    BlockDeviceMappingRequest { device_name: Option<String>, ebs: Option<EbsBlockDeviceRequest> }

    /// Its volume; the size is in GiB.
    EbsBlockDeviceRequest { volume_size: Option<i64>, volume_type: Option<String>, delete_on_termination: Option<bool> }
}
