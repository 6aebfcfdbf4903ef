//! Domain names.
use crate::api::ApiError;

/// The name as Route 53 keeps it: in small letters, with a dot at the end.
pub(super) fn full_name(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.').to_ascii_lowercase())
}

/// Refuses what is no domain name (RFC 1035: labels of at most 63 characters, at most 255 together).
pub(super) fn check_name(name: &str) -> Result<(), ApiError> {
    let plain = name.trim_end_matches('.');
    let fits = |label: &str| {
        !label.is_empty()
            && label.len() <= 63
            && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_*".contains(&byte))
    };
    if plain.len() <= 255 && plain.split('.').all(fits) {
        return Ok(());
    }
    Err(ApiError::new("InvalidDomainName", format!("{name} is not a valid domain name.")))
}

/// Whether the name is the zone's or below it.
pub(super) fn lies_within(name: &str, zone: &str) -> bool {
    name == zone || name.strip_suffix(zone).is_some_and(|rest| rest.ends_with('.'))
}

/// The order of lists: names are compared from the right (`com.example.www`).
pub(super) fn sort_key(name: &str) -> Vec<String> {
    name.trim_end_matches('.').rsplit('.').map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lie_within_their_zones_and_not_within_others() {
        assert!(lies_within("www.example.com.", "example.com."));
        assert!(lies_within("example.com.", "example.com."));
        assert!(!lies_within("badexample.com.", "example.com."));
        assert!(!lies_within("com.", "example.com."));
    }

    #[test]
    fn what_is_no_name_is_refused() {
        for name in ["", ".", "a..b", "a b.com", &format!("{}.com", "a".repeat(64)), "ä.com"] {
            assert!(check_name(name).is_err(), "{name}");
        }
        assert_eq!(check_name("*.shop.example.com."), Ok(()));
    }
}
