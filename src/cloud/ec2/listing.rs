//! What all lists have in common: ids, filters, pages.
use crate::api::ApiError;
use crate::api::ec2::Filter;
use crate::api::wire::Wire;
use crate::cloud::{FilterNames, PageRequest, select};

/// How a list is asked for.
#[derive(Debug)]
pub(super) struct Query<'a> {
    names: &'static FilterNames,
    filters: &'a [Filter],
    most: Option<i64>,
    token: Option<&'a str>,
}

impl<'a> Query<'a> {
    pub(super) fn new(names: &'static FilterNames, filters: &'a [Filter]) -> Self {
        Query { names, filters, most: None, token: None }
    }

    pub(super) fn page(mut self, max_results: Option<i64>, next_token: &'a Option<String>) -> Self {
        (self.most, self.token) = (max_results, next_token.as_deref());
        self
    }

    /// The shapes of the page that is asked for, and the token of the next one.
    pub(super) fn of<T: Wire>(&self, shapes: Vec<T>) -> Result<(Vec<T>, Option<String>), ApiError> {
        if let Some(most) = self.most.filter(|most| *most < 1) {
            let message =
                format!("Value ( {most} ) for parameter maxResults is invalid. Expecting a value greater than 0.");
            return Err(ApiError::new("InvalidParameterValue", message));
        }
        let selected = select(shapes, self.names, self.filters)?;
        let request = PageRequest { most: self.most, token: self.token, ..PageRequest::default() };
        request.cut(selected, || ApiError::new("InvalidNextToken", "The specified NextToken is not valid."))
    }
}

/// Refuses pages that are too small for this operation.
pub(super) fn check_page_size(max_results: Option<i64>) -> Result<(), ApiError> {
    match max_results.filter(|most| *most < 5) {
        None => Ok(()),
        Some(most) => {
            let message =
                format!("Value ( {most} ) for parameter maxResults is invalid. Expecting a value greater than 5.");
            Err(ApiError::new("InvalidParameterValue", message))
        }
    }
}

/// Whether a thing is asked for by its id: it is named, or nothing is.
pub(super) fn is_named(id: &str, wanted: &[String]) -> bool {
    wanted.is_empty() || wanted.iter().any(|name| name == id)
}
