//! The console as data: every list, page, form and action that it describes works on an account.
use std::collections::BTreeSet;

use scaling_lab::api::validate::check_parameters;
use scaling_lab::api::{ApiError, Call, Request, Response};
use scaling_lab::console::submit::Answers;
use scaling_lab::console::visit::{Visitor, visit};
use scaling_lab::console::{
    Account, Action, Arg, Asker, Context, Draft, Form, Kind, Part, Run, Section, Table, help, path,
};
use scaling_lab::curriculum::Lesson;
use scaling_lab::session::Session;
use serde_json::Value;

use crate::support::{Lab, REGION};

impl Account for Lab {
    fn submit(&mut self, call: Call) -> Result<Response, ApiError> {
        Lab::submit(self, call)
    }

    fn look(&self, look: &mut dyn FnMut(&Session)) {
        look(self);
    }
}

fn with<T>(lab: &mut Lab, ask: impl FnOnce(&mut Asker) -> T) -> T {
    ask(&mut Asker { account: lab, region: REGION })
}

fn kind(section: Section) -> &'static Kind {
    Kind::of(section).expect("a kind of thing")
}

/// Fills in a form about a thing, changed by `change`, and sends it.
fn send(lab: &mut Lab, form: &Form, thing: &Value, change: &[(&'static str, &str)]) -> Result<Answers, String> {
    with(lab, |asker| {
        let mut draft = form.draft(asker, thing, thing);
        for (label, text) in change {
            draft.set(label, *text);
        }
        let mut answers = Answers::new();
        let context = Context { item: thing, parent: thing, key: "", draft: &draft, answers: &[] };
        form.submit(asker, context, &mut answers).map_err(|faults| format!("{}: {faults:?}", form.title))?;
        Ok(answers)
    })
}

fn create(lab: &mut Lab, section: Section, change: &[(&'static str, &str)]) -> Answers {
    let form = kind(section).create.expect("a form that makes one");
    send(lab, form, &Value::Null, change).unwrap_or_else(|faults| panic!("{faults}"))
}

fn things(lab: &mut Lab, section: Section) -> Vec<Value> {
    with(lab, |asker| kind(section).entries(asker)).expect("a list")
}

fn action(section: Section, label: &str) -> &'static Action {
    kind(section).table.actions.iter().find(|action| action.label == label).expect("an action of this name")
}

fn form_of(action: &Action) -> &'static Form {
    match action.run {
        Run::Form(form) => form,
        Run::Call(..) | Run::Why => panic!("{} is no form", action.label),
    }
}

/// An account in which the forms, as they begin, have made one thing of each kind.
fn account() -> Lab {
    let mut lab = Lab::default();
    create(&mut lab, Section::KeyPairs, &[]);
    create(&mut lab, Section::SecurityGroups, &[]);
    create(&mut lab, Section::Instances, &[("Name", "web")]);
    create(&mut lab, Section::Addresses, &[]);
    lab.settle();
    let address = things(&mut lab, Section::Addresses).remove(0);
    send(&mut lab, form_of(action(Section::Addresses, "Associate")), &address, &[]).expect("an instance runs");
    let instance = things(&mut lab, Section::Instances).remove(0);
    send(&mut lab, form_of(action(Section::Instances, "Create image")), &instance, &[]).expect("an image");
    lab.settle();
    let image =
        things(&mut lab, Section::Images).into_iter().find(|image| image["Name"] == "web-v1").expect("the image");
    let image = path::text(&image, "ImageId");
    create(&mut lab, Section::LaunchTemplates, &[("AMI", &image)]);
    create(&mut lab, Section::TargetGroups, &[]);
    create(&mut lab, Section::LoadBalancers, &[]);
    create(&mut lab, Section::Groups, &[]);
    create(&mut lab, Section::HostedZones, &[]);
    lab.pass(900.0);
    create(&mut lab, Section::Metrics, &[]);
    lab.pass(60.0);
    lab
}

#[test]
fn every_form_that_makes_a_thing_works_as_it_begins() {
    let mut lab = account();
    for section in Section::ALL.into_iter().filter(|section| Kind::of(*section).is_some()) {
        assert!(!things(&mut lab, section).is_empty(), "{} is empty", section.title());
    }
    let group = things(&mut lab, Section::Groups).remove(0);
    assert_eq!(path::text(&group, "Lab.InService"), "2", "{group}");
}

/// Values that this account has no reason to have.
const ABSENT: [&str; 21] = [
    "State transition reason",
    "Alarms",
    "Comment",
    "Reason",
    "Name",
    "Source AMI",
    "Key pair",
    "Key pair name",
    "User data",
    "Status",
    "Deprecation time",
    "Because",
    "Auto Scaling group",
    "Elastic IP",
    "Description",
    "CPU",
    "Alarm actions",
    "Public DNS name",
    "Default result",
    "Missing data treatment",
    "Server",
];

#[test]
fn every_column_and_every_fact_shows_something_of_an_account() {
    let mut lab = account();
    let mut bare = Vec::new();
    for section in Section::ALL {
        let Some(kind) = Kind::of(section) else { continue };
        let things = things(&mut lab, section);
        let mut look = |columns: &'static [scaling_lab::console::Column], items: &[Value]| {
            for column in columns.iter().filter(|column| !ABSENT.contains(&column.heading)) {
                if items.iter().all(|item| column.cell(item).text().is_empty()) {
                    bare.push(format!("{} / {} ({})", section.title(), column.heading, column.path));
                }
            }
        };
        look(kind.table.columns, &things);
        for part in kind.tabs.iter().flat_map(|tab| tab.parts) {
            match part {
                Part::Facts(_, columns) => look(columns, &things),
                Part::More(_, read, columns) => {
                    let answers: Vec<Value> = things.iter().flat_map(|thing| entries(&mut lab, *read, thing)).collect();
                    look(columns, &answers);
                }
                Part::Table(..) | Part::Each(..) | Part::Form(..) => {}
            }
        }
    }
    assert_eq!(bare, Vec::<String>::new());
}

fn entries(lab: &mut Lab, read: scaling_lab::console::Read, thing: &Value) -> Vec<Value> {
    let draft = Draft::default();
    with(lab, |asker| read.entries(asker, Context { item: thing, parent: thing, key: "", draft: &draft, answers: &[] }))
        .unwrap_or_else(|refusal| panic!("{} {}: {refusal}", read.service, read.operation))
}

#[test]
fn every_question_of_the_pages_is_answered_and_every_form_of_a_page_can_be_sent_as_it_begins() {
    let mut lab = account();
    let mut refused = Vec::new();
    for section in Section::ALL {
        let Some(kind) = Kind::of(section) else { continue };
        let all = things(&mut lab, section);
        // The latest one is the account's own.
        let Some(thing) = all
            .iter()
            .rfind(|thing| {
                thing["ServiceManaged"].is_null()
                    && thing["OwnerId"] != "801119661308"
                    && thing["OwnerId"] != "137112412989"
            })
            .cloned()
        else {
            continue;
        };
        for part in kind.tabs.iter().flat_map(|tab| tab.parts) {
            match part {
                Part::Facts(..) => {}
                Part::More(_, read, _) => drop(entries(&mut lab, *read, &thing)),
                Part::Table(title, table) => {
                    with(&mut lab, |asker| table.entries(asker, &thing))
                        .unwrap_or_else(|refusal| panic!("{title}: {refusal}"));
                }
                Part::Each(_, read, table) => {
                    for entry in entries(&mut lab, *read, &thing) {
                        with(&mut lab, |asker| table.entries(asker, &entry)).expect("a list");
                    }
                }
                Part::Form(read, form) => {
                    let item = read.map_or_else(|| thing.clone(), |read| entries(&mut lab, read, &thing).remove(0));
                    let sent = with(&mut lab, |asker| {
                        let draft = form.draft(asker, &item, &thing);
                        let context = Context { item: &item, parent: &thing, key: "", draft: &draft, answers: &[] };
                        form.submit(asker, context, &mut Answers::new())
                    });
                    if let Err(faults) = sent {
                        refused.push(format!("{} / {}: {faults:?}", section.title(), form.title));
                    }
                }
            }
        }
    }
    refused.retain(|line| !line.contains("Edit user data") && !line.contains("T2/T3"));
    assert_eq!(refused, Vec::<String>::new());
}

/// All actions that the console knows: of lists, of tables of pages, and those that add to them.
fn all_tables() -> Vec<(Section, &'static Table)> {
    let mut found = Vec::new();
    for section in Section::ALL {
        let Some(kind) = Kind::of(section) else { continue };
        found.push((section, &kind.table));
        found.extend(kind.tabs.iter().flat_map(|tab| tab.parts).filter_map(|part| match part {
            Part::Table(_, table) | Part::Each(_, _, table) => Some((section, table)),
            Part::Facts(..) | Part::More(..) | Part::Form(..) => None,
        }));
    }
    found
}

fn all_forms() -> Vec<&'static Form> {
    let of_actions =
        all_tables().into_iter().flat_map(|(_, table)| table.actions.iter().chain(table.add)).filter_map(|action| {
            match action.run {
                Run::Form(form) => Some(form),
                Run::Call(..) | Run::Why => None,
            }
        });
    let mut found: Vec<&Form> = of_actions.collect();
    for section in Section::ALL {
        let Some(kind) = Kind::of(section) else { continue };
        found.extend(kind.create);
        found.extend(kind.tabs.iter().flat_map(|tab| tab.parts).filter_map(|part| match part {
            Part::Form(_, form) => Some(*form),
            Part::Facts(..) | Part::More(..) | Part::Table(..) | Part::Each(..) => None,
        }));
    }
    found
}

