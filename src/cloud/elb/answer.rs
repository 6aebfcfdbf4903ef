//! What a load balancer answers itself when it cannot pass a target's answer on (User Guide for Application Load Balancers, "Troubleshoot
//! your Application Load Balancers").

use super::condition::HttpRequest;
use crate::sim::SimDuration;

/// What went wrong between a visitor, the load balancer and a target.
///
/// Simplified: AWS's other codes need what the lab has not: authentication and web application firewalls (401, 403, 500, 561, 562), functions
/// as targets (413), HTTP/2 (464), other versions of HTTP (505), URLs too long for more than the request line (414), rewritten URLs (507). No
/// program in the lab sends what is no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mishap {
    /// The request is malformed, or its headers are too large.
    MalformedRequest,
    /// The method is TRACE.
    TraceMethod,
    /// The visitor sent nothing for the idle timeout.
    IdleClient,
    /// The visitor closed the connection before the answer came.
    ClientGaveUp,
    /// `X-Forwarded-For` names more than 30 addresses.
    TooManyForwards,
    /// `Transfer-Encoding` is neither `chunked` nor `identity`.
    UnknownEncoding,
    /// The target refused the connection: nothing listens on its port.
    ConnectionRefused,
    /// The target broke the connection while the request was under way: it stopped, or it keeps connections shorter than the load balancer.
    ConnectionBroken,
    /// What the target sent is no answer.
    MalformedAnswer,
    /// The target was deregistered, and its delay ended while the request was under way.
    DeregistrationDelayOver,
    /// The target group has no registered target, or all are unused.
    NoTarget,
    /// The connection was not made within ten seconds: a security group drops the packets.
    ConnectTimeout,
    /// No answer came within the idle timeout.
    NoAnswer,
}

/// The most bytes of the request line and of a header, and of all headers together.
const MOST_LINE_BYTES: usize = 16 * 1_024;
const MOST_HEADER_BYTES: usize = 64 * 1_024;
/// The most addresses in `X-Forwarded-For`.
const MOST_FORWARDS: usize = 30;

impl Mishap {
    /// What is wrong with a request before any rule looks at it. The order is a guess.
    pub fn of_request(request: &HttpRequest, idle_timeout: SimDuration) -> Option<Mishap> {
        let forwards = request.header("X-Forwarded-For").map_or(0, |header| header.split(',').count());
        let encoding = request.header("Transfer-Encoding").unwrap_or("identity");
        let is_known = ["chunked", "identity"].iter().any(|known| encoding.eq_ignore_ascii_case(known));
        let all = [
            (request.silence > idle_timeout, Mishap::IdleClient),
            (is_malformed(request), Mishap::MalformedRequest),
            (!is_known, Mishap::UnknownEncoding),
            (forwards > MOST_FORWARDS, Mishap::TooManyForwards),
            (request.method == "TRACE", Mishap::TraceMethod),
        ];
        all.into_iter().find_map(|(is_met, mishap)| is_met.then_some(mishap))
    }

    /// The status code that the visitor gets; a visitor who has gone gets none, but 460 is counted.
    pub fn status_code(self) -> u16 {
        match self {
            Mishap::MalformedRequest => 400,
            Mishap::TraceMethod => 405,
            Mishap::IdleClient => 408,
            Mishap::ClientGaveUp => 460,
            Mishap::TooManyForwards => 463,
            Mishap::UnknownEncoding => 501,
            Mishap::ConnectionRefused
            | Mishap::ConnectionBroken
            | Mishap::MalformedAnswer
            | Mishap::DeregistrationDelayOver => 502,
            Mishap::NoTarget => 503,
            Mishap::ConnectTimeout | Mishap::NoAnswer => 504,
        }
    }

    /// Why, in words for the learner.
    pub fn reason(self) -> &'static str {
        match self {
            Mishap::MalformedRequest => "400 Bad Request: the request is malformed.",
            Mishap::TraceMethod => "405 Method Not Allowed: the load balancer does not let TRACE pass.",
            Mishap::IdleClient => "408 Request Timeout: the visitor sent nothing for the idle timeout.",
            Mishap::ClientGaveUp => "460: the visitor closed the connection before the answer came.",
            Mishap::TooManyForwards => "463: X-Forwarded-For names more than 30 addresses.",
            Mishap::UnknownEncoding => "501 Not Implemented: Transfer-Encoding is neither chunked nor identity.",
            Mishap::ConnectionRefused => "502 Bad Gateway: the target refused the connection.",
            Mishap::ConnectionBroken => "502 Bad Gateway: the target broke the connection.",
            Mishap::MalformedAnswer => "502 Bad Gateway: what the target sent is no answer.",
            Mishap::DeregistrationDelayOver => "502 Bad Gateway: the deregistration delay ended during the request.",
            Mishap::NoTarget => "503 Service Temporarily Unavailable: the target group has no target in use.",
            Mishap::ConnectTimeout => {
                "504 Gateway Time-out: the connection to the target was not made within 10 seconds."
            }
            Mishap::NoAnswer => "504 Gateway Time-out: the target did not answer within the idle timeout.",
        }
    }
}

/// The request is not as HTTP has it, or it is too large: "16 K per request line, 16 K per single header, or 64 K for the entire request
/// header".
fn is_malformed(request: &HttpRequest) -> bool {
    let line = request.method.len() + request.path.len() + request.query.len() + "  ? HTTP/1.1".len();
    let sizes = || request.headers.iter().map(|(name, value)| name.len() + value.len() + ": ".len());
    let is_told_wrong = |(name, value): (&String, &String)| !is_token(name) || value.chars().any(char::is_control);
    let is_too_large = line > MOST_LINE_BYTES
        || sizes().any(|size| size > MOST_LINE_BYTES)
        || sizes().sum::<usize>() > MOST_HEADER_BYTES;
    is_too_large || !is_token(&request.method) || request.headers.iter().any(is_told_wrong)
}

/// RFC 9110, "Tokens": what methods and the names of headers are made of.
fn is_token(text: &str) -> bool {
    let is_fit = |letter: u8| letter.is_ascii_alphanumeric() || b"!#$%&'*+-.^_`|~".contains(&letter);
    !text.is_empty() && text.bytes().all(is_fit)
}

/// The title of the page that the load balancer shows with a status code.
fn title(status_code: u16) -> &'static str {
    match status_code {
        400 => "400 Bad Request",
        405 => "405 Not Allowed",
        408 => "408 Request Time-out",
        501 => "501 Not Implemented",
        502 => "502 Bad Gateway",
        503 => "503 Service Temporarily Unavailable",
        504 => "504 Gateway Time-out",
        _ => "Error",
    }
}

/// The page that the load balancer shows with a status code.
pub fn error_page(status_code: u16) -> String {
    let title = title(status_code);
    format!(
        "<html>\r\n<head><title>{title}</title></head>\r\n<body>\r\n<center><h1>{title}</h1></center>\r\n</body>\r\n</html>\r\n"
    )
}
