//! Volumes: the root disks of instances.
use super::disk::Disk;
use super::listing::{Query, is_named};
use super::{Ec2, Instance};
use crate::api::ApiError;
use crate::api::ec2::{
    self, BlockDeviceMappingRequest, DeleteVolumeRequest, DescribeVolumesRequest, DescribeVolumesResult,
    EbsInstanceBlockDevice, InstanceBlockDeviceMapping, Nothing, Tag, VolumeAttachment,
};
use crate::cloud::{Context, FilterNames};
use crate::sim::SimTime;

/// A volume. Simplified: the lab makes none but the root volume of each instance.
#[derive(Clone, Debug)]
pub struct Volume {
    /// Its id.
    pub volume_id: String,
    /// Its size in GiB.
    pub size_gib: i64,
    /// Its type, such as `gp3`.
    pub kind: String,
    /// The zone it lies in.
    pub zone: String,
    /// The snapshot it was made from.
    pub snapshot_id: String,
    /// When it was made.
    pub created: SimTime,
    /// The instance it is attached to; none if it outlived its instance.
    pub attachment: Option<Attachment>,
    /// The files, once it is attached to no instance; till then the instance has them.
    pub disk: Option<Disk>,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// The bond between a volume and an instance.
#[derive(Clone, Debug)]
pub struct Attachment {
    /// The instance.
    pub instance_id: String,
    /// The device, such as `/dev/xvda`.
    pub device: String,
    /// Since when.
    pub attached: SimTime,
    /// Whether the volume is deleted when the instance is terminated.
    pub is_deleted_with_instance: bool,
}

/// The root volume that a launch asks for; what is not said the image says.
#[derive(Clone, Debug, Default)]
pub struct RootVolume {
    /// The size in GiB.
    pub size_gib: Option<i64>,
    /// The type.
    pub kind: Option<String>,
    /// Whether it goes with the instance; it does unless this says no.
    pub is_deleted_with_instance: Option<bool>,
}

const FILTERS: &FilterNames = &[
    ("volume-id", "VolumeId"),
    ("attachment.attach-time", "Attachments.AttachTime"),
    ("attachment.delete-on-termination", "Attachments.DeleteOnTermination"),
    ("attachment.device", "Attachments.Device"),
    ("attachment.instance-id", "Attachments.InstanceId"),
    ("attachment.status", "Attachments.State"),
    ("availability-zone", "AvailabilityZone"),
    ("create-time", "CreateTime"),
    ("encrypted", "Encrypted"),
    ("size", "Size"),
    ("snapshot-id", "SnapshotId"),
    ("status", "State"),
    ("volume-type", "VolumeType"),
];

impl RootVolume {
    /// The root volume among the disks that a launch asks for.
    pub(super) fn requested(mappings: &[BlockDeviceMappingRequest], device: &str) -> Result<RootVolume, ApiError> {
        if mappings.iter().any(|mapping| mapping.device_name.as_deref().is_some_and(|name| name != device)) {
            return Err(ApiError::not_in_this_lab("A disk beyond the root volume"));
        }
        let ebs = mappings.first().and_then(|mapping| mapping.ebs.clone()).unwrap_or_default();
        if let Some(kind) = ebs.volume_type.as_ref().filter(|kind| !["gp2", "gp3"].contains(&kind.as_str())) {
            return Err(ApiError::not_in_this_lab(format!("A volume of type {kind}")));
        }
        Ok(RootVolume {
            size_gib: ebs.volume_size,
            kind: ebs.volume_type,
            is_deleted_with_instance: ebs.delete_on_termination,
        })
    }
}

impl Volume {
    fn shape(&self) -> ec2::Volume {
        let attachment = |bond: &Attachment| VolumeAttachment {
            volume_id: self.volume_id.clone(),
            instance_id: bond.instance_id.clone(),
            device: bond.device.clone(),
            state: "attached".into(),
            attach_time: bond.attached.to_iso8601(),
            delete_on_termination: bond.is_deleted_with_instance,
        };
        let is_gp3 = self.kind == "gp3";
        ec2::Volume {
            volume_id: self.volume_id.clone(),
            volume_type: self.kind.clone(),
            size: self.size_gib,
            // gp3 starts with 3,000 operations a second, gp2 has three for each GiB and at least 100.
            iops: if is_gp3 { 3_000 } else { (3 * self.size_gib).clamp(100, 16_000) },
            throughput: is_gp3.then_some(125),
            state: if self.attachment.is_some() { "in-use" } else { "available" }.into(),
            create_time: self.created.to_iso8601(),
            availability_zone: self.zone.clone(),
            snapshot_id: self.snapshot_id.clone(),
            encrypted: false,
            multi_attach_enabled: false,
            attachments: self.attachment.iter().map(attachment).collect(),
            tags: self.tags.clone(),
        }
    }
}

impl Ec2 {
    /// The volume of this id.
    ///
    /// # Errors
    /// `InvalidVolume.NotFound` if there is none.
    pub fn volume(&self, volume_id: &str) -> Result<&Volume, ApiError> {
        let missing = || ApiError::new("InvalidVolume.NotFound", format!("The volume '{volume_id}' does not exist."));
        self.volumes.get(volume_id).ok_or_else(missing)
    }

