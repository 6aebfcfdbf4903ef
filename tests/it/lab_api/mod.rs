//! `lab api` as a program: a line in, a line out.
//!
//! Every `tests/lab_api/**/*.jsonl` is a script, and the `.golden.jsonl` beside it holds its answers (see `golden.rs`, also for how to
//! renew them). `main_job.jsonl` does the main job. The folders hold a service's operations each, and what it refuses.
mod bad_lines;
mod coverage;
pub mod golden;

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

use crate::{renewal, replay, support};
use bad_lines::BAD_LINES;
use golden::Script;

const MAIN_JOB: &str = "tests/lab_api/main_job.jsonl";
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
fn every_script_gets_its_golden_answers() {
    golden::renew_if_asked();
    for script in golden::scripts() {
        let mut lab = Lab::start(&["api"]);
        for line in &script.lines {
            let found = lab.ask(line.text.as_bytes());
            let differences = golden::differences(&line.answer, &found);
            assert!(differences.is_empty(), "{}:{}\n{}\n{differences}", script.file, line.number, line.text);
            if let Some(output) = found.get("output") {
                support::assert_answer_fits(&line.service, &line.operation, output);
            }
        }
        lab.finish();
    }
}

#[test]
fn the_main_job_has_its_story() {
    golden::renew_if_asked();
    let answers: Vec<Value> = Script::read(MAIN_JOB).lines.into_iter().map(|line| line.answer).collect();
    assert_story(&answers);
}

#[test]
fn the_main_job_ends_in_the_same_bits_on_every_machine() {
    golden::renew_if_asked();
    assert_eq!(
        replay::digest_after(&renewal::read(MAIN_JOB)),
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
