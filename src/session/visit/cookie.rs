//! Cookies by which a load balancer knows a visitor again: `AWSALB` for the target, `AWSALBTG` for the target group, `AWSALBAPP` for the
//! target that set a cookie of the application.
use crate::cloud::elb::HttpRequest;
use crate::sim::{SimDuration, SimTime};

/// The cookie of a target. Its value is opaque, in AWS and here.
pub(super) const TARGET: &str = "AWSALB";
/// The cookie of a target group.
pub(super) const GROUP: &str = "AWSALBTG";

/// The cookie of a target that set a cookie of the application. Simplified: AWS cuts it in four, from `AWSALBAPP-0` to `AWSALBAPP-3`, and
/// fills those that it does not need with a word; here the first holds all.
pub(super) const APPLICATION: &str = "AWSALBAPP-0";
/// How long the browser keeps it: seven days, whatever the bond's length ("Sticky sessions for your Application Load Balancer").
pub(super) const APPLICATION_KEPT: SimDuration = SimDuration::from_secs(7 * 86_400);
/// Instances have smaller numbers; above them is room for the second at which a bond began.
const SECOND: u64 = 1 << 32;

/// The number of a bond with a target that began or was renewed at a moment.
pub(super) fn bond(target: u64, now: SimTime) -> u64 {
    now.as_micros() / 1_000_000 * SECOND + target
}

/// The target that the request is bound to: it brings the application's cookie and the load balancer's, and the bond is not too old.
pub(super) fn bound_target(request: &HttpRequest, name: &str, (length, now): (SimDuration, SimTime)) -> Option<u64> {
    value_of(request, name)?;
    let number = number_in(request, APPLICATION)?;
    (now.since(SimTime::from_secs(number / SECOND)) < length).then_some(number % SECOND)
}

/// The value that stands for a number.
pub(super) fn seal(number: u64) -> String {
    format!("{:016x}{:016x}", number.wrapping_mul(FACTOR), number ^ MASK)
}

/// The number that the request's cookie of this name stands for.
pub(super) fn number_in(request: &HttpRequest, name: &str) -> Option<u64> {
    let value = value_of(request, name)?;
    let number = u64::from_str_radix(value.get(16..)?, 16).ok()? ^ MASK;
    (seal(number) == value).then_some(number)
}

fn value_of<'a>(request: &'a HttpRequest, name: &str) -> Option<&'a str> {
    let mut cookies = request.header("Cookie")?.split(';').filter_map(|cookie| cookie.trim().split_once('='));
    cookies.find(|(known, _)| *known == name).map(|(_, value)| value)
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
