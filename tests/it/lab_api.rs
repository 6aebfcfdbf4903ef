//! `lab api` as a program: a line in, a line out.
//!
//! `tests/lab_api/main_job.jsonl` does the main job, and `main_job.golden.jsonl` holds its answers. Ids and addresses in the script are
//! constants, because the seed and the order of requests decide them. To renew the answers (see `renewal.rs`):
//! `LAB_RENEW=1 cargo test --no-default-features --test it lab_api`. Where an id of an answer changes, renewing carries it over into the
//! later lines of the script; after adding or removing lines, renew once for the answers before the model changes.
use std::cmp::Reverse;
use std::io::{BufRead, BufReader, Write};
use std::net::Ipv4Addr;
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::Once;

use serde_json::Value;

use crate::{renewal, replay, support};

const SCRIPT: &str = "tests/lab_api/main_job.jsonl";
const GOLDEN: &str = "tests/lab_api/main_job.golden.jsonl";
const DIGEST: &str = "tests/lab_api/main_job.digest";

/// A running `lab api`.
struct Lab {
    child: Child,
    stdin: ChildStdin,
    stdout: BufReader<ChildStdout>,
}

impl Lab {
    fn start(arguments: &[&str]) -> Lab {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lab"));
        let mut child =
            command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().expect("the program starts");
        let stdin = child.stdin.take().expect("a piped input");
        let stdout = BufReader::new(child.stdout.take().expect("a piped output"));
        Lab { child, stdin, stdout }
    }

    fn ask(&mut self, line: &[u8]) -> Value {
        self.stdin.write_all(&[line, b"\n"].concat()).expect("the program reads");
        let mut answer = String::new();
        self.stdout.read_line(&mut answer).expect("the program answers");
        serde_json::from_str(&answer).unwrap_or_else(|trouble| panic!("{answer:?} is no JSON: {trouble}"))
    }

    /// Ends the input; the program then ends well.
    fn finish(mut self) {
        drop(self.stdin);
        assert!(self.child.wait().expect("the program ends").success());
    }
}

#[test]
fn the_main_job_gets_the_golden_answers() {
    renew_if_asked();
    assert_story(&golden_answers());
    let (script, golden) = (renewal::read(SCRIPT), golden_answers());
    let requests = script.lines().enumerate().filter(|(_, line)| !line.is_empty());
    assert_eq!(requests.clone().count(), golden.len(), "{SCRIPT} and {GOLDEN} differ in length");
    let mut lab = Lab::start(&["api"]);
    for ((index, line), expected) in requests.zip(&golden) {
        let found = lab.ask(line.as_bytes());
        let differences = differences(expected, &found);
        assert!(differences.is_empty(), "{SCRIPT}:{}\n{line}\n{differences}", index + 1);
        let request: Value = serde_json::from_str(line).expect("a line of JSON");
        let name = |member: &str| request[member].as_str().expect("a name");
        support::assert_answer_fits(name("service"), name("operation"), &found["output"]);
    }
    lab.finish();
}

#[test]
fn the_main_job_ends_in_the_same_bits_on_every_machine() {
    renew_if_asked();
    assert_eq!(
        replay::digest_after(&renewal::read(SCRIPT)),
        renewal::read(DIGEST),
        "tests/web.rs expects it in wasm too"
    );
}

#[test]
fn a_bad_line_gets_an_error_and_the_next_line_is_read() {
    let good = br#"{"service":"ec2","operation":"DescribeRegions"}"#;
    let mut lab = Lab::start(&["api", "--seed", "7"]);
    for (line, code, words) in BAD_LINES {
        let error = &lab.ask(line.as_bytes())["error"];
        let shown = String::from_utf8_lossy(line.as_bytes());
        assert_eq!(error["code"], *code, "{shown}: {error}");
        assert!(error["message"].as_str().is_some_and(|message| message.contains(words)), "{shown}: {error}");
        assert_eq!(lab.ask(good)["output"]["Regions"][0]["RegionName"], "us-east-1", "after {shown}");
    }
    let error = lab.ask(b"{\"service\":\"\xff\"}");
    assert_eq!(error["error"]["code"], "InvalidJSON", "a line that is no UTF-8");
    assert_eq!(
        lab.ask(b"\n  \r\n{\"service\":\"lab\",\"operation\":\"DescribeTraffic\"}\r")["output"]["Streams"],
        serde_json::json!([])
    );
    lab.finish();
}

