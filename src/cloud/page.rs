//! Pages of long lists: `MaxResults` and `NextToken`, under whatever name an operation has them.
use crate::api::ApiError;

/// Which page of a list a request asks for.
#[derive(Clone, Copy, Debug, Default)]
pub struct PageRequest<'a> {
    /// The most items that one answer may hold, if the request says so.
    pub most: Option<i64>,
    /// The most items that one answer holds at any rate; none if the operation has no such limit.
    pub limit: Option<usize>,
    /// Where the last answer stopped, as its token said.
    pub token: Option<&'a str>,
}

impl PageRequest<'_> {
    /// The items of this page, and the token of the next one if there is one.
    ///
    /// Simplified: a token counts what was shown. An item that is made or ended between two pages can be shown twice or not at all.
    ///
    /// # Errors
    /// What `refusal` says, for a token that no answer had.
    pub fn cut<T>(self, items: Vec<T>, refusal: impl Fn() -> ApiError) -> Result<(Vec<T>, Option<String>), ApiError> {
        let start = self.token.map_or(Some(0), position).filter(|start| *start <= items.len()).ok_or_else(refusal)?;
        let most = self.most.and_then(|most| usize::try_from(most).ok()).unwrap_or(usize::MAX);
        let end = start.saturating_add(most.min(self.limit.unwrap_or(usize::MAX))).min(items.len());
        let next = (end < items.len()).then(|| token_of(end));
        Ok((items.into_iter().skip(start).take(end - start).collect(), next))
    }
}

/// Tokens are opaque in AWS; these look so too, and can be told from any other text.
fn token_of(position: usize) -> String {
    let position = position as u64;
    format!("{position:08x}{:016x}", position.wrapping_add(1).wrapping_mul(SALT))
}

fn position(token: &str) -> Option<usize> {
    let position = usize::from_str_radix(token.get(..8)?, 16).ok()?;
    (token_of(position) == token).then_some(position)
}

const SALT: u64 = 0x9e37_79b9_7f4a_7c15;

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal() -> ApiError {
        ApiError::new("InvalidNextToken", "no such page")
    }

    #[test]
    fn pages_hold_everything_once_and_in_order() {
        let (mut seen, mut token) = (Vec::new(), None);
        loop {
            let request = PageRequest { most: Some(3), token: token.as_deref(), ..Default::default() };
            let (items, next) = request.cut((0..10).collect(), refusal).expect("a page");
            assert!(items.len() <= 3);
            seen.extend(items);
            token = next;
            if token.is_none() {
                break;
            }
        }
        assert_eq!(seen, (0..10).collect::<Vec<i32>>());
    }

    #[test]
    fn the_limit_of_the_operation_holds_without_a_word_from_the_request() {
        let (items, next) =
            PageRequest { limit: Some(4), ..Default::default() }.cut((0..5).collect(), refusal).expect("a page");
        assert_eq!((items.len(), next.is_some()), (4, true));
    }

    #[test]
    fn a_token_that_no_answer_had_is_refused() {
        for token in ["", "x", "00000001", "0000000100000000000000zz", "ffffffffffffffff00000000"] {
            let request = PageRequest { token: Some(token), ..Default::default() };
            assert_eq!(request.cut(vec![1, 2, 3], refusal), Err(refusal()), "{token:?}");
        }
    }
}
