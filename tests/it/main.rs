//! Tests of the model, without a browser.
