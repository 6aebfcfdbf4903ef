//! What a web server answers.
use super::super::Session;
use crate::api::lab::VisitResult;
use crate::cloud::ec2::Instance;
use crate::cloud::elb::HttpRequest;
use crate::traffic::{AppState, ServerId};

/// What the lab's web server calls itself. Simplified: on Windows too.
const SERVER: &str = "Apache/2.4.62 (Amazon Linux)";

impl Session {
    pub(super) fn visit_server(&self, result: &mut VisitResult, request: &HttpRequest, id: ServerId) {
        match self.fleet().servers.get(&id).map(|spec| spec.app) {
            Some(AppState::Serving) => self.serve(result, request, id),
            Some(AppState::Refusing) => result.refuse(request),
            Some(AppState::Silent) | None => {
                result.fail("TimedOut", None, "No answer came: a security group drops the packets.");
            }
            Some(AppState::Hung) => result.fail("TimedOut", None, "The server took the connection and never answered."),
        }
    }

    /// Simplified: a web server sends the files below `/var/www/html`, and knows the methods GET and HEAD.
    pub(super) fn serve(&self, result: &mut VisitResult, request: &HttpRequest, id: ServerId) {
        let Some(instance) = self.instance_with_number(id) else { return };
        result.server = Some(instance.instance_id.clone());
        result.add_header("Server", SERVER);
        result.add_header("Content-Type", content_type(&request.path));
        let page = instance.disk.page(&request.path);
        match (request.method.as_str(), page) {
            ("GET" | "HEAD", Some(body)) => {
                instance.disk.cookies().for_each(|cookie| result.add_header("Set-Cookie", cookie));
                result.answer(200, if request.method == "GET" { body } else { "" });
            }
            ("GET" | "HEAD", None) => {
                result.answer(404, "");
                result.reason = Some("404 Not Found: the server has no such file.".into());
            }
            _ => {
                result.answer(405, "");
                result.reason = Some("405 Method Not Allowed: the server sends files, and takes nothing.".into());
            }
        }
    }

    fn instance_with_number(&self, id: ServerId) -> Option<&Instance> {
        self.cloud().regions().flat_map(|region| region.ec2.instances.values()).find(|instance| instance.number == id.0)
    }
}

fn content_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, ending)| ending) {
        Some("css") => "text/css",
        Some("js") => "text/javascript",
        Some("json") => "application/json",
        Some("txt") => "text/plain; charset=UTF-8",
        Some("png") => "image/png",
        Some("jpg" | "jpeg") => "image/jpeg",
        Some("svg") => "image/svg+xml",
        Some(_) | None => "text/html; charset=UTF-8",
    }
}
