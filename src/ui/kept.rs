//! What is kept between visits: the session as its journal, and how the learner looked at it. Pure: texts in, texts out.
use serde_json::{Value, json};

use super::pace::Speed;
use crate::api::{ApiError, DEFAULT_REGION};
use crate::session::Journal;

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
    /// What was asked, and when.
    pub journal: Journal,
    /// Region, speed, pause.
    pub view: View,
}

impl Default for View {
    fn default() -> Self {
        View { region: DEFAULT_REGION.to_owned(), speed: Speed::X10, is_running: true }
    }
}

impl Kept {
    /// The written form.
    pub fn to_text(journal: &Journal, view: &View) -> String {
        let view = json!({"region": view.region, "speed": view.speed.factor(), "running": view.is_running});
        json!({"view": view, "journal": journal.to_json()}).to_string()
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
        Ok(Kept { journal, view })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_session_and_the_view_survive_their_text() {
        let view = View { region: "eu-west-1".into(), speed: Speed::X600, is_running: false };
        let text = Kept::to_text(&Journal::new(7), &view);
        assert_eq!(Kept::from_text(&text), Ok(Kept { journal: Journal::new(7), view }));
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
        let text = json!({"journal": journal, "view": {"speed": 7, "region": 5}}).to_string();
        assert_eq!(Kept::from_text(&text), Ok(Kept { journal: Journal::new(3), view: View::default() }));
    }
}
