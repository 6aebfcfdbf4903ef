//! What is kept between visits: the session as its journal, and how the learner looked at it. Pure: texts in, texts out.
use serde_json::{Value, json};

use super::pace::Speed;
use crate::api::{ApiError, DEFAULT_REGION};
use crate::session::{Journal, START};
use crate::sim::SimTime;

/// How the learner looks at a session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct View {
    /// The region that the pages show.
    pub region: String,
    /// How fast time goes on.
    pub speed: Speed,
    /// Whether time goes on.
    pub is_running: bool,
}

/// A session and how the learner looked at it.
#[derive(Clone, Debug, PartialEq)]
pub struct Kept {
    /// What was asked, and when. Of several branches it is the one that was shown.
    pub journal: Journal,
    /// Where the learner stood: in the past, it is before the journal's last moment.
    pub at: SimTime,
    /// Region, speed, pause.
    pub view: View,
    /// Where the learner stands in a lesson, as [`Attempt::write`](crate::curriculum::Attempt::write) has it.
    pub lesson: Option<String>,
}

impl Default for View {
    fn default() -> Self {
        View { region: DEFAULT_REGION.to_owned(), speed: Speed::X10, is_running: true }
    }
}

impl Kept {
    /// The written form.
    pub fn to_text(journal: &Journal, at: SimTime, view: &View, lesson: Option<&str>) -> String {
        let view = json!({"region": view.region, "speed": view.speed.factor(), "running": view.is_running});
        json!({"view": view, "at": at.as_micros(), "journal": journal.to_json(), "lesson": lesson}).to_string()
    }

    /// Reads the written form. What is not known of the view is as at the beginning.
    ///
    /// # Errors
    /// `InvalidJournal` if the session cannot be read.
    pub fn from_text(text: &str) -> Result<Self, ApiError> {
        let value: Value = serde_json::from_str(text).unwrap_or_default();
        let journal = Journal::from_json(&value["journal"].to_string())?;
        let fresh = View::default();
        let view = View {
            region: value["view"]["region"].as_str().map_or(fresh.region, str::to_owned),
            speed: value["view"]["speed"].as_u64().and_then(Speed::from_factor).unwrap_or(fresh.speed),
            is_running: value["view"]["running"].as_bool().unwrap_or(fresh.is_running),
        };
        let at =
            value["at"].as_u64().map_or(journal.reached, SimTime::from_micros).clamp(START, journal.reached.max(START));
        let lesson = value["lesson"].as_str().map(str::to_owned);
        Ok(Kept { journal, at, view, lesson })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sim::SimDuration;

    #[test]
    fn a_session_and_the_view_survive_their_text() {
        let view = View { region: "eu-west-1".into(), speed: Speed::X600, is_running: false };
        let mut journal = Journal::new(7);
        journal.reached = START + SimDuration::HOUR;
        for at in [START, START + SimDuration::MINUTE, journal.reached] {
            let lesson = Some("an attempt".to_owned());
            let text = Kept::to_text(&journal, at, &view, lesson.as_deref());
            assert_eq!(Kept::from_text(&text), Ok(Kept { journal: journal.clone(), at, view: view.clone(), lesson }));
        }
    }

    #[test]
    fn a_moment_beyond_the_journal_is_its_last_one() {
        let text = Kept::to_text(&Journal::new(7), START + SimDuration::HOUR, &View::default(), None);
        assert_eq!(Kept::from_text(&text).map(|kept| kept.at), Ok(START));
    }

    #[test]
    fn a_text_that_holds_no_session_is_refused() {
        for text in ["", "[", "{}", "null", r#"{"journal":{"format":9}}"#] {
            assert_eq!(Kept::from_text(text).map_err(|error| error.code), Err("InvalidJournal".to_owned()), "{text}");
        }
    }

    #[test]
    fn an_odd_view_is_no_reason_to_lose_the_session() {
        let journal = Journal::new(3).to_json();
        let text = json!({"journal": journal, "view": {"speed": 7, "region": 5}, "lesson": {"id": 3}}).to_string();
        let fresh = Kept { journal: Journal::new(3), at: START, view: View::default(), lesson: None };
        assert_eq!(Kept::from_text(&text), Ok(fresh));
    }
}
