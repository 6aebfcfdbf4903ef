//! A visit as a visitor's browser makes it: with its cookies, and each time anew.
use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Asker, path};
use crate::api::ApiError;

/// What a browser remembers.
#[derive(Clone, Debug, Default)]
pub struct Visitor {
    /// The cookies of each host, by name.
    pub cookies: BTreeMap<String, BTreeMap<String, String>>,
    /// How often it asked.
    pub visits: i64,
}

/// What a visitor got.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// When, by the lab's clock.
    pub time: String,
    /// What was asked for.
    pub url: String,
    /// The addresses that the name stands for.
    pub addresses: String,
    /// Which cache answered, and how long it goes on.
    pub resolver: String,
    /// `200`, or what happened instead.
    pub status: String,
    /// Whether it is what a visitor hopes for.
    pub is_good: bool,
    /// Why it went wrong.
    pub reason: String,
    /// The instance that answered.
    pub server: String,
    /// The target group that a balancer chose.
    pub target_group: String,
    /// What the answerer calls itself.
    pub software: String,
    /// The headers of the answer.
    pub headers: Vec<(String, String)>,
    /// What a balancer added on the way to the server.
    pub forwarded: Vec<(String, String)>,
    /// The page.
    pub body: Option<String>,
}

/// Opens a page; the visitor's cookies go along and are renewed.
///
/// # Errors
/// If the address is none.
pub fn visit(asker: &mut Asker, visitor: &mut Visitor, address: &str) -> Result<Page, ApiError> {
    let address = address.trim();
    let url = if address.contains("://") { address.to_owned() } else { format!("http://{address}") };
    let host =
        url.split("://").nth(1).and_then(|rest| rest.split(['/', ':', '?']).next()).unwrap_or_default().to_owned();
    if host.is_empty() {
        let remedy =
            "Write a name or an IP address, such as the DNS name of a load balancer or the public address of a server.";
        return Err(ApiError::new("ValidationError", remedy));
    }
    visitor.visits += 1;
    let mut parameters = json!({"Url": url, "Turn": visitor.visits});
    let jar = visitor.cookies.entry(host).or_default();
    if !jar.is_empty() {
        let cookies: Vec<String> = jar.iter().map(|(name, value)| format!("{name}={value}")).collect();
        path::put(&mut parameters, "Headers.Cookie", cookies.join("; ").into());
    }
    let answer = asker.ask("lab", "Visit", parameters)?;
    for (_, cookie) in headers(&answer, "Headers[]").into_iter().filter(|(name, _)| name == "Set-Cookie") {
        if let Some((name, value)) = cookie.split(';').next().and_then(|pair| pair.split_once('=')) {
            jar.insert(name.trim().to_owned(), value.trim().to_owned());
        }
    }
    let mut time = String::new();
    asker.account.look(&mut |session| time = crate::projection::console::clock(session.now()));
    Ok(page(time, &answer))
}

fn headers(answer: &Value, list: &str) -> Vec<(String, String)> {
    path::all(answer, list)
        .into_iter()
        .map(|header| (path::text(header, "Name"), path::text(header, "Value")))
        .collect()
}

fn page(time: String, answer: &Value) -> Page {
    let text = |wanted: &str| path::text(answer, wanted);
    let status = text("StatusCode");
    let ttl = text("TtlSeconds");
    let resolver = match (text("FromCache").as_str(), ttl.is_empty()) {
        (_, true) => String::new(),
        ("true", false) => format!("From the visitor's resolver, which remembers it for {ttl} s more"),
        (_, false) => format!("Fresh from Route 53, to be remembered for {ttl} s"),
    };
    let answered = headers(answer, "Headers[]");
    let software = answered.iter().find(|(name, _)| name == "Server").map(|(_, value)| value.clone());
    Page {
        time,
        url: text("Url"),
        addresses: text("ResolvedAddresses[]"),
        resolver,
        is_good: status.starts_with(['2', '3']),
        status: if status.is_empty() { text("Outcome") } else { status },
        reason: text("Reason"),
        server: text("Server"),
        target_group: text("TargetGroupArn"),
        software: software.unwrap_or_default(),
        headers: answered,
        forwarded: headers(answer, "ForwardedHeaders[]"),
        body: path::first(answer, "Body").and_then(Value::as_str).map(str::to_owned),
    }
}
