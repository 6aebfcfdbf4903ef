//! Ids in AWS's forms. The seed, the kind of thing and the order of things of that kind decide them.
use std::collections::BTreeMap;

use crate::sim::random::Randomness;

/// The account of the lab, from AWS's documentation range.
pub const ACCOUNT_ID: &str = "123456789012";

/// The source of new ids and numbers. Each kind is counted on its own, so that a new volume never changes the id of the next instance.
#[derive(Clone, Debug)]
pub struct Ids {
    random: Randomness,
    made: BTreeMap<String, u64>,
}

impl Ids {
    /// Ids that follow from this source of chance.
    pub fn new(random: Randomness) -> Self {
        Ids { random, made: BTreeMap::new() }
    }

    /// A new id of a region: the prefix, such as `i-`, and 17 hexadecimal digits, the first of them 0 as in AWS.
    pub fn next(&mut self, region: &str, prefix: &str) -> String {
        format!("{prefix}0{}", self.hex(&format!("{region} {prefix}"), 16))
    }

    /// So many new hexadecimal digits for a thing of this kind.
    pub fn hex(&mut self, kind: &str, digits: usize) -> String {
        let number = self.next_number(kind);
        self.random.stream(kind, number).hex(digits)
    }

    /// A new UUID of version 4 for a thing of this kind.
    pub fn next_uuid(&mut self, kind: &str) -> String {
        let digits = self.hex(kind, 32);
        format!("{}-{}-4{}-a{}-{}", &digits[..8], &digits[8..12], &digits[13..16], &digits[17..20], &digits[20..])
    }

    /// A number that no thing of this kind has had; the first is 1.
    pub fn next_number(&mut self, kind: &str) -> u64 {
        match self.made.get_mut(kind) {
            Some(made) => {
                *made += 1;
                *made
            }
            None => {
                self.made.insert(kind.to_owned(), 1);
                1
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_kind_is_counted_on_its_own() {
        let new = || Ids::new(Randomness { seed: 1 });
        let (mut plain, mut mixed) = (new(), new());
        mixed.next("us-east-1", "vol-");
        mixed.next("eu-west-1", "i-");
        let first = plain.next("us-east-1", "i-");
        assert_eq!(first, mixed.next("us-east-1", "i-"));
        assert_ne!(first, plain.next("us-east-1", "i-"));
    }
}