#[test]
fn every_action_names_an_operation_of_the_lab_and_members_that_it_has() {
    let knows = |service: &str, operation: &str| {
        Request::SERVICES.iter().any(|(name, operations)| *name == service && operations.contains(&operation))
    };
    let unknown = |service: &str, operation: &str, with: &[(&'static str, Arg)]| {
        let mut parameters = Value::Object(serde_json::Map::new());
        for (place, _) in with {
            path::put(&mut parameters, place, Value::from("x"));
        }
        let told =
            check_parameters(service, operation, &parameters).err().map_or_else(String::new, |told| told.message);
        told.lines().filter(|line| line.contains("Unknown parameter")).map(str::to_owned).collect::<Vec<_>>()
    };
    let mut strange = Vec::new();
    for (_, table) in all_tables() {
        for action in table.actions {
            if let Run::Call(service, operation, with) = action.run {
                assert!(knows(service, operation), "{service} {operation}");
                strange.extend(
                    unknown(service, operation, with).into_iter().map(|line| format!("{}: {line}", action.label)),
                );
            }
        }
    }
    for form in all_forms() {
        for (number, step) in form.steps.iter().enumerate() {
            assert!(knows(step.service, step.operation), "{} {}", step.service, step.operation);
            let fields = form.fields().filter(|field| field.step == number && !field.path.is_empty());
            let mut with: Vec<(&'static str, Arg)> = fields.map(|field| (field.path, Arg::Key)).collect();
            with.extend(step.with);
            strange.extend(
                unknown(step.service, step.operation, &with)
                    .into_iter()
                    .map(|line| format!("{} step {number}: {line}", form.title)),
            );
        }
    }
    assert_eq!(strange, Vec::<String>::new());
}

#[test]
fn no_two_fields_of_a_form_share_a_label_and_conditions_name_fields() {
    for form in all_forms() {
        let labels: Vec<&str> = form.fields().map(|field| field.label).collect();
        for (index, field) in form.fields().enumerate() {
            assert!(!labels[..index].contains(&field.label), "{}: {} comes twice", form.title, field.label);
            assert!(field.only.is_none_or(|(label, _)| labels.contains(&label)), "{}: {:?}", form.title, field.only);
            assert!(field.step < form.steps.len(), "{}: {}", form.title, field.label);
        }
        for step in form.steps {
            assert!(step.only.is_none_or(|(label, _)| labels.contains(&label)), "{}: {:?}", form.title, step.only);
        }
    }
}

#[test]
fn help_is_read_at_a_field_or_in_a_lesson_and_is_there_for_the_terms_of_the_seed_topics() {
    let labels: Vec<&str> = all_forms().into_iter().flat_map(|form| form.fields().map(|field| field.label)).collect();
    let of_lessons: BTreeSet<String> = scaling_lab::curriculum::lessons().iter().flat_map(Lesson::terms).collect();
    let id_of = |term: &str| term.to_lowercase().replace(' ', "-");
    let lines: Vec<&str> = include_str!("../../src/console/help.txt").lines().collect();
    let astray: Vec<&str> = lines
        .iter()
        .filter_map(|line| line.split('\t').next())
        .filter(|term| !labels.contains(term) && !of_lessons.contains(&id_of(term)))
        .collect();
    assert_eq!(astray, Vec::<&str>::new(), "no form has these fields, and no lesson names them");
    for term in [
        "AMI",
        "User data",
        "Security group",
        "Target group",
        "Deregistration delay",
        "Health check path",
        "Min",
        "Desired",
        "Max",
        "TTL",
    ] {
        assert!(help::help(term).is_some(), "{term}");
    }
}

#[test]
fn what_is_wrong_is_told_at_the_field_and_nothing_is_sent() {
    let mut lab = account();
    let before = lab.journal().entries.len();
    let form = kind(Section::Groups).create.expect("a form");
    let told = send(
        &mut lab,
        form,
        &Value::Null,
        &[("Min", "a"), ("Desired", ""), ("Max", "-1"), ("CPU target", "lots"), ("Auto Scaling group name", " ")],
    );
    let told = told.expect_err("five things are wrong");
    for field in ["Min", "Desired", "Max", "CPU target", "Auto Scaling group name"] {
        assert!(told.contains(&format!("field: Some(\"{field}\")")), "{field}: {told}");
    }
    assert_eq!(lab.journal().entries.len(), before);
}

#[test]
fn a_refusal_of_the_cloud_is_told_at_its_field() {
    let mut lab = account();
    let mut told = |section: Section, change: &[(&'static str, &str)]| {
        send(&mut lab, kind(section).create.expect("a form"), &Value::Null, change).expect_err("it is refused")
    };
    let at = |told: &str, field: &str| assert!(told.contains(&format!("field: Some(\"{field}\")")), "{field}: {told}");
    at(&told(Section::LaunchTemplates, &[]), "Launch template name");
    at(&told(Section::Groups, &[]), "Auto Scaling group name");
    at(&told(Section::Groups, &[("Auto Scaling group name", "other"), ("Min", "8")]), "Max");
    at(&told(Section::SecurityGroups, &[]), "Security group name");
    at(&told(Section::TargetGroups, &[("Health check path", "/x")]), "Target group name");
    at(
        &told(Section::TargetGroups, &[("Target group name", "other"), ("Health check path", "x")]),
        "Health check path",
    );
    at(&told(Section::LoadBalancers, &[("Load balancer name", "-bad-")]), "Load balancer name");
    at(
        &told(Section::Instances, &[("Number of instances", "100"), ("Instance type", "t3.2xlarge")]),
        "Number of instances",
    );
}

#[test]
fn a_second_try_does_not_send_again_what_was_answered() {
    let mut lab = account();
    let groups = things(&mut lab, Section::SecurityGroups).len();
    let form = kind(Section::LaunchTemplates).create.expect("a form");
    let mut answers = Answers::new();
    let mut attempt = |lab: &mut Lab, name: &str| {
        with(lab, |asker| {
            let mut draft = form.draft(asker, &Value::Null, &Value::Null);
            draft.set("Launch template name", name);
            let context = Context { item: &Value::Null, parent: &Value::Null, key: "", draft: &draft, answers: &[] };
            form.submit(asker, context, &mut answers)
        })
    };
    attempt(&mut lab, "web-template").expect_err("the name is taken");
    attempt(&mut lab, "other").expect("the name is free");
    assert_eq!(things(&mut lab, Section::SecurityGroups).len(), groups + 1);
}

#[test]
fn a_form_shows_the_commands_that_it_runs() {
    let mut lab = account();
    let commands = with(&mut lab, |asker| {
        let form = kind(Section::LoadBalancers).create.expect("a form");
        let draft = form.draft(asker, &Value::Null, &Value::Null);
        form.commands(asker, Context { item: &Value::Null, parent: &Value::Null, key: "", draft: &draft, answers: &[] })
    });
    let lines: Vec<&str> = commands.lines().collect();
    assert_eq!(lines.len(), 4, "{commands}");
    assert!(
        lines[0].starts_with(
            "aws ec2 create-security-group --description 'HTTP from anywhere' --group-name launch-wizard-"
        ),
        "{commands}"
    );
    assert!(lines[2].contains("--security-groups '<GroupId>'"), "{commands}");
    assert!(lines[3].contains("--load-balancer-arn '<LoadBalancerArn>' --port 80 --protocol HTTP"), "{commands}");
}

/// Elastic Load Balancing User Guide, "Routing algorithms": round robin
#[test]
fn reloading_shows_the_balancing_and_a_cookie_ends_it() {
    let mut lab = account();
    let name = path::text(&things(&mut lab, Section::LoadBalancers)[0], "DNSName");
    let mut visitor = Visitor::default();
    let mut servers = |lab: &mut Lab| {
        let seen: Vec<String> =
            (0..4).map(|_| with(lab, |asker| visit(asker, &mut visitor, &name)).expect("an address").server).collect();
        assert!(seen.iter().all(|server| server.starts_with("i-")), "{seen:?}");
        seen.windows(2).filter(|pair| pair[0] != pair[1]).count()
    };
    assert_eq!(servers(&mut lab), 3, "each visit another server");
    let group = things(&mut lab, Section::TargetGroups).remove(0);
    let form = kind(Section::TargetGroups).tabs.iter().flat_map(|tab| tab.parts).find_map(|part| match part {
        Part::Form(Some(read), form) => Some((read, *form)),
        _ => None,
    });
    let (read, form) = form.expect("the attributes");
    let item = entries(&mut lab, *read, &group).remove(0);
    with(&mut lab, |asker| {
        let mut draft = form.draft(asker, &item, &group);
        draft.set("Stickiness", "true");
        form.submit(
            asker,
            Context { item: &item, parent: &group, key: "", draft: &draft, answers: &[] },
            &mut Answers::new(),
        )
    })
    .expect("the attributes are fine");
    servers(&mut lab);
    assert_eq!(servers(&mut lab), 0, "the cookie leads to one server");
}

/// Route 53 Developer Guide, "Choosing between alias and non-alias records"
#[test]
fn an_alias_made_by_the_form_leads_visitors_to_the_balancer() {
    let mut lab = account();
    let zone = things(&mut lab, Section::HostedZones).remove(0);
    let form = all_forms().into_iter().find(|form| form.title == "Create record").expect("the form");
    send(&mut lab, form, &zone, &[("Route traffic to", "alias")]).expect("the balancer is there");
    lab.pass(60.0);
    let page = with(&mut lab, |asker| visit(asker, &mut Visitor::default(), "shop.example")).expect("an address");
    assert_eq!((page.status.as_str(), page.addresses.is_empty()), ("200", false), "{page:?}");
}
