//! Going back, trying otherwise, comparing, undoing.
use scaling_lab::api::{ApiError, Call};
use scaling_lab::cloud::Fact;
use scaling_lab::projection::bench::{Ghost, Look, charts, extent};
use scaling_lab::projection::chart::Dash;
use scaling_lab::session::timeline::run_until::PATIENCE;
use scaling_lab::session::timeline::{Awaited, BranchId, MOST_BRANCHES, RunEnd, RunUntil};
use scaling_lab::session::{START, Session, Timeline};
use scaling_lab::sim::{SimDuration, SimTime};
use serde_json::{Value, json};

use crate::support::REGION;

fn ask(timeline: &mut Timeline, service: &str, operation: &str, parameters: Value) -> Result<Value, ApiError> {
    let envelope = json!({"region": REGION, "service": service, "operation": operation, "parameters": parameters});
    Ok(timeline.submit(Call::from_json(&envelope)?)?.output())
}

fn minute(minutes: u64) -> SimTime {
    START + SimDuration::from_secs(60 * minutes)
}

fn run_to(timeline: &mut Timeline, moment: SimTime) {
    while !timeline.advance(moment, 1_000).is_done {}
}

fn travel(timeline: &mut Timeline) {
    while !timeline.travel(1_000).is_done {}
}