#[test]
fn a_seed_decides_the_ids_and_a_wrong_one_is_refused() {
    let first_image = |arguments: &[&str]| {
        let mut lab = Lab::start(arguments);
        let answer = lab.ask(br#"{"service":"ec2","operation":"DescribeImages"}"#);
        lab.finish();
        answer["output"]["Images"][0]["ImageId"].as_str().expect("an image").to_owned()
    };
    assert_eq!(first_image(&["api"]), first_image(&["api", "--seed", "1"]));
    assert_ne!(first_image(&["api"]), first_image(&["api", "--seed", "2"]));
    let refused = Command::new(env!("CARGO_BIN_EXE_lab")).args(["api", "--seed", "one"]).output().expect("an end");
    assert_eq!((refused.status.code(), refused.stdout.len()), (Some(2), 0));
    assert!(String::from_utf8_lossy(&refused.stderr).starts_with("one is no seed"));
}

/// What must hold however often the answers are renewed.
fn assert_story(golden: &[Value]) {
    let refused: Vec<&Value> = golden.iter().filter(|answer| answer.get("error").is_some()).collect();
    assert!(refused.is_empty(), "{refused:#?}");
    let sizes: Vec<i64> = golden
        .iter()
        .filter_map(|answer| answer["output"]["AutoScalingGroups"][0]["DesiredCapacity"].as_i64())
        .collect();
    assert_eq!(sizes, [2, 2, 4, 2, 2, 2, 2], "desired at first, with visitors, with ten times, after them, ...");
    let addresses = |platform: &str| -> Vec<Option<&str>> {
        let reservations =
            golden.iter().filter_map(|answer| answer["output"]["Reservations"].as_array()).take(4).flatten();
        let instances = reservations.map(|reservation| &reservation["Instances"][0]);
        instances.filter(|it| it["PlatformDetails"] == platform).map(|it| it["PublicIpAddress"].as_str()).collect()
    };
    let [pending, running, stopped, started] = addresses("Linux/UNIX")[..] else { panic!("four looks") };
    assert!(pending.is_none() && running.is_some() && stopped.is_none() && started.is_some());
    assert_ne!(running, started, "an automatic address changes over stop and start");
    let [pending, running, stopped, started] = addresses("Windows")[..] else { panic!("four looks") };
    assert!(pending.is_none() && running.is_some() && stopped.is_some() && stopped == started);
    assert_ne!(running, started, "the Elastic IP address took the place of the automatic one");
}

/// A line, the code of its error, and words of its message.
const BAD_LINES: &[(&str, &str, &str)] = &[
    ("Hello?", "InvalidJSON", "The line is no JSON"),
    (r#"{"service":"ec2","#, "InvalidJSON", "EOF"),
    ("[]", "InvalidRequest", "\"service\""),
    (r#"{"service":"ec2"}"#, "InvalidRequest", "\"operation\""),
    (r#"{"service":"ec2","operation":7}"#, "InvalidRequest", "a text as \"operation\", not 7"),
    (r#"{"region":7,"service":"ec2","operation":"DescribeVpcs"}"#, "InvalidRequest", "a text as \"region\", not 7"),
    (r#"{"service":"ec2","operation":"DescribeVpcs","parms":{}}"#, "InvalidRequest", "nothing else such as \"parms\""),
    (
        r#"{"service":"s3","operation":"ListBuckets"}"#,
        "UnknownOperation",
        "The service \"s3\" is not part of this lab.",
    ),
    (r#"{"service":"ec2","operation":"CreateVpnGateway"}"#, "UnknownOperation", "ec2 CreateVpnGateway"),
    (
        r#"{"service":"ec2","operation":"RunInstances","parameters":{"MinCount":1}}"#,
        "ParamValidation",
        "Missing required parameter in input: \"MaxCount\"",
    ),
    (
        r#"{"service":"ec2","operation":"RunInstances","parameters":{"MinCount":"1","MaxCount":1}}"#,
        "ParamValidation",
        "Invalid type for parameter MinCount, value: 1, type: <class 'str'>, valid types: <class 'int'>",
    ),
    (
        r#"{"service":"ec2","operation":"RunInstances","parameters":{"MinCount":1,"MaxCount":18446744073709551615}}"#,
        "ParamValidation",
        "Invalid value for parameter MaxCount",
    ),
    (r#"{"service":"ec2","operation":"DescribeVpcs","parameters":[]}"#, "ParamValidation", "<class 'list'>"),
    (
        r#"{"service":"ec2","operation":"RunInstances","parameters":{"MinCount":1,"MaxCount":1,"Coun":1}}"#,
        "ParamValidation",
        "Unknown parameter in input: \"Coun\"",
    ),
    (
        r#"{"service":"ec2","operation":"RunInstances","parameters":{"MinCount":1,"MaxCount":1,"EbsOptimized":true}}"#,
        "UnknownOperation",
        "EbsOptimized",
    ),
    (r#"{"region":"mars-north-1","service":"ec2","operation":"DescribeVpcs"}"#, "InvalidRegion", "mars-north-1"),
    (
        r#"{"service":"ec2","operation":"StartInstances","parameters":{"InstanceIds":["i-0123456789abcdef0"]}}"#,
        "InvalidInstanceID.NotFound",
        "'i-0123456789abcdef0' does not exist",
    ),
    (r#"{"service":"lab","operation":"Advance","parameters":{"Seconds":-1}}"#, "ParamValidation", "Seconds, value: -1"),
    (r#"{"service":"lab","operation":"Advance","parameters":{"Seconds":1e99}}"#, "ValidationError", "Seconds"),
    (
        r#"{"service":"lab","operation":"SetTraffic","parameters":{"Target":"a","Profile":{"Type":"Steady"}}}"#,
        "ValidationError",
        "missing field `RequestsPerSecond`",
    ),
    (
        r#"{"service":"lab","operation":"SetTraffic","parameters":{"Target":"a","Profile":{"Type":"Steady","RequestsPerSecond":-5}}}"#,
        "ValidationError",
        "RequestsPerSecond must not be negative",
    ),
];

fn golden_answers() -> Vec<Value> {
    let parsed =
        |line: &str| serde_json::from_str(line).unwrap_or_else(|trouble| panic!("{GOLDEN}: {trouble}: {line}"));
    renewal::read(GOLDEN).lines().map(parsed).collect()
}

/// Renews once for all tests of this file, if it is asked for.
fn renew_if_asked() {
    static RENEWED: Once = Once::new();
    if renewal::is_asked_for() {
        RENEWED.call_once(renew);
    }
}

/// Writes the answers and the digest anew, and the script with the ids that changed.
fn renew() {
    let (script, old) = (renewal::read(SCRIPT), golden_answers());
    let is_aligned = script.lines().filter(|line| !line.is_empty()).count() == old.len();
    let (mut answers, mut lines, mut names) = (Vec::new(), Vec::new(), Vec::new());
    let mut lab = Lab::start(&["api"]);
    for line in script.lines() {
        let line = renamed(line, &names);
        if !line.is_empty() {
            let answer = lab.ask(line.as_bytes());
            if is_aligned {
                learn_names(&mut names, &old[answers.len()], &answer);
            }
            answers.push(answer);
        }
        lines.push(line);
    }
    lab.finish();
    let text = |lines: Vec<String>| lines.iter().map(|line| format!("{line}\n")).collect::<String>();
    renewal::write(GOLDEN, &text(answers.iter().map(Value::to_string).collect()));
    renewal::write(SCRIPT, &text(lines.clone()));
    renewal::write(DIGEST, &replay::digest_after(&text(lines)));
}

/// The line with the new names. One thing's new name may be another's old one, so all change at once.
fn renamed(line: &str, names: &[(String, String)]) -> String {
    let mark = |index: usize| format!("\0{index}\0");
    let marked =
        names.iter().enumerate().fold(line.to_owned(), |line, (index, name)| line.replace(&name.0, &mark(index)));
    names.iter().enumerate().fold(marked, |line, (index, name)| line.replace(&mark(index), &name.1))
}

/// Adds pairs of an old and a new id, ARN or address. What is known stays: a thing is first named where it is made, and later in lists
/// whose order may be another now.
fn learn_names(names: &mut Vec<(String, String)>, old: &Value, new: &Value) {
    let texts = leaves(Some(old), Some(new));
    for (old, new) in texts.iter().filter_map(|(_, old, new)| Some((old.as_ref()?.as_str()?, new.as_ref()?.as_str()?)))
    {
        if is_name(old) && is_name(new) && names.iter().all(|known| known.0 != old && known.1 != new) {
            names.push((old.to_owned(), new.to_owned()));
        }
    }
    // The whole before its parts: an ARN holds the number of the account.
    names.sort_by_key(|(old, _)| Reverse(old.len()));
}

/// Whether the text is an address or has the many digits that the lab gives to a new id.
fn is_name(text: &str) -> bool {
    text.parse::<Ipv4Addr>().is_ok() || text.split(|digit: char| !digit.is_ascii_hexdigit()).any(|run| run.len() >= 8)
}

/// A place and what is there on both sides.
type Leaf<'a> = (String, Option<&'a Value>, Option<&'a Value>);

/// The leaves of two values, place by place.
fn leaves<'a>(left: Option<&'a Value>, right: Option<&'a Value>) -> Vec<Leaf<'a>> {
    let places: Vec<String> = match (left, right) {
        (Some(Value::Object(left)), Some(Value::Object(right))) => {
            left.keys().chain(right.keys().filter(|name| !left.contains_key(*name))).cloned().collect()
        }
        (Some(Value::Array(left)), Some(Value::Array(right))) => {
            (0..left.len().max(right.len())).map(|index| index.to_string()).collect()
        }
        _ => return vec![(String::new(), left, right)],
    };
    let at = |value: Option<&'a Value>, place: &str| value.and_then(|value| value.pointer(&format!("/{place}")));
    let below = |place: &String| {
        let inner = leaves(at(left, place), at(right, place)).into_iter();
        inner.map(|(path, left, right)| (format!("/{place}{path}"), left, right)).collect::<Vec<_>>()
    };
    places.iter().flat_map(below).collect()
}

/// Where the answers differ, in words; nothing if they are equal.
fn differences(expected: &Value, found: &Value) -> String {
    let shown = |value: Option<&Value>| value.map_or("nothing".to_owned(), Value::to_string);
    let different = leaves(Some(expected), Some(found)).into_iter().filter(|(_, expected, found)| expected != found);
    let told = different.map(|(path, expected, found)| {
        format!("{path}\n  expected {}\n  found    {}\n", shown(expected), shown(found))
    });
    told.collect()
}
