//! What a load balancer answers itself when it cannot pass a target's answer on (User Guide for Application Load Balancers, "Troubleshoot
//! your Application Load Balancers").

/// What went wrong between a visitor, the load balancer and a target.
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

impl Mishap {
    /// The status code that the visitor gets; a visitor who has gone gets none, but 460 is counted.
    pub fn status_code(self) -> u16 {
        match self {
            Mishap::MalformedRequest => 400,
            Mishap::TraceMethod => 405,
            Mishap::IdleClient => 408,
            Mishap::ClientGaveUp => 460,
            Mishap::TooManyForwards => 463,
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

/// The title of the page that the load balancer shows with a status code.
fn title(status_code: u16) -> &'static str {
    match status_code {
        400 => "400 Bad Request",
        405 => "405 Not Allowed",
        408 => "408 Request Time-out",
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
