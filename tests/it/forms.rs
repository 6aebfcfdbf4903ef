//! What a careless learner types into the forms of the bench, and what they are told beside which field.
use scaling_lab::api::ApiError;
use scaling_lab::form::{Check, Faults, TrafficDraft, field};

fn fields<T>(read: Result<T, Faults>, all: &[&'static str]) -> Vec<&'static str> {
    let faults = read.err().unwrap_or_default();
    all.iter().copied().filter(|name| faults.at(name).is_some()).collect()
}

#[test]
fn nothing_and_letters_where_a_number_belongs_are_told_at_the_field() {
    for count in ["", "  ", "two", "1.5", "-1", "0", "101", "9999999999999999999999"] {
        let mut check = Check::default();
        check.whole("Number", count, 1..=100);
        let faults = check.finish(()).expect_err(count);
        let message = faults.at("Number").expect("a fault of the number");
        assert!(message.contains("from 1 to 100"), "{count:?}: {message}");
        assert_eq!(faults.len(), 1);
    }
}

#[test]
fn empty_forms_say_what_is_missing() {
    let all = [field::TARGET, field::RATE];
    assert_eq!(fields(TrafficDraft::default().read(), &all), all);
}

#[test]
fn ten_times_as_many_visitors_stay_within_what_the_form_takes() {
    let draft = |rate: &str| TrafficDraft { target: "a".into(), rate: rate.into() };
    let times = |rate: &str| draft(rate).times(10).map(|draft| draft.rate);
    assert_eq!(times("12"), Ok("120".to_owned()));
    assert_eq!(times("9000"), Ok("10000".to_owned()));
    assert_eq!(fields(draft("many").times(10), &[field::RATE]), [field::RATE]);
}

#[test]
fn a_refusal_that_points_to_no_field_concerns_the_form_as_a_whole() {
    let unknown = ApiError::new("InternalError", "Something else.");
    assert_eq!(Faults::of_refusal(&unknown, &[]).general().collect::<Vec<_>>(), ["InternalError: Something else."]);
    let refusal = ApiError::new("ValidationError", "RequestsPerSecond is wrong.");
    assert!(Faults::of_refusal(&refusal, TrafficDraft::WORDS).at(field::RATE).is_some());
}
