//! What a rule does with a request.
use super::condition::HttpRequest;
use crate::api::ApiError;
use crate::api::elbv2::{
    self as api, FixedResponseActionConfig, ForwardActionConfig, RedirectActionConfig, TargetGroupStickinessConfig,
    TargetGroupTuple,
};
use crate::sim::SimDuration;

/// What a rule does with a request.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// It goes to a target group.
    Forward(Forward),
    /// The visitor is sent to another URL.
    Redirect(Redirect),
    /// The load balancer answers itself.
    FixedResponse(FixedResponse),
}

/// Where requests go: one of these target groups.
#[derive(Clone, Debug, PartialEq)]
pub struct Forward {
    /// Target groups by ARN with their weights, 0 to 999. A group of weight 0 gets nothing.
    pub target_groups: Vec<(String, u32)>,
    /// How long a visitor comes back to the same target group (cookie `AWSALBTG`), if they do.
    pub stickiness: Option<SimDuration>,
}

/// A URL to go to; `#{protocol}`, `#{host}`, `#{port}`, `#{path}` and `#{query}` stand for those of the request.
#[derive(Clone, Debug, PartialEq)]
pub struct Redirect {
    /// `HTTP`, `HTTPS` or `#{protocol}`.
    pub protocol: String,
    /// The port.
    pub port: String,
    /// The host.
    pub host: String,
    /// The path with its leading `/`.
    pub path: String,
    /// The query without its `?`.
    pub query: String,
    /// Whether it holds for good (301) or for now (302).
    pub is_permanent: bool,
}

/// An answer of the load balancer itself.
#[derive(Clone, Debug, PartialEq)]
pub struct FixedResponse {
    /// 2XX, 4XX or 5XX.
    pub status_code: u16,
    /// Such as `text/plain`, if one is given.
    pub content_type: Option<String>,
    /// The text.
    pub body: String,
}

const LONGEST_STICKINESS_SECONDS: i64 = 604_800;
const CONTENT_TYPES: [&str; 5] = ["text/html", "application/json", "application/javascript", "text/css", "text/plain"];

impl Action {
    /// Reads the actions of a rule or a listener. Simplified: there is exactly one; AWS allows to authenticate before it.
    pub(super) fn read(actions: &[api::Action], member: &str) -> Result<Self, ApiError> {
        let [action] = actions else {
            // The words are a guess.
            let message =
                "You must specify exactly one action of the following types: forward, redirect, fixed-response";
            return Err(ApiError::new("InvalidLoadBalancerAction", message));
        };
        match action.kind.as_str() {
            "forward" => Forward::read(action).map(Action::Forward),
            "redirect" => match &action.redirect_config {
                Some(config) => Redirect::read(config).map(Action::Redirect),
                None => Err(missing_config("redirect")),
            },
            "fixed-response" => match &action.fixed_response_config {
                Some(config) => FixedResponse::read(config, member).map(Action::FixedResponse),
                None => Err(missing_config("fixed-response")),
            },
            other => Err(ApiError::not_in_this_lab(format!("An action of type {other}"))),
        }
    }

    /// The target groups that it forwards to.
    pub fn target_group_arns(&self) -> impl Iterator<Item = &String> {
        let forward = match self {
            Action::Forward(forward) => Some(forward),
            Action::Redirect(_) | Action::FixedResponse(_) => None,
        };
        forward.into_iter().flat_map(|forward| forward.target_groups.iter().map(|(arn, _)| arn))
    }

    pub(super) fn shape(&self) -> api::Action {
        match self {
            Action::Forward(forward) => forward.shape(),
            Action::Redirect(redirect) => api::Action {
                kind: "redirect".into(),
                redirect_config: Some(redirect.shape()),
                ..api::Action::default()
            },
            Action::FixedResponse(fixed) => api::Action {
                kind: "fixed-response".into(),
                fixed_response_config: Some(fixed.shape()),
                ..api::Action::default()
            },
        }
    }
}

/// The words are a guess.
fn missing_config(kind: &str) -> ApiError {
    ApiError::validation(format!("An action of type '{kind}' must have its configuration"))
}

impl Forward {
    fn read(action: &api::Action) -> Result<Self, ApiError> {
        let named = action.target_group_arn.iter().map(|arn| (arn.clone(), 1));
        let Some(config) = &action.forward_config else {
            let target_groups: Vec<_> = named.collect();
            if target_groups.is_empty() {
                return Err(ApiError::validation("A target group ARN must be specified for a forward action"));
            }
            return Ok(Forward { target_groups, stickiness: None });
        };
        let target_groups = config.target_groups.iter().map(weighted).collect::<Result<Vec<_>, _>>()?;
        if target_groups.is_empty() {
            return Err(ApiError::validation("A target group ARN must be specified for a forward action"));
        }
        // "If you specify both ForwardConfig and TargetGroupArn, you can specify only one target group using ForwardConfig and it must be
        // the same target group specified in TargetGroupArn."
        if named.clone().any(|(arn, _)| target_groups.len() > 1 || target_groups[0].0 != arn) {
            return Err(ApiError::validation("You cannot specify both a target group ARN and other target groups"));
        }
        Ok(Forward { target_groups, stickiness: stickiness(config.target_group_stickiness_config.as_ref())? })
    }

