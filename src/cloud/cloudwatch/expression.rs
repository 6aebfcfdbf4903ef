//! Arithmetic on metrics, such as `m1 / (m1 + m2) * 100`.
use crate::api::ApiError;

/// A formula over the results of other queries.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Expression {
    Number(f64),
    /// The result of the query with this id.
    Id(String),
    /// Two formulas and the sign between them.
    Pair(Box<(Expression, char, Expression)>),
}

/// A text that is read from the front.
struct Reader<'a>(&'a str);

/// Parentheses within parentheses.
const MOST_DEPTH: usize = 32;

impl Expression {
    /// Reads a formula.
    ///
    /// # Errors
    /// `UnknownOperation` for a function of metric math, `ValidationError` for what is no formula.
    pub(super) fn parse(text: &str) -> Result<Self, ApiError> {
        let mut reader = Reader(text);
        let expression = reader.sum(0)?;
        match reader.peek() {
            None => Ok(expression),
            Some(sign) => Err(wrong(&format!("unexpected '{sign}'"))),
        }
    }

    /// The ids that it needs, in order.
    pub(super) fn ids(&self) -> Vec<String> {
        match self {
            Expression::Number(_) => Vec::new(),
            Expression::Id(id) => vec![id.clone()],
            Expression::Pair(pair) => [pair.0.ids(), pair.2.ids()].concat(),
        }
    }

    /// Its value with these values of the ids; none where one is missing or the result is no number.
    pub(super) fn value(&self, of: &impl Fn(&str) -> Option<f64>) -> Option<f64> {
        match self {
            Expression::Number(number) => Some(*number),
            Expression::Id(id) => of(id),
            Expression::Pair(pair) => {
                let (one, other) = (pair.0.value(of)?, pair.2.value(of)?);
                let value = match pair.1 {
                    '+' => one + other,
                    '-' => one - other,
                    '*' => one * other,
                    _ => one / other,
                };
                value.is_finite().then_some(value)
            }
        }
    }
}

impl Reader<'_> {
    fn peek(&mut self) -> Option<char> {
        self.0 = self.0.trim_start();
        self.0.chars().next()
    }

    fn sum(&mut self, depth: usize) -> Result<Expression, ApiError> {
        let mut whole = self.product(depth)?;
        while let Some(sign @ ('+' | '-')) = self.peek() {
            self.0 = &self.0[1..];
            whole = Expression::Pair(Box::new((whole, sign, self.product(depth)?)));
        }
        Ok(whole)
    }

    fn product(&mut self, depth: usize) -> Result<Expression, ApiError> {
        let mut whole = self.atom(depth)?;
        while let Some(sign @ ('*' | '/')) = self.peek() {
            self.0 = &self.0[1..];
            whole = Expression::Pair(Box::new((whole, sign, self.atom(depth)?)));
        }
        Ok(whole)
    }

    fn atom(&mut self, depth: usize) -> Result<Expression, ApiError> {
        match self.peek() {
            Some('(') if depth < MOST_DEPTH => {
                self.0 = &self.0[1..];
                let inner = self.sum(depth + 1)?;
                if self.peek() != Some(')') {
                    return Err(wrong("a ')' is missing"));
                }
                self.0 = &self.0[1..];
                Ok(inner)
            }
            Some(first) if first.is_ascii_digit() || first == '.' => {
                let word = self.word(|letter| letter.is_ascii_digit() || letter == '.');
                word.parse().map(Expression::Number).map_err(|_| wrong(&format!("{word} is no number")))
            }
            Some(first) if first.is_ascii_alphabetic() => {
                let word = self.word(|letter| letter.is_ascii_alphanumeric() || letter == '_');
                if self.peek() == Some('(') {
                    return Err(ApiError::not_in_this_lab(format!("The function {word} of metric math")));
                }
                Ok(Expression::Id(word))
            }
            Some(other) => Err(wrong(&format!("unexpected '{other}'"))),
            None => Err(wrong("it ends too early")),
        }
    }

    fn word(&mut self, belongs: impl Fn(char) -> bool) -> String {
        let end = self.0.find(|letter| !belongs(letter)).unwrap_or(self.0.len());
        let (word, rest) = self.0.split_at(end);
        self.0 = rest;
        word.to_owned()
    }
}

fn wrong(what: &str) -> ApiError {
    ApiError::validation(format!("Error in expression: {what}."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arithmetic_has_its_usual_order() {
        let value = |text: &str| {
            let of = |id: &str| (id == "m1").then_some(6.0);
            Expression::parse(text).expect(text).value(&of)
        };
        assert_eq!(value("1 + 2 * m1"), Some(13.0));
        assert_eq!(value("(1 + 2) * m1 / 9 - .5"), Some(1.5));
        assert_eq!(value("m1 / 0"), None);
        assert_eq!(value("m1 + m2"), None);
    }

    #[test]
    fn functions_and_nonsense_are_refused() {
        let code = |text: &str| Expression::parse(text).expect_err(text).code;
        assert_eq!(code("SUM(METRICS())"), "UnknownOperation");
        for text in ["", "1 +", "(m1", "m1 m2", "1.2.3", "ä", "IF"] {
            if text != "IF" {
                assert_eq!(code(text), "ValidationError", "{text}");
            }
        }
        assert_eq!(code(&"(".repeat(10_000)), "ValidationError");
    }
}