fn launch(timeline: &mut Timeline) -> String {
    let images = json!({"Filters": [{"Name": "name", "Values": ["scaling-lab-web-server-*"]}]});
    let images = ask(timeline, "ec2", "DescribeImages", images).expect("images");
    let request =
        json!({"ImageId": images["Images"][0]["ImageId"], "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1});
    let launched = ask(timeline, "ec2", "RunInstances", request).expect("a launch");
    launched["Instances"][0]["InstanceId"].as_str().expect("an id").to_owned()
}

fn send(timeline: &mut Timeline, requests_per_second: f64) {
    let instances = ask(timeline, "ec2", "DescribeInstances", json!({})).expect("instances");
    let target = instances["Reservations"][0]["Instances"][0]["PublicIpAddress"].as_str().expect("an address");
    let profile = json!({"Type": "Steady", "RequestsPerSecond": requests_per_second});
    ask(timeline, "lab", "SetTraffic", json!({"Target": target, "Profile": profile})).expect("visitors");
}

fn open_port(timeline: &mut Timeline) {
    let groups = ask(timeline, "ec2", "DescribeSecurityGroups", json!({})).expect("groups");
    let rule = json!({"GroupId": groups["SecurityGroups"][0]["GroupId"], "IpProtocol": "tcp", "FromPort": 80, "ToPort": 80, "CidrIp": "0.0.0.0/0"});
    ask(timeline, "ec2", "AuthorizeSecurityGroupIngress", rule).expect("a rule");
}

fn instances(timeline: &Timeline) -> usize {
    timeline.session().cloud().region(REGION).expect("the region").ec2.instances.len()
}

/// A server with visitors for half an hour; a second server comes after twenty minutes.
fn half_an_hour() -> Timeline {
    let mut timeline = Timeline::new(1);
    open_port(&mut timeline);
    launch(&mut timeline);
    run_to(&mut timeline, minute(5));
    send(&mut timeline, 10.0);
    run_to(&mut timeline, minute(20));
    launch(&mut timeline);
    run_to(&mut timeline, minute(30));
    timeline
}

#[test]
fn a_timeline_that_only_goes_on_is_the_session_itself() {
    let timeline = half_an_hour();
    assert_eq!(Session::replay(&timeline.journal()).digest(), timeline.session().digest());
}

#[test]
fn going_back_shows_the_moment_as_it_was_and_going_on_meets_the_same_future() {
    let mut timeline = half_an_hour();
    let end = timeline.session().digest();
    for minutes in [25, 11, 3, 0] {
        timeline.seek(minute(minutes));
        travel(&mut timeline);
        assert_eq!(timeline.session().now(), minute(minutes));
        assert!(timeline.is_in_the_past());
        let mut journal = timeline.journal();
        journal.entries.retain(|entry| entry.at <= minute(minutes));
        journal.reached = minute(minutes);
        assert_eq!(timeline.session().digest(), Session::replay(&journal).digest(), "after {minutes} minutes");
    }
    timeline.seek(minute(30));
    travel(&mut timeline);
    assert_eq!(timeline.session().digest(), end);
    assert!(!timeline.is_in_the_past());
    assert_eq!(timeline.branches().len(), 1, "looking changes nothing");
}

#[test]
fn a_change_in_the_past_begins_a_branch_and_leaves_the_other_future_alone() {
    let mut timeline = half_an_hour();
    let end = timeline.session().digest();
    timeline.seek(minute(10));
    travel(&mut timeline);
    send(&mut timeline, 40.0);
    assert_eq!(timeline.current(), BranchId(1));
    assert_eq!(timeline.branches()[1].origin, Some((BranchId(0), minute(10))));
    run_to(&mut timeline, minute(30));
    assert_eq!(instances(&timeline), 1, "the second launch belongs to the other future");
    timeline.switch(BranchId(0)).expect("the first branch");
    run_to(&mut timeline, minute(30));
    assert_eq!(timeline.session().digest(), end);
}

#[test]
fn both_futures_are_compared_under_the_same_visitors() {
    let mut timeline = half_an_hour();
    timeline.seek(minute(10));
    travel(&mut timeline);
    launch(&mut timeline);
    run_to(&mut timeline, minute(30));
    let mut comparing = timeline.compare(BranchId(0), BranchId(1), minute(30)).expect("two branches");
    assert_eq!(comparing.result(), None);
    while !comparing.work(500).is_done {}
    let comparison = comparing.result().expect("a result");
    assert_eq!((comparison.from, comparison.until), (minute(10), minute(30)));
    let [plain, changed] = &comparison.sides;
    assert!(plain.sent > 11_000, "{}", plain.sent);
    assert_eq!((plain.sent, plain.outcomes), (changed.sent, changed.outcomes), "one more server changes no visitor");
    assert!(changed.instance_hours() > plain.instance_hours() + 0.1, "{comparison:?}");
    let [cheap, dear] = comparison.nano_dollars;
    // The second server comes ten minutes earlier. A t3.micro costs 0.0104 dollars an hour; its disk and its address come on top.
    assert!((1_733_000..3_500_000).contains(&(dear - cheap)), "{cheap} and {dear}");
    assert_eq!(timeline.session().now(), minute(30), "comparing moves nobody");
}

#[test]
fn another_branch_is_drawn_dotted_along_and_named() {
    let mut timeline = half_an_hour();
    timeline.seek(minute(10));
    travel(&mut timeline);
    launch(&mut timeline);
    run_to(&mut timeline, minute(30));
    let ghost = timeline.session().history().clone();
    let ghost = Ghost { name: "branch 1".into(), history: ghost };
    timeline.switch(BranchId(0)).expect("the first branch");
    run_to(&mut timeline, minute(30));
    let window = extent(timeline.session());
    let look = |ghost| Look { window, hidden: &[], ghost };
    let alone = charts(timeline.session(), REGION, look(None));
    let both = charts(timeline.session(), REGION, look(Some(&ghost)));
    for (alone, both) in alone.iter().zip(&both) {
        let added: Vec<_> = both.series.iter().skip(alone.series.len()).collect();
        let [line] = added[..] else { panic!("{}: {} lines", both.title, added.len()) };
        assert!(line.label.ends_with(" · branch 1") && line.dash == Dash::Dotted, "{line:?}");
        // Costs are noted once a minute, the rest more often.
        assert!(line.values_in(both.window).count() >= 25, "{}", both.title);
    }
    let marked = alone[0].markers.iter().filter(|marker| marker.label.is_empty()).count();
    assert_eq!(marked, 4, "the rule, both launches and the visitors were asked for");
}

#[test]
fn a_stopped_travel_stays_where_it_has_come_to_and_can_go_on() {
    let mut timeline = half_an_hour();
    let end = timeline.session().digest();
    timeline.seek(minute(5));
    travel(&mut timeline);
    timeline.seek(minute(30));
    timeline.travel(500);
    timeline.stop();
    assert_eq!(timeline.goal(), None);
    assert!(timeline.session().now() < minute(30) && timeline.is_in_the_past());
    assert_eq!(timeline.end(), minute(30));
    timeline.seek(minute(30));
    travel(&mut timeline);
    assert_eq!(timeline.session().digest(), end);
}

#[test]
fn undo_takes_the_last_change_back_and_keeps_the_run_and_redo_brings_it_again() {
    let mut timeline = half_an_hour();
    let (end, served) = (timeline.session().digest(), timeline.session().history().tally().sent);
    let undone = timeline.undo().expect("a change");
    assert_eq!((undone.call.request.operation(), undone.at), ("RunInstances", minute(20)));
    travel(&mut timeline);
    assert_eq!((timeline.session().now(), instances(&timeline)), (minute(30), 1));
    assert_eq!(timeline.session().history().tally().sent, served, "the visitors of half an hour are still there");
    assert!(timeline.can_redo());
    timeline.redo().expect("what was taken back");
    travel(&mut timeline);
    assert_eq!(timeline.session().digest(), end);
    assert_eq!(timeline.redo().expect_err("nothing left").code, "NothingToRedo");
}

#[test]
fn a_new_change_forgets_what_was_taken_back() {
    let mut timeline = half_an_hour();
    timeline.undo().expect("a change");
    travel(&mut timeline);
    send(&mut timeline, 1.0);
    assert!(!timeline.can_redo());
    while timeline.can_undo() {
        timeline.undo().expect("a change");
    }
    assert_eq!(timeline.undo().expect_err("nothing left").code, "NothingToUndo");
    travel(&mut timeline);
    assert_eq!((timeline.session().now(), instances(&timeline)), (minute(30), 0));
}

#[test]
fn a_journal_brings_the_branch_back_after_a_restart() {
    let timeline = half_an_hour();
    let mut again = Timeline::from_journal(&timeline.journal());
    assert!(again.goal().is_some());
    travel(&mut again);
    assert_eq!(again.session().digest(), timeline.session().digest());
}

#[test]
fn branches_are_counted_named_and_removed() {
    let mut timeline = half_an_hour();
    for _ in 1..MOST_BRANCHES {
        timeline.fork().expect("room for a branch");
    }
    assert_eq!(timeline.fork().expect_err("no room").code, "TooManyBranches");
    assert_eq!(timeline.remove_last().expect_err("the learner stands there").code, "BranchInUse");
    timeline.switch(BranchId(0)).expect("the first branch");
    timeline.remove_last().expect("nobody stands there");
    timeline.rename(BranchId(1), " slower policy ").expect("a branch");
    assert_eq!((timeline.branches().len(), timeline.branches()[1].name.as_str()), (MOST_BRANCHES - 1, "slower policy"));
    assert_eq!(timeline.switch(BranchId(9)).expect_err("no branch").code, "NoSuchBranch");
}

fn run_until(timeline: &mut Timeline, awaited: Awaited) -> RunEnd {
    let run = RunUntil::new(timeline, awaited);
    loop {
        if let Some(end) = run.work(timeline, 100) {
            return end;
        }
    }
}

#[test]
fn a_step_ends_with_the_next_event_and_each_step_with_another() {
    let mut timeline = Timeline::new(1);
    launch(&mut timeline);
    let states: Vec<String> = (0..2)
        .map(|_| {
            let RunEnd::Happened(id) = run_until(&mut timeline, Awaited::Event) else { panic!("nothing happened") };
            let event = timeline.session().cloud().events().get(id).expect("the event");
            assert_eq!(event.at, timeline.session().now(), "time stands where it happened");
            match &event.fact {
                Fact::InstanceStateChanged { state, .. } => (*state).to_owned(),
                other => format!("{other:?}").split(' ').next().unwrap_or_default().to_owned(),
            }
        })
        .collect();
    assert_eq!(states, ["running", "InstanceBooted"]);
}

#[test]
fn a_run_to_a_moment_ends_there_and_one_for_what_never_comes_ends_after_a_day() {
    let mut timeline = Timeline::new(1);
    assert_eq!(run_until(&mut timeline, Awaited::Time(minute(7))), RunEnd::TimeIsUp);
    assert_eq!(timeline.session().now(), minute(7));
    for awaited in [Awaited::Alarm, Awaited::ScalingActivity] {
        let start = timeline.session().now();
        assert_eq!(run_until(&mut timeline, awaited), RunEnd::TimeIsUp);
        assert_eq!(timeline.session().now().since(start), PATIENCE);
    }
}
