//! Snapshots: copies of volumes at one moment.
use super::listing::{Query, is_named};
use super::tag::tags_for;
use super::{Ec2, Volume};
use crate::api::ApiError;
use crate::api::ec2::{
    self, CreateSnapshotRequest, DeleteSnapshotRequest, DescribeSnapshotsRequest, DescribeSnapshotsResult, Nothing, Tag,
};
use crate::cloud::{ACCOUNT_ID, Context, FilterNames};
use crate::sim::{Distribution, SimDuration, SimTime};

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
    /// What is kept, and costs money, in MiB: the used blocks of the first snapshot of a volume, the changed ones of a later one.
    ///
    /// Simplified: a quarter of a volume is in use, and a twentieth of that changes between two snapshots (a guess).
    pub stored_mib: i64,
    /// Its tags.
    pub tags: Vec<Tag>,
}

/// How long the snapshot of an 8 GiB disk takes (a calibrated guess: two to five minutes). One of a larger disk takes longer in proportion,
/// up to four times as long.
const SNAPSHOT: Distribution = Distribution::triangular_secs(120, 180, 300);

/// What volumes usually hold that are copied so fast.
const USUAL_GIB: i64 = 8;

const FILTERS: &FilterNames = &[
    ("snapshot-id", "SnapshotId"),
    ("description", "Description"),
    ("encrypted", "Encrypted"),
    ("owner-id", "OwnerId"),
    ("progress", "Progress"),
    ("start-time", "StartTime"),
    ("status", "State"),
    ("storage-tier", "StorageTier"),
    ("volume-id", "VolumeId"),
    ("volume-size", "VolumeSize"),
];

impl Snapshot {
    /// How much of it is copied, in whole per cent.
    pub fn progress(&self, now: SimTime) -> u64 {
        let (passed, whole) = (now.since(self.started).as_micros(), self.completes.since(self.started).as_micros());
        (passed * 100).checked_div(whole).map_or(100, |percent| percent.min(100))
    }

    /// The snapshot in AWS's shape.
    pub(super) fn shape(&self, now: SimTime) -> ec2::Snapshot {
        let progress = self.progress(now);
        let is_complete = progress == 100;
        ec2::Snapshot {
            snapshot_id: self.snapshot_id.clone(),
            volume_id: self.volume_id.clone(),
            state: if is_complete { "completed" } else { "pending" }.into(),
            progress: format!("{progress}%"),
            start_time: self.started.to_iso8601(),
            completion_time: is_complete.then(|| self.completes.to_iso8601()),
            owner_id: ACCOUNT_ID.into(),
            description: self.description.clone(),
            volume_size: self.size_gib,
            full_snapshot_size_in_bytes: used_mib(self.size_gib) << 20,
            encrypted: false,
            storage_tier: "standard".into(),
            tags: self.tags.clone(),
        }
    }
}

fn used_mib(size_gib: i64) -> i64 {
    size_gib * 1_024 / 4
}

impl Ec2 {
    /// The snapshot of this id.
    ///
    /// # Errors
    /// `InvalidSnapshot.NotFound` if the account has none.
    pub fn snapshot(&self, snapshot_id: &str) -> Result<&Snapshot, ApiError> {
        let missing =
            || ApiError::new("InvalidSnapshot.NotFound", format!("The snapshot '{snapshot_id}' does not exist."));
        self.snapshots.get(snapshot_id).ok_or_else(missing)
    }

    /// Begins a snapshot of the volume.
    pub(super) fn begin_snapshot(
        &mut self,
        context: &mut Context,
        volume: &Volume,
        description: String,
        tags: Vec<Tag>,
    ) -> Snapshot {
        let time = SNAPSHOT.draw(&mut context.next_random("ec2.snapshot"));
        let size = volume.size_gib.clamp(USUAL_GIB, 4 * USUAL_GIB) as u64;
        let time = SimDuration::from_micros(time.as_micros() * size / USUAL_GIB as u64);
        let is_first = !self.snapshots.values().any(|known| known.volume_id == volume.volume_id);
        let used = used_mib(volume.size_gib);
        let snapshot = Snapshot {
            snapshot_id: context.new_id("snap-"),
            volume_id: volume.volume_id.clone(),
            started: context.now,
            completes: context.now + time,
            description,
            size_gib: volume.size_gib,
            stored_mib: if is_first { used } else { used / 20 },
            tags,
        };
        self.snapshots.insert(snapshot.snapshot_id.clone(), snapshot.clone());
        snapshot
    }

    /// Simplified: a snapshot holds no files that could be had back; images do.
    pub(super) fn create_snapshot(
        &mut self,
        context: &mut Context,
        input: CreateSnapshotRequest,
    ) -> Result<ec2::Snapshot, ApiError> {
        let volume = self.volume(&input.volume_id)?.clone();
        let tags = tags_for(&input.tag_specifications, &["snapshot"])?;
        let snapshot = self.begin_snapshot(context, &volume, input.description.unwrap_or_default(), tags);
        Ok(snapshot.shape(context.now))
    }

    pub(super) fn delete_snapshot(
        &mut self,
        _: &mut Context,
        input: DeleteSnapshotRequest,
    ) -> Result<Nothing, ApiError> {
        let id = &input.snapshot_id;
        self.snapshot(id)?;
        if let Some(image) = self.image_with(id) {
            let message = format!("The snapshot {id} is currently in use by {}", image.image_id);
            return Err(ApiError::new("InvalidSnapshot.InUse", message));
        }
        self.snapshots.remove(id);
        Ok(Nothing {})
    }

    /// Simplified: only the account's own snapshots are there; AWS lists thousands that others made public.
    pub(super) fn describe_snapshots(
        &mut self,
        context: &mut Context,
        input: DescribeSnapshotsRequest,
    ) -> Result<DescribeSnapshotsResult, ApiError> {
        super::listing::check_page_size(input.max_results)?;
        input.snapshot_ids.iter().try_for_each(|id| self.snapshot(id).map(|_| ()))?;
        let is_mine =
            |users: &[String]| users.is_empty() || users.iter().any(|user| user == "self" || user == ACCOUNT_ID);
        let snapshots = self.snapshots.values().filter(|snapshot| is_named(&snapshot.snapshot_id, &input.snapshot_ids));
        let wanted = snapshots.filter(|_| is_mine(&input.owner_ids) && is_mine(&input.restorable_by_user_ids));
        let query = Query::new(FILTERS, &input.filters).page(input.max_results, &input.next_token);
        let (snapshots, next_token) = query.of(wanted.map(|snapshot| snapshot.shape(context.now)).collect())?;
        Ok(DescribeSnapshotsResult { snapshots, next_token })
    }
}
