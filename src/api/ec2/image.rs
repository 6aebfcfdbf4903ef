//! Machine images and the snapshots that hold their disks.
use super::{Filter, Tag, TagSpecification};

shapes! {
    /// Asks for an image of an instance, which restarts unless `no_reboot` is set.
    CreateImageRequest {
        instance_id: String, name: String, description: Option<String>, no_reboot: Option<bool>,
        tag_specifications: Vec<TagSpecification>, dry_run: Option<bool>,
    }

    /// The image that was begun; it is `pending` at first.
    CreateImageResult { image_id: String }

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
        source_instance_id: Option<String>, tags: Vec<Tag>,
    }

    /// A disk of an image.
    BlockDeviceMapping { device_name: String, ebs: EbsBlockDevice }

    /// The volume that a launch makes from the snapshot; the size is in GiB.
    EbsBlockDevice { snapshot_id: String, volume_size: i64, volume_type: String, delete_on_termination: bool, encrypted: bool }

    /// Asks to give an image up.
    DeregisterImageRequest { image_id: String, delete_associated_snapshots: Option<bool>, dry_run: Option<bool> }

    /// Whether it was done, and what became of the snapshots.
    DeregisterImageResult { r#return: bool, delete_snapshot_results: Vec<DeleteSnapshotReturnCode> }

    /// What became of one snapshot.
    DeleteSnapshotReturnCode { snapshot_id: String, return_code: String }

    /// Asks for snapshots.
    DescribeSnapshotsRequest {
        snapshot_ids: Vec<String>, owner_ids: Vec<String>, restorable_by_user_ids: Vec<String>, filters: Vec<Filter>,
        max_results: Option<i64>, next_token: Option<String>, dry_run: Option<bool>,
    }

    /// The snapshots.
    DescribeSnapshotsResult { snapshots: Vec<Snapshot>, next_token: Option<String> }

    /// A copy of a disk at one moment; the size is in GiB.
    Snapshot {
        snapshot_id: String, volume_id: String, state: String, progress: String, start_time: String, owner_id: String,
        description: String, volume_size: i64, encrypted: bool, storage_tier: String, tags: Vec<Tag>,
    }
}
