//! Attributes of load balancers and target groups: texts under names, with what each may say.
use std::collections::BTreeMap;

use crate::api::ApiError;

/// The attributes of a load balancer or a target group. Only what differs from AWS's defaults is kept.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    owner: Owner,
    changed: BTreeMap<&'static str, String>,
}

/// Whose attributes they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Owner {
    /// A load balancer's.
    LoadBalancer,
    /// A target group's.
    TargetGroup,
}

/// An attribute: its name, AWS's default, and what it may say.
#[derive(Debug)]
pub(super) struct Setting {
    pub(super) key: &'static str,
    pub(super) default: &'static str,
    pub(super) allowed: Allowed,
}

/// What an attribute may say.
#[derive(Debug)]
pub(super) enum Allowed {
    /// One of these words.
    Words(&'static [&'static str]),
    /// A whole number from the first to the second.
    Whole(u64, u64),
    /// Zero, or a whole number from the first to the second.
    ZeroOr(u64, u64),
    /// A whole number from the first to the second, or `off`.
    OffOr(u64, u64),
    /// The name of a cookie, unless it begins as those of load balancers do.
    CookieName,
    /// Its default alone: what else AWS allows is not part of this lab.
    Default,
}

/// On or off.
pub(super) const SWITCH: Allowed = Allowed::Words(&["true", "false"]);

impl Settings {
    /// AWS's defaults.
    pub fn new(owner: Owner) -> Self {
        Settings { owner, changed: BTreeMap::new() }
    }

    /// What the attribute says; an empty text if there is none of this name.
    pub fn get(&self, key: &str) -> &str {
        let by_default =
            || self.owner.settings().iter().find(|setting| setting.key == key).map(|setting| setting.default);
        self.changed.get(key).map(String::as_str).or_else(by_default).unwrap_or_default()
    }

    /// The number that the attribute says, if it says one.
    pub fn number(&self, key: &str) -> Option<u64> {
        self.get(key).parse().ok()
    }

    /// Whether the attribute says `true` or `on`.
    pub fn is_on(&self, key: &str) -> bool {
        matches!(self.get(key), "true" | "on")
    }

    /// All attributes in AWS's order.
    pub fn all(&self) -> impl Iterator<Item = (&'static str, &str)> {
        self.owner.settings().iter().map(|setting| (setting.key, self.get(setting.key)))
    }

    /// Changes an attribute.
    ///
    /// # Errors
    /// `ValidationError` for a name that there is not or a value that it may not have.
    pub(super) fn set(&mut self, key: &str, value: &str) -> Result<(), ApiError> {
        let Some(setting) = self.owner.settings().iter().find(|setting| setting.key == key) else {
            return Err(ApiError::validation(format!("{} attribute key '{key}' is not recognized", self.owner.name())));
        };
        setting.check(value)?;
        if value == setting.default {
            self.changed.remove(key);
        } else {
            self.changed.insert(setting.key, value.to_owned());
        }
        Ok(())
    }
}

impl Owner {
    fn settings(self) -> &'static [Setting] {
        match self {
            Owner::LoadBalancer => super::load_balancer_attribute::SETTINGS,
            Owner::TargetGroup => super::target_group_attribute::SETTINGS,
        }
    }

    fn name(self) -> &'static str {
        match self {
            Owner::LoadBalancer => "Load balancer",
            Owner::TargetGroup => "Target group",
        }
    }
}

impl Setting {
    fn check(&self, value: &str) -> Result<(), ApiError> {
        let number = value.parse::<u64>().ok().filter(|number| number.to_string() == value);
        let is_within = |low: u64, high: u64| number.is_some_and(|number| (low..=high).contains(&number));
        let (fits, limits) = match self.allowed {
            Allowed::Words(words) => (words.contains(&value), format!("must be one of '[{}]'", words.join(", "))),
            Allowed::Whole(low, high) => (is_within(low, high), format!("must be between '{low}-{high}' inclusive")),
            Allowed::ZeroOr(low, high) => {
                (number == Some(0) || is_within(low, high), format!("must be '0' or between '{low}-{high}' inclusive"))
            }
            Allowed::OffOr(low, high) => {
                (value == "off" || is_within(low, high), format!("must be 'off' or between '{low}-{high}' inclusive"))
            }
            Allowed::CookieName => {
                let is_name =
                    value.bytes().all(|letter| letter.is_ascii_graphic() && !b"\"(),/:;<=>?@[\\]{}".contains(&letter));
                // "Names that start with the following prefixes are not allowed" (`TargetGroupAttribute`); the words are a guess.
                (
                    is_name && !value.starts_with("AWSALB"),
                    "must be the name of a cookie that does not begin with 'AWSALB'".into(),
                )
            }
            Allowed::Default if value == self.default => return Ok(()),
            Allowed::Default => {
                return Err(ApiError::not_in_this_lab(format!("The attribute {} with the value '{value}'", self.key)));
            }
        };
        if fits { Ok(()) } else { Err(ApiError::validation(format!("'{}' value '{value}' {limits}", self.key))) }
    }
}
