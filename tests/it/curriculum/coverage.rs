//! What the lessons cover together: the topics of the course, and beliefs that many bring along.
use std::collections::BTreeSet;

use scaling_lab::curriculum::Lesson;

use super::lessons;

/// What the course is about, in its order: the word in the lessons' files, and what it is.
pub const TOPICS: &[(&str, &str)] = &[
    ("amis", "AMIs and their ids"),
    ("launching", "Launching an instance"),
    ("elastic-ips", "Elastic IP addresses"),
    ("images-of-your-own", "Images of your own"),
    ("launch-templates", "Launch templates"),
    ("auto-scaling-groups", "Auto Scaling groups"),
    ("load-balancers", "Application Load Balancers"),
];

/// Beliefs that are often met, and wrong: the id in the lessons' files, and the belief.
pub const BELIEFS: &[(&str, &str)] = &[
    ("stopping-keeps-the-address", "Stopping an instance keeps its public address."),
    ("an-elastic-ip-is-free", "An Elastic IP address is free while it is used."),
    ("a-member-can-be-stopped", "An instance of a group can be stopped for maintenance."),
    ("a-replacement-is-the-same", "A replaced instance is the same machine."),
    ("the-group-sees-a-dead-program", "The group notices that the program is dead."),
    ("a-short-grace-period-is-robust", "The ELB check with a short grace period is robust."),
    ("a-new-version-changes-servers", "A new template version changes the instances that run."),
    ("latest-is-default", "$Latest and $Default are the same."),
    ("a-template-can-be-edited", "A launch template can be edited."),
    ("desired-is-advice", "Min is the number that counts; desired is advice."),
    ("ending-the-last-server-saves", "Terminating the last instance of a group lowers the bill."),
    ("scale-in-is-instant", "The group shrinks as soon as the load falls."),
    ("a-red-low-alarm-is-a-fault", "A low alarm in ALARM means that something is broken."),
    ("cooldown-slows-target-tracking", "The cooldown slows target tracking."),
    ("every-type-reaches-the-target", "A CPU target of 50 % works on every type."),
    ("cloudwatch-sees-memory", "CloudWatch shows memory by itself."),
    ("running-is-ready", "A running instance is ready."),
    ("an-image-leaves-the-server-alone", "Creating an image does not touch the instance."),
    ("an-ami-id-works-everywhere", "An AMI id works in every region."),
    ("deregistering-ends-the-cost", "Deregistering an AMI ends its cost."),
    ("a-balancer-reaches-every-zone", "A balancer can live in one zone, and reaches every zone."),
    ("every-5xx-is-overload", "502, 503 and 504 all mean overload."),
    ("all-unhealthy-stops-sending", "If all targets are unhealthy, the balancer stops sending."),
    ("the-balancer-has-one-address", "A record with one address of the balancer is enough."),
    ("a-failed-launch-is-a-permission", "A launch that fails is a matter of permissions or of the AMI."),
];

/// The titles of the lessons that name this.
pub fn lessons_with(lessons: &[Lesson], names: impl Fn(&Lesson) -> bool) -> String {
    let titles: Vec<&str> = lessons.iter().filter(|lesson| names(lesson)).map(|lesson| lesson.title.as_str()).collect();
    titles.join("; ")
}

#[test]
fn the_lessons_cover_every_topic_of_the_course_and_name_no_other() {
    let named: BTreeSet<String> = lessons().into_iter().flat_map(|lesson| lesson.topics).collect();
    let known: BTreeSet<String> = TOPICS.iter().map(|(id, _)| (*id).to_owned()).collect();
    assert_eq!(named, known);
}

#[test]
fn the_lessons_correct_at_least_fifteen_known_beliefs_and_name_no_other() {
    let named: BTreeSet<String> =
        lessons().into_iter().flat_map(|lesson| lesson.beliefs.into_iter().map(|belief| belief.id)).collect();
    let unknown: Vec<&String> = named.iter().filter(|id| !BELIEFS.iter().any(|(known, _)| known == id)).collect();
    assert_eq!(unknown, Vec::<&String>::new());
    assert!(named.len() >= 15, "only {}", named.len());
}

#[test]
fn every_lesson_has_a_topic_and_corrects_a_belief() {
    for lesson in lessons() {
        assert!(!lesson.topics.is_empty() && !lesson.beliefs.is_empty(), "{}", lesson.id);
    }
}
