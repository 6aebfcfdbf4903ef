//! What the tests of both targets share: a script becomes a session, and the session a number.
use scaling_lab::api::Call;
use scaling_lab::session::Session;

/// The digest of the session after all requests of a script, as it is written in a file beside it.
///
/// `tests/lab_api/main_job.jsonl` has `main_job.digest`, renewed with the golden answers of `tests/it/lab_api.rs`.
pub fn digest_after(script: &str) -> String {
    let mut session = Session::new(1);
    for line in script.lines().filter(|line| !line.is_empty()) {
        let envelope = serde_json::from_str(line).expect("a line of JSON");
        let call = Call::from_json(&envelope).expect("a request");
        session.submit(call).unwrap_or_else(|refusal| panic!("{refusal}: {line}"));
    }
    format!("{:016x}\n", session.digest())
}
