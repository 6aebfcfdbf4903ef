//! The images that are there on the first day, in each region under ids of its own.
use std::collections::BTreeMap;

use super::disk::{Disk, INDEX_PAGE};
use super::image::{Image, ImageState, Platform};
use crate::cloud::{Ids, RegionInfo};
use crate::sim::{SimDuration, SimTime};

/// A public image.
struct Published {
    name: &'static str,
    description: &'static str,
    system: &'static str,
    owner: &'static str,
    platform: Platform,
    architecture: &'static str,
    web_server: bool,
    size_gib: i64,
}

/// Simplified: five of AWS's thousands. The two with a web server stand for what user data or hands would install.
const PUBLISHED: &[Published] = &[
    Published {
        name: "al2023-ami-2023.9.20260105.0-kernel-6.12-x86_64",
        description: "Amazon Linux 2023",
        system: "Amazon Linux 2023",
        owner: "137112412989",
        platform: Platform::Linux,
        architecture: "x86_64",
        web_server: false,
        size_gib: 8,
    },
    Published {
        name: "scaling-lab-web-server-2026.01",
        description: "Web server on Amazon Linux 2023 (published by the lab)",
        system: "Amazon Linux 2023",
        owner: "137112412989",
        platform: Platform::Linux,
        architecture: "x86_64",
        web_server: true,
        size_gib: 8,
    },
    Published {
        name: "ubuntu/images/hvm-ssd-gp3/ubuntu-noble-24.04-amd64-server-20260105",
        description: "Ubuntu Server 24.04 LTS",
        system: "Ubuntu 24.04 LTS",
        owner: "099720109477",
        platform: Platform::Linux,
        architecture: "x86_64",
        web_server: false,
        size_gib: 8,
    },
    Published {
        name: "Windows_Server-2022-English-Full-IIS-2026.01.05",
        description: "Windows Server 2022 with IIS",
        system: "Windows Server 2022",
        owner: "801119661308",
        platform: Platform::Windows,
        architecture: "x86_64",
        web_server: true,
        size_gib: 30,
    },
    Published {
        name: "al2023-ami-2023.9.20260105.0-kernel-6.12-arm64",
        description: "Amazon Linux 2023 for AWS Graviton",
        system: "Amazon Linux 2023",
        owner: "137112412989",
        platform: Platform::Linux,
        architecture: "arm64",
        web_server: false,
        size_gib: 8,
    },
];

/// Amazon's images count as outdated two years after they were made at the latest.
const DEPRECATED_AFTER: SimDuration = SimDuration::from_secs(730 * 86_400);

/// The public images of a region.
pub(super) fn images(info: &RegionInfo, ids: &mut Ids) -> BTreeMap<String, Image> {
    PUBLISHED.iter().map(|published| image(published, info, ids)).map(|image| (image.image_id.clone(), image)).collect()
}

fn image(published: &Published, info: &RegionInfo, ids: &mut Ids) -> Image {
    let mut disk = Disk::with_system(published.system);
    if published.web_server {
        disk.install_web_server();
        disk.write(INDEX_PAGE, &format!("<html><body><h1>Hello from {}</h1></body></html>\n", info.place));
    }
    // Those for other processors are counted apart: the ids of the others do not depend on them.
    let kind = match published.architecture {
        "x86_64" => info.name.to_owned(),
        other => format!("{} {other}", info.name),
    };
    Image {
        image_id: ids.next(&kind, "ami-"),
        name: published.name.to_owned(),
        description: Some(published.description.to_owned()),
        owner_id: published.owner.to_owned(),
        is_public: true,
        state: ImageState::Available,
        created: SimTime::ZERO,
        deprecated: Some(SimTime::ZERO + DEPRECATED_AFTER),
        platform: published.platform,
        architecture: published.architecture,
        snapshot_id: ids.next(&kind, "snap-"),
        size_gib: published.size_gib,
        disk,
        is_crash_consistent: false,
        source_instance_id: None,
        source_image: None,
        tags: Vec::new(),
    }
}
