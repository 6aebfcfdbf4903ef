//! Conditions of rules (User Guide for Application Load Balancers, "Condition types for listener rules").
use std::collections::BTreeMap;
use std::net::Ipv4Addr;

use crate::api::ApiError;
use crate::api::elbv2::{
    ConditionValues, HttpHeaderConditionConfig, QueryStringConditionConfig, QueryStringKeyValuePair, RuleCondition,
};
use crate::cloud::filter::matches_pattern;
use crate::sim::SimDuration;

/// A condition; it holds if one of its values fits. `*` is any text in a value, `?` any character.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// The host that the visitor asks for; capitals do not matter.
    HostHeader(Vec<String>),
    /// The path; capitals matter.
    PathPattern(Vec<String>),
    /// A header; capitals do not matter.
    HttpHeader {
        /// The header's name.
        name: String,
        /// Its values.
        values: Vec<String>,
    },
    /// The method, exactly.
    HttpRequestMethod(Vec<String>),
    /// Keys and values of the query string; without a key any fits. Capitals do not matter.
    QueryString(Vec<(Option<String>, String)>),
    /// The visitor's address.
    SourceIp(Vec<Block>),
}

/// A block of IPv4 addresses, such as `198.51.100.0/24`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Block {
    first: Ipv4Addr,
    bits: u32,
}

/// What a visitor asks for, as rules look at it.
#[derive(Clone, Debug)]
pub struct HttpRequest {
    /// Such as `GET`.
    pub method: String,
    /// The host, without the port.
    pub host: String,
    /// The port.
    pub port: i64,
    /// The path, from its `/` on.
    pub path: String,
    /// The query without its `?`.
    pub query: String,
    /// Headers by name.
    pub headers: BTreeMap<String, String>,
    /// The visitor's address.
    pub source_ip: Ipv4Addr,
    /// How often the visitor asked before: among equal targets, another one answers each time.
    pub turn: usize,
    /// How long the visitor has the connection before the request comes.
    pub silence: SimDuration,
}

const FIELDS: [&str; 6] =
    ["path-pattern", "host-header", "http-header", "query-string", "http-request-method", "source-ip"];

impl Condition {
    pub(super) fn read(condition: &RuleCondition) -> Result<Self, ApiError> {
        let field = condition.field.as_deref().unwrap_or_default();
        let short = condition.values.clone();
        match field {
            "host-header" => values(field, short, &condition.host_header_config).map(Condition::HostHeader),
            "path-pattern" => values(field, short, &condition.path_pattern_config).map(Condition::PathPattern),
            "http-request-method" => {
                values(field, None, &condition.http_request_method_config).map(Condition::HttpRequestMethod)
            }
            "source-ip" => {
                let blocks = values(field, None, &condition.source_ip_config)?;
                blocks.iter().map(|text| Block::read(text)).collect::<Result<_, _>>().map(Condition::SourceIp)
            }
            "http-header" => read_header(condition.http_header_config.as_ref()),
            "query-string" => read_query(condition.query_string_config.as_ref()),
            other => {
                Err(ApiError::validation(format!("Condition field '{other}' must be one of '[{}]'", FIELDS.join(", "))))
            }
        }
    }

    /// Whether the request fulfils it.
    pub fn holds(&self, request: &HttpRequest) -> bool {
        let like =
            |pattern: &String, text: &str| matches_pattern(&pattern.to_ascii_lowercase(), &text.to_ascii_lowercase());
        match self {
            Condition::HostHeader(values) => values.iter().any(|value| like(value, &request.host)),
            Condition::PathPattern(values) => values.iter().any(|value| matches_pattern(value, &request.path)),
            Condition::HttpHeader { name, values } => {
                request.header(name).is_some_and(|text| values.iter().any(|value| like(value, text)))
            }
            Condition::HttpRequestMethod(values) => values.contains(&request.method),
            Condition::QueryString(pairs) => pairs.iter().any(|(wanted, value)| {
                let mut parts = request.query.split('&').map(|part| part.split_once('=').unwrap_or((part, "")));
                parts.any(|(key, text)| wanted.as_ref().is_none_or(|wanted| like(wanted, key)) && like(value, text))
            }),
            Condition::SourceIp(blocks) => blocks.iter().any(|block| block.contains(request.source_ip)),
        }
    }

