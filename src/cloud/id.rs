//! Ids in AWS's forms. The seed and the order of requests decide them.
use crate::sim::random::Randomness;

/// The account of the lab, from AWS's documentation range.
pub const ACCOUNT_ID: &str = "123456789012";

/// The source of new ids.
#[derive(Clone, Debug)]
pub struct Ids {
    random: Randomness,
    made: u64,
}

impl Ids {
    /// Ids that follow from this source of chance.
    pub fn new(random: Randomness) -> Self {
        Ids { random, made: 0 }
    }

    /// A new id: the prefix, such as `i-`, and 17 hexadecimal digits, the first of them 0 as in AWS.
    pub fn next(&mut self, prefix: &str) -> String {
        format!("{prefix}0{}", self.hex(16))
    }

    /// So many new hexadecimal digits.
    pub fn hex(&mut self, digits: usize) -> String {
        let number = self.next_number();
        self.random.stream("id", number).hex(digits)
    }

    /// A new UUID of version 4.
    pub fn next_uuid(&mut self) -> String {
        let digits = self.hex(32);
        format!("{}-{}-4{}-a{}-{}", &digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..])
    }

    /// A number that was not given before.
    pub fn next_number(&mut self) -> u64 {
        self.made += 1;
        self.made
    }
}
