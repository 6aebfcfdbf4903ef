//! What the learner prefers, kept between visits.
use leptos::prelude::*;
use serde::{Deserialize, Serialize};

use super::browser::{media, storage};

/// Where the preferences are kept. `public/boot.js` reads the theme from there before the first paint.
const KEY: &str = "scaling-lab.preferences";

/// Light, dark, or what the system says.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Theme {
    /// What the system says.
    #[default]
    System,
    /// Light.
    Light,
    /// Dark.
    Dark,
}

impl Theme {
    /// The next one, for a button that goes round.
    pub fn next(self) -> Self {
        match self {
            Theme::System => Theme::Light,
            Theme::Light => Theme::Dark,
            Theme::Dark => Theme::System,
        }
    }

    fn attribute(self) -> Option<&'static str> {
        match self {
            Theme::System => None,
            Theme::Light => Some("light"),
            Theme::Dark => Some("dark"),
        }
    }
}

/// The preferences; in context, and `Copy`.
#[derive(Clone, Copy)]
pub struct Preferences {
    /// Light, dark, or what the system says.
    pub theme: RwSignal<Theme>,
}

#[derive(Default, Serialize, Deserialize)]
#[serde(default)]
struct Kept {
    theme: Theme,
}

impl Preferences {
    /// Puts the kept preferences into context and keeps each change.
    pub fn provide() -> Self {
        let kept: Kept = storage::load(KEY).and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        let preferences = Preferences { theme: RwSignal::new(kept.theme) };
        Effect::new(move |_| preferences.apply());
        provide_context(preferences);
        preferences
    }

    /// The preferences in context.
    pub fn get() -> Self {
        expect_context()
    }

    fn apply(self) {
        let theme = self.theme.get();
        media::set_theme(theme.attribute());
        if let Ok(text) = serde_json::to_string(&Kept { theme }) {
            storage::save(KEY, &text);
        }
    }
}
