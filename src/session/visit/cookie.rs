//! Cookies by which a load balancer knows a visitor again: `AWSALB` for the target, `AWSALBTG` for the target group.
use crate::cloud::elb::HttpRequest;

/// The cookie of a target. Its value is opaque, in AWS and here.
pub(super) const TARGET: &str = "AWSALB";
/// The cookie of a target group.
pub(super) const GROUP: &str = "AWSALBTG";

/// The value that stands for a number.
pub(super) fn seal(number: u64) -> String {
    format!("{:016x}{:016x}", number.wrapping_mul(FACTOR), number ^ MASK)
}

/// The number that the request's cookie of this name stands for.
pub(super) fn number_in(request: &HttpRequest, name: &str) -> Option<u64> {
    let cookies = request.header("Cookie")?.split(';').filter_map(|cookie| cookie.trim().split_once('='));
    let (_, value) = cookies.into_iter().find(|(known, _)| *known == name)?;
    let number = u64::from_str_radix(value.get(16..)?, 16).ok()? ^ MASK;
    (seal(number) == value).then_some(number)
}

const FACTOR: u64 = 0x9e37_79b9_7f4a_7c15;
const MASK: u64 = 0xd1b5_4a32_d192_ed03;

#[cfg(test)]
mod tests {
    use super::super::super::url::Url;
    use super::*;

    #[test]
    fn a_cookie_comes_back_as_its_number_and_a_forged_one_does_not() {
        let with = |cookie: String| {
            let mut request = Url::read("http://a.b").request();
            request.headers.insert("cookie".into(), cookie);
            number_in(&request, TARGET)
        };
        assert_eq!(with(format!("theme=dark; AWSALB={}", seal(7))), Some(7));
        assert_eq!(with(format!("AWSALBTG={}", seal(7))), None);
        assert_eq!(with("AWSALB=00000000000000000000000000000007".into()), None);
        assert_eq!(with("AWSALB=é".into()), None);
    }
}