    /// What becomes of the root volume of a terminated instance: it goes too, with all files, unless it was asked to stay.
    pub(super) fn leave_volume(&mut self, instance_id: &str) {
        let Some(instance) = self.instances.get_mut(instance_id) else { return };
        let disk = std::mem::take(&mut instance.disk);
        let Some(volume) = self.volumes.get_mut(&instance.volume_id) else { return };
        if volume.attachment.as_ref().is_some_and(|bond| bond.is_deleted_with_instance) {
            self.volumes.remove(&instance.volume_id);
        } else {
            (volume.attachment, volume.disk) = (None, Some(disk));
        }
    }

    pub(super) fn describe_volumes(
        &mut self,
        _: &mut Context,
        input: DescribeVolumesRequest,
    ) -> Result<DescribeVolumesResult, ApiError> {
        super::listing::check_page_size(input.max_results)?;
        input.volume_ids.iter().try_for_each(|id| self.volume(id).map(|_| ()))?;
        let wanted = self.volumes.values().filter(|volume| is_named(&volume.volume_id, &input.volume_ids));
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (volumes, next_token) = query.of(wanted.map(Volume::shape).collect())?;
        Ok(DescribeVolumesResult { volumes, next_token })
    }

    /// Deletes a volume that outlived its instance.
    pub(super) fn delete_volume(&mut self, _: &mut Context, input: DeleteVolumeRequest) -> Result<Nothing, ApiError> {
        let volume_id = &input.volume_id;
        if let Some(bond) = &self.volume(volume_id)?.attachment {
            let message = format!("Volume {volume_id} is currently attached to {}", bond.instance_id);
            return Err(ApiError::new("VolumeInUse", message));
        }
        self.volumes.remove(volume_id);
        Ok(Nothing {})
    }

    /// The disks of an instance in AWS's shape.
    pub(super) fn mappings_of(&self, instance: &Instance) -> Vec<InstanceBlockDeviceMapping> {
        let volume = self.volumes.get(&instance.volume_id);
        let bond = volume.and_then(|volume| volume.attachment.as_ref());
        let mapping = bond.map(|bond| InstanceBlockDeviceMapping {
            device_name: bond.device.clone(),
            ebs: EbsInstanceBlockDevice {
                volume_id: instance.volume_id.clone(),
                status: "attached".into(),
                attach_time: bond.attached.to_iso8601(),
                delete_on_termination: bond.is_deleted_with_instance,
            },
        });
        mapping.into_iter().collect()
    }
}
