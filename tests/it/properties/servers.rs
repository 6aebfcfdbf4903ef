//! Requests to EC2: instances, addresses, images, templates, ports.
use serde_json::json;

use super::Kind;
use super::player::{Asked, Player};

pub const KINDS: &[Kind] = &[
    (4, run),
    (4, stop),
    (5, start),
    (2, reboot),
    (4, terminate),
    (3, allocate),
    (6, associate),
    (3, disassociate),
    (3, release),
    (2, create_image),
    (1, deregister_image),
    (2, new_version),
    (1, default_version),
    (1, modify_attribute),
    (1, close_port),
    (2, open_port),
    (2, describe),
];

fn run(player: &mut Player) -> Asked {
    let subnet = player.below(3);
    let kind = player.word(&["t3.micro", "t3.small", "m5.large", "t3.enormous"]);
    let image = match player.is(4) {
        true => own_image(player),
        false => player.image.clone(),
    };
    let request = json!({"ImageId": image, "InstanceType": kind, "MinCount": 1, "MaxCount": 1 + player.below(2),
        "SubnetId": player.subnets[subnet]});
    ("ec2", "RunInstances", request)
}

fn stop(player: &mut Player) -> Asked {
    ("ec2", "StopInstances", json!({"InstanceIds": [player.instance()]}))
}

fn start(player: &mut Player) -> Asked {
    ("ec2", "StartInstances", json!({"InstanceIds": [player.instance()]}))
}

fn reboot(player: &mut Player) -> Asked {
    ("ec2", "RebootInstances", json!({"InstanceIds": [player.instance()]}))
}

fn terminate(player: &mut Player) -> Asked {
    ("ec2", "TerminateInstances", json!({"InstanceIds": [player.instance(), player.instance()]}))
}

fn allocate(_: &mut Player) -> Asked {
    ("ec2", "AllocateAddress", json!({}))
}

fn address(player: &mut Player) -> String {
    let ids = player.region().ec2.addresses.keys().cloned().collect();
    player.pick(ids, "eipalloc-0123456789abcdef0")
}

fn associate(player: &mut Player) -> Asked {
    let request = json!({"AllocationId": address(player), "InstanceId": player.instance(),
        "AllowReassociation": player.is(2)});
    ("ec2", "AssociateAddress", request)
}

fn disassociate(player: &mut Player) -> Asked {
    let addresses = player.region().ec2.addresses.values();
    let ids = addresses.filter_map(|one| one.association.as_ref().map(|bond| bond.association_id.clone())).collect();
    ("ec2", "DisassociateAddress", json!({"AssociationId": player.pick(ids, "eipassoc-0123456789abcdef0")}))
}

fn release(player: &mut Player) -> Asked {
    ("ec2", "ReleaseAddress", json!({"AllocationId": address(player)}))
}

fn create_image(player: &mut Player) -> Asked {
    let name = player.new_name("image");
    ("ec2", "CreateImage", json!({"InstanceId": player.instance(), "Name": name, "NoReboot": player.is(2)}))
}

fn own_image(player: &mut Player) -> String {
    let images = player.region().ec2.images.values();
    let ids = images.filter(|image| image.name.starts_with("image-")).map(|image| image.image_id.clone()).collect();
    player.pick(ids, "ami-0123456789abcdef0")
}

fn deregister_image(player: &mut Player) -> Asked {
    ("ec2", "DeregisterImage", json!({"ImageId": own_image(player)}))
}

fn new_version(player: &mut Player) -> Asked {
    let image = if player.is(6) { own_image(player) } else { player.image.clone() };
    let data = json!({"ImageId": image, "InstanceType": player.word(&["t3.micro", "t3.small"])});
    ("ec2", "CreateLaunchTemplateVersion", json!({"LaunchTemplateName": "web", "LaunchTemplateData": data}))
}

fn default_version(player: &mut Player) -> Asked {
    let version = (1 + player.below(3)).to_string();
    ("ec2", "ModifyLaunchTemplate", json!({"LaunchTemplateName": "web", "DefaultVersion": version}))
}

fn modify_attribute(player: &mut Player) -> Asked {
    let value = json!({"Value": player.is(3)});
    ("ec2", "ModifyInstanceAttribute", json!({"InstanceId": player.instance(), "DisableApiTermination": value}))
}

fn close_port(player: &mut Player) -> Asked {
    ("ec2", "RevokeSecurityGroupIngress", port(player))
}

fn open_port(player: &mut Player) -> Asked {
    ("ec2", "AuthorizeSecurityGroupIngress", port(player))
}

fn port(player: &mut Player) -> serde_json::Value {
    json!({"GroupId": player.security_group, "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"})
}

fn describe(player: &mut Player) -> Asked {
    let operation =
        player.word(&["DescribeInstances", "DescribeAddresses", "DescribeImages", "DescribeInstanceStatus"]);
    ("ec2", operation, json!({}))
}
