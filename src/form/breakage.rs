//! The form that breaks something.
use super::field::{BREAKAGE, BROKEN_THING, DURATION, START_IN};
use super::{Check, Faults, Words};
use crate::api::lab::InjectFaultRequest;

/// A kind of fault as the learner chooses it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Breakage {
    /// Its name in requests.
    pub name: &'static str,
    /// What it does, in a few words.
    pub label: &'static str,
    /// What it can meet.
    pub meets: &'static [Thing],
    /// How much of it, if that can be said.
    pub amount: Option<Amount>,
}

/// What a fault can meet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Thing {
    /// One instance.
    Instance,
    /// All members of an Auto Scaling group.
    Group,
    /// A zone, or all instances in it.
    Zone,
    /// A security group.
    SecurityGroup,
}

/// How much of a fault.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Amount {
    /// What is counted.
    pub label: &'static str,
    /// What it begins with.
    pub first: i64,
    /// The least.
    pub least: i64,
    /// The most.
    pub most: i64,
}

const SERVERS: &[Thing] = &[Thing::Group, Thing::Instance, Thing::Zone];

/// The ten faults.
pub const BREAKAGES: [Breakage; 10] = [
    Breakage { name: "KillInstance", label: "Kill an instance", meets: &[Thing::Instance], amount: None },
    Breakage { name: "CrashApp", label: "Crash the app", meets: SERVERS, amount: None },
    Breakage { name: "HangApp", label: "Hang the app", meets: SERVERS, amount: None },
    Breakage {
        name: "SlowApp",
        label: "Slow the app down",
        meets: SERVERS,
        amount: Some(Amount { label: "Times as slow", first: 4, least: 1, most: 1_000 }),
    },
    Breakage {
        name: "FillCpu",
        label: "Fill the CPU",
        meets: SERVERS,
        amount: Some(Amount { label: "Per cent of the CPU", first: 90, least: 1, most: 99 }),
    },
    Breakage { name: "LoseZone", label: "Lose a zone", meets: &[Thing::Zone], amount: None },
    Breakage { name: "NoCapacity", label: "Run out of capacity in a zone", meets: &[Thing::Zone], amount: None },
    Breakage { name: "BreakHealthPath", label: "Break the health check path", meets: SERVERS, amount: None },
    Breakage {
        name: "CloseSecurityGroup",
        label: "Close a security group",
        meets: &[Thing::SecurityGroup],
        amount: None,
    },
    Breakage {
        name: "SlowNetwork",
        label: "Slow the network",
        meets: SERVERS,
        amount: Some(Amount { label: "Milliseconds more", first: 200, least: 1, most: 60_000 }),
    },
];

/// The fault with this name in requests.
pub fn breakage(name: &str) -> Option<&'static Breakage> {
    BREAKAGES.iter().find(|breakage| breakage.name == name)
}

impl Thing {
    /// The word before a name in the form's values: `instance:i-0a31`.
    pub fn word(self) -> &'static str {
        match self {
            Thing::Instance => "instance",
            Thing::Group => "group",
            Thing::Zone => "zone",
            Thing::SecurityGroup => "security-group",
        }
    }
}

/// The draft of a fault.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct BreakageDraft {
    /// The fault's name in requests.
    pub name: String,
    /// What it meets: `zone:us-east-1a`.
    pub thing: String,
    /// How much of it.
    pub amount: String,
    /// In how many minutes it begins; nothing for now.
    pub start: String,
    /// For how many minutes; nothing for until it is cleared.
    pub duration: String,
}

/// A fault is planned for a week ahead at most.
const MOST_MINUTES: i64 = 7 * 24 * 60;

impl BreakageDraft {
    /// Which field a refusal concerns.
    pub const WORDS: &'static [Words] = &[(BROKEN_THING, &["InstanceId", "Group", "Zone", "instance", "zone"])];

    /// The request.
    ///
    /// # Errors
    /// What is wrong with the draft.
    pub fn read(&self) -> Result<InjectFaultRequest, Faults> {
        let mut check = Check::default();
        let Some(breakage) = breakage(&self.name) else {
            return Err(Faults::one(BREAKAGE, "Choose what breaks."));
        };
        let thing = check.choice(BROKEN_THING, &self.thing, "Choose what it meets.");
        let amount = breakage.amount.map(|amount| check.whole(amount.label, &self.amount, amount.least..=amount.most));
        let minutes = |check: &mut Check, field, text: &str| {
            (!text.trim().is_empty()).then(|| check.whole(field, text, 0..=MOST_MINUTES) as f64 * 60.0)
        };
        let mut request = InjectFaultRequest {
            fault: self.name.clone(),
            start_seconds: minutes(&mut check, START_IN, &self.start),
            duration_seconds: minutes(&mut check, DURATION, &self.duration),
            ..InjectFaultRequest::default()
        };
        match self.name.as_str() {
            "SlowApp" => request.factor = amount.map(|amount| amount as f64),
            "FillCpu" => request.percent = amount,
            _ => request.millis = amount,
        }
        let (kind, name) = thing.split_once(':').unwrap_or_default();
        let named = Some(name.to_owned());
        match breakage.meets.iter().find(|thing| thing.word() == kind) {
            Some(Thing::Instance) => request.instance_id = named,
            Some(Thing::Group) => request.auto_scaling_group_name = named,
            Some(Thing::Zone) => request.availability_zone = named,
            Some(Thing::SecurityGroup) => request.group_id = named,
            None => check.fault(BROKEN_THING, "Choose what it meets."),
        }
        check.finish(request)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::fault;

    #[test]
    fn the_form_has_all_faults_of_the_lab_service() {
        let names: Vec<&str> = BREAKAGES.iter().map(|breakage| breakage.name).collect();
        assert_eq!(names, fault::NAMES);
    }

    #[test]
    fn a_draft_becomes_a_request_with_seconds() {
        let draft = BreakageDraft {
            name: "SlowNetwork".into(),
            thing: "zone:us-east-1a".into(),
            amount: "300".into(),
            start: "5".into(),
            duration: String::new(),
        };
        let request = draft.read().expect("a request");
        assert_eq!((request.availability_zone.as_deref(), request.millis), (Some("us-east-1a"), Some(300)));
        assert_eq!((request.start_seconds, request.duration_seconds), (Some(300.0), None));
    }

    #[test]
    fn what_does_not_fit_the_fault_is_told_at_its_field() {
        let draft = |name: &str, thing: &str, amount: &str| BreakageDraft {
            name: name.into(),
            thing: thing.into(),
            amount: amount.into(),
            ..BreakageDraft::default()
        };
        for (draft, field) in [
            (draft("", "zone:a", ""), BREAKAGE),
            (draft("LoseZone", "", ""), BROKEN_THING),
            (draft("LoseZone", "instance:i-1", ""), BROKEN_THING),
            (draft("FillCpu", "instance:i-1", "100"), "Per cent of the CPU"),
        ] {
            assert!(draft.read().expect_err("refused").at(field).is_some(), "{draft:?}");
        }
    }
}
