//! A refusal: AWS's error code and message.
use std::fmt;

use serde::{Deserialize, Serialize};

/// Why a request was refused. A refusal is a value, never a panic.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ApiError {
    /// AWS's error code, such as `InvalidAMIID.NotFound`.
    pub code: String,
    /// AWS's message, for people.
    pub message: String,
}

impl ApiError {
    /// A refusal with this code and message.
    pub fn new(code: impl Into<String>, message: impl Into<String>) -> Self {
        ApiError { code: code.into(), message: message.into() }
    }

    /// The code that most query services use for an input that makes no sense.
    pub fn validation(message: impl Into<String>) -> Self {
        ApiError::new("ValidationError", message)
    }

    /// An operation, or a part of one, that AWS has and this lab has not.
    pub fn not_in_this_lab(what: impl fmt::Display) -> Self {
        ApiError::new("UnknownOperation", format!("{what} is not part of this lab."))
    }
}

impl fmt::Display for ApiError {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {}", self.code, self.message)
    }
}

impl std::error::Error for ApiError {}
