//! What each section is, in the words of its page; what states mean.
use crate::ui::component::{Icon, State};
use crate::ui::route::Section;

/// The words and the picture of a section.
#[derive(Clone, Copy, Debug)]
pub struct Words {
    /// Its picture.
    pub icon: Icon,
    /// What its page is for, in a sentence.
    pub note: &'static str,
    /// What its page says while it is empty.
    pub empty: &'static str,
    /// What a first one would be good for.
    pub first: &'static str,
    /// The button that makes one; empty where nothing is made by hand.
    pub create: &'static str,
}

/// The words of a section.
pub fn words(section: Section) -> Words {
    match section {
        Section::Instances => INSTANCES,
        Section::LaunchTemplates => LAUNCH_TEMPLATES,
        Section::Images => IMAGES,
        Section::Snapshots => SNAPSHOTS,
        Section::Addresses => ADDRESSES,
        Section::SecurityGroups => SECURITY_GROUPS,
        Section::LoadBalancers => LOAD_BALANCERS,
        Section::TargetGroups => TARGET_GROUPS,
        Section::Groups => GROUPS,
        Section::HostedZones => HOSTED_ZONES,
        Section::KeyPairs => KEY_PAIRS,
        Section::Bill => BILL,
        Section::Metrics => METRICS,
        Section::Activity => ACTIVITY,
    }
}

const INSTANCES: Words = Words {
    icon: Icon::Server,
    note: "Virtual servers: launch them, stop them, look inside.",
    empty: "No instances yet",
    first: "An instance is a server made from an AMI. Launch one and watch it go from pending to running.",
    create: "Launch instance",
};

const LAUNCH_TEMPLATES: Words = Words {
    icon: Icon::Template,
    note: "Everything a launch needs, kept under a name.",
    empty: "No launch templates yet",
    first: "A template keeps AMI, type and security groups together. Auto Scaling groups launch from one.",
    create: "Create launch template",
};

const IMAGES: Words = Words {
    icon: Icon::Image,
    note: "What instances are made from. Each region has ids of its own.",
    empty: "No AMIs here",
    first: "Create an image of an instance: it takes the whole disk along, with all its files.",
    create: "Copy AMI",
};

const SNAPSHOTS: Words = Words {
    icon: Icon::Snapshot,
    note: "Disks as they were at one moment. Every image of yours rests on one.",
    empty: "No snapshots yet",
    first: "Create an image of an instance: its snapshot appears here.",
    create: "",
};

const ADDRESSES: Words = Words {
    icon: Icon::Address,
    note: "Public addresses that stay yours when an instance stops.",
    empty: "No Elastic IPs yet",
    first: "Allocate one and associate it with an instance: stop and start it, and the address stays.",
    create: "Allocate Elastic IP",
};

const SECURITY_GROUPS: Words = Words {
    icon: Icon::Shield,
    note: "Which traffic reaches an instance, and from where.",
    empty: "No security groups",
    first: "Each VPC begins with one named default.",
    create: "Create security group",
};

const LOAD_BALANCERS: Words = Words {
    icon: Icon::Balancer,
    note: "One name for many servers: each request goes to a healthy one.",
    empty: "No load balancers yet",
    first: "An Application Load Balancer in two zones gives your servers one DNS name.",
    create: "Create load balancer",
};

const TARGET_GROUPS: Words = Words {
    icon: Icon::Target,
    note: "The servers behind a balancer, and how their health is checked.",
    empty: "No target groups yet",
    first: "A target group says on which port servers answer and which path tells that they are well.",
    create: "Create target group",
};

const GROUPS: Words = Words {
    icon: Icon::Group,
    note: "As many instances as the load asks for, and a new one for each that fails.",
    empty: "No Auto Scaling groups yet",
    first: "Give a group a launch template, a least and a most, and a policy: it does the rest.",
    create: "Create Auto Scaling group",
};

const HOSTED_ZONES: Words = Words {
    icon: Icon::Link,
    note: "Names of your own, and where they lead: Route 53.",
    empty: "No hosted zones yet",
    first: "A hosted zone holds the records of a domain: point a name at an address or at a load balancer.",
    create: "Create hosted zone",
};

const KEY_PAIRS: Words = Words {
    icon: Icon::Key,
    note: "Keys to log in to instances.",
    empty: "No key pairs yet",
    first: "AWS keeps the public key and puts it on new instances; the private one is yours.",
    create: "Create key pair",
};

const BILL: Words = Words {
    icon: Icon::Bill,
    note: "What everything costs, line by line, at the prices of us-east-1.",
    empty: "Nothing to pay yet",
    first: "Launch an instance, or allocate an Elastic IP: its line appears here.",
    create: "",
};

const METRICS: Words = Words {
    icon: Icon::Metrics,
    note: "Alarms on what CloudWatch measures.",
    empty: "No alarms yet",
    first: "An alarm watches a metric and can run a scaling policy. Target tracking policies make their own.",
    create: "Create alarm",
};

const ACTIVITY: Words = Words {
    icon: Icon::Activity,
    note: "What happened, and why.",
    empty: "Nothing has happened yet",
    first: "Each request and each thing that followed from it is listed here, the latest first.",
    create: "",
};

/// What the state of an instance, and what it does, mean.
pub fn instance_state(state: &str, doing: &str) -> State {
    match (state, doing) {
        ("running", "unhealthy" | "no web server") => State::Bad,
        ("running", "booting" | "initial") => State::Busy,
        ("running", "draining") => State::Warning,
        ("running", _) => State::Good,
        ("pending" | "stopping" | "shutting-down", _) => State::Busy,
        ("stopped", _) => State::Idle,
        _ => State::Gone,
    }
}

/// What the health of a target means.
pub fn target_state(state: &str) -> State {
    match state {
        "healthy" => State::Good,
        "unhealthy" => State::Bad,
        "draining" => State::Warning,
        "initial" => State::Busy,
        _ => State::Idle,
    }
}