    /// Its values as texts.
    pub(super) fn texts(&self) -> Vec<String> {
        match self {
            Condition::HostHeader(values)
            | Condition::PathPattern(values)
            | Condition::HttpRequestMethod(values)
            | Condition::HttpHeader { values, .. } => values.clone(),
            Condition::QueryString(pairs) => pairs.iter().map(|(_, value)| value.clone()).collect(),
            Condition::SourceIp(blocks) => blocks.iter().map(Block::text).collect(),
        }
    }

    pub(super) fn shape(&self) -> RuleCondition {
        let field = |name: &str| RuleCondition { field: Some(name.into()), ..RuleCondition::default() };
        let config = || Some(ConditionValues { values: self.texts() });
        match self {
            Condition::HostHeader(values) => {
                RuleCondition { values: Some(values.clone()), host_header_config: config(), ..field("host-header") }
            }
            Condition::PathPattern(values) => {
                RuleCondition { values: Some(values.clone()), path_pattern_config: config(), ..field("path-pattern") }
            }
            Condition::HttpRequestMethod(_) => {
                RuleCondition { http_request_method_config: config(), ..field("http-request-method") }
            }
            Condition::SourceIp(_) => RuleCondition { source_ip_config: config(), ..field("source-ip") },
            Condition::HttpHeader { name, values } => RuleCondition {
                http_header_config: Some(HttpHeaderConditionConfig {
                    http_header_name: Some(name.clone()),
                    values: values.clone(),
                }),
                ..field("http-header")
            },
            Condition::QueryString(pairs) => RuleCondition {
                query_string_config: Some(QueryStringConditionConfig {
                    values: pairs.iter().map(pair_shape).collect(),
                }),
                ..field("query-string")
            },
        }
    }
}

fn pair_shape((key, value): &(Option<String>, String)) -> QueryStringKeyValuePair {
    QueryStringKeyValuePair { key: key.clone(), value: Some(value.clone()) }
}

fn values(field: &str, short: Option<Vec<String>>, config: &Option<ConditionValues>) -> Result<Vec<String>, ApiError> {
    let found = config.as_ref().map(|config| config.values.clone()).or(short).unwrap_or_default();
    if found.is_empty() { Err(no_value(field)) } else { Ok(found) }
}

fn read_header(config: Option<&HttpHeaderConditionConfig>) -> Result<Condition, ApiError> {
    let Some((name, values)) =
        config.and_then(|config| Some((config.http_header_name.clone()?, config.values.clone())))
    else {
        return Err(no_value("http-header"));
    };
    if values.is_empty() { Err(no_value("http-header")) } else { Ok(Condition::HttpHeader { name, values }) }
}

fn read_query(config: Option<&QueryStringConditionConfig>) -> Result<Condition, ApiError> {
    let pairs = config.into_iter().flat_map(|config| &config.values);
    let pairs: Option<Vec<_>> = pairs.map(|pair| Some((pair.key.clone(), pair.value.clone()?))).collect();
    let pairs = pairs.filter(|pairs| !pairs.is_empty()).ok_or_else(|| no_value("query-string"))?;
    Ok(Condition::QueryString(pairs))
}

fn no_value(field: &str) -> ApiError {
    ApiError::validation(format!("A condition value must be specified for the condition field '{field}'"))
}

impl Block {
    fn read(text: &str) -> Result<Self, ApiError> {
        let parts = text.split_once('/');
        let block =
            parts.and_then(|(first, bits)| Some(Block { first: first.parse().ok()?, bits: bits.parse().ok()? }));
        let known = block.filter(|block| block.bits <= 32);
        // The words are a guess.
        known.ok_or_else(|| ApiError::validation(format!("The source IP value '{text}' is not a valid CIDR block")))
    }

    fn text(&self) -> String {
        format!("{}/{}", self.first, self.bits)
    }

    fn contains(self, address: Ipv4Addr) -> bool {
        let mask = u32::MAX.checked_shl(32 - self.bits).unwrap_or(0);
        (u32::from(self.first) ^ u32::from(address)) & mask == 0
    }
}

impl HttpRequest {
    /// The value of a header; capitals in the name do not matter. The host is a header too.
    pub fn header(&self, name: &str) -> Option<&str> {
        if name.eq_ignore_ascii_case("host") {
            return Some(&self.host);
        }
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }
}