    fn shape(&self) -> api::Action {
        let only = match self.target_groups.as_slice() {
            [(arn, _)] => Some(arn.clone()),
            _ => None,
        };
        let tuple = |(arn, weight): &(String, u32)| TargetGroupTuple {
            target_group_arn: Some(arn.clone()),
            weight: Some(i64::from(*weight)),
        };
        let seconds = self.stickiness.map(|length| length.as_secs_f64() as i64);
        let forward_config = ForwardActionConfig {
            target_groups: self.target_groups.iter().map(tuple).collect(),
            target_group_stickiness_config: Some(TargetGroupStickinessConfig {
                enabled: Some(seconds.is_some()),
                duration_seconds: seconds,
            }),
        };
        api::Action {
            kind: "forward".into(),
            target_group_arn: only,
            forward_config: Some(forward_config),
            ..api::Action::default()
        }
    }
}

fn weighted(tuple: &TargetGroupTuple) -> Result<(String, u32), ApiError> {
    let missing = || ApiError::validation("A target group ARN must be specified for a forward action");
    let arn = tuple.target_group_arn.clone().ok_or_else(missing)?;
    let weight = u32::try_from(tuple.weight.unwrap_or(1)).ok().filter(|weight| *weight <= 999);
    // The words are a guess.
    let outside = || ApiError::validation("The weight of a target group must be between '0-999' inclusive");
    Ok((arn, weight.ok_or_else(outside)?))
}

fn stickiness(config: Option<&TargetGroupStickinessConfig>) -> Result<Option<SimDuration>, ApiError> {
    let Some(config) = config.filter(|config| config.enabled == Some(true)) else { return Ok(None) };
    let seconds = config.duration_seconds.unwrap_or_default();
    if !(1..=LONGEST_STICKINESS_SECONDS).contains(&seconds) {
        // The words are a guess.
        let message =
            format!("Target group stickiness duration must be between '1-{LONGEST_STICKINESS_SECONDS}' inclusive");
        return Err(ApiError::validation(message));
    }
    Ok(Some(SimDuration::from_secs(seconds.unsigned_abs())))
}

impl Redirect {
    fn read(config: &RedirectActionConfig) -> Result<Self, ApiError> {
        let or = |text: &Option<String>, same: &str| text.clone().unwrap_or_else(|| same.to_owned());
        let redirect = Redirect {
            protocol: or(&config.protocol, "#{protocol}"),
            port: or(&config.port, "#{port}"),
            host: or(&config.host, "#{host}"),
            path: or(&config.path, "/#{path}"),
            query: or(&config.query, "#{query}"),
            is_permanent: config.status_code == "HTTP_301",
        };
        let is_same =
            (redirect.protocol.as_str(), redirect.port.as_str(), redirect.host.as_str(), redirect.path.as_str())
                == ("#{protocol}", "#{port}", "#{host}", "/#{path}");
        if is_same {
            let message = "The redirect configuration is not valid because it creates a loop.";
            return Err(ApiError::new("InvalidLoadBalancerAction", message));
        }
        Ok(redirect)
    }

    /// The URL that a request is sent to. The port is left out where the protocol has it by default.
    pub fn location(&self, request: &HttpRequest) -> String {
        let fill = |text: &str| {
            text.replace("#{protocol}", "http")
                .replace("#{host}", &request.host)
                .replace("#{port}", &request.port.to_string())
                .replace("#{path}", request.path.trim_start_matches('/'))
                .replace("#{query}", &request.query)
        };
        let (protocol, port) = (fill(&self.protocol).to_ascii_lowercase(), fill(&self.port));
        let is_default = matches!((protocol.as_str(), port.as_str()), ("http", "80") | ("https", "443"));
        let port = if is_default { String::new() } else { format!(":{port}") };
        let query = fill(&self.query);
        let query = if query.is_empty() { query } else { format!("?{query}") };
        format!("{protocol}://{}{port}{}{query}", fill(&self.host), fill(&self.path))
    }

    fn shape(&self) -> RedirectActionConfig {
        RedirectActionConfig {
            protocol: Some(self.protocol.clone()),
            port: Some(self.port.clone()),
            host: Some(self.host.clone()),
            path: Some(self.path.clone()),
            query: Some(self.query.clone()),
            status_code: if self.is_permanent { "HTTP_301" } else { "HTTP_302" }.into(),
        }
    }
}

impl Redirect {
    /// 301 or 302.
    pub fn status_code(&self) -> u16 {
        if self.is_permanent { 301 } else { 302 }
    }
}

impl FixedResponse {
    fn read(config: &FixedResponseActionConfig, member: &str) -> Result<Self, ApiError> {
        let code = &config.status_code;
        let fits = code.len() == 3 && code.starts_with(['2', '4', '5']);
        let status_code = code.parse().ok().filter(|_| fits).ok_or_else(|| {
            ApiError::validation(format!(
                "1 validation error detected: Value '{code}' at '{member}.1.member.fixedResponseConfig.statusCode' failed to satisfy \
                 constraint: Member must satisfy regular expression pattern: ^(2|4|5)\\d\\d$"
            ))
        })?;
        if config.content_type.as_deref().is_some_and(|kind| !CONTENT_TYPES.contains(&kind)) {
            let message = format!("The ContentType must be one of:'{}'", CONTENT_TYPES.join("', '"));
            return Err(ApiError::new("InvalidLoadBalancerAction", message));
        }
        let body = config.message_body.clone().unwrap_or_default();
        Ok(FixedResponse { status_code, content_type: config.content_type.clone(), body })
    }

    fn shape(&self) -> FixedResponseActionConfig {
        FixedResponseActionConfig {
            message_body: Some(self.body.clone()).filter(|body| !body.is_empty()),
            status_code: self.status_code.to_string(),
            content_type: self.content_type.clone(),
        }
    }
}
