//! WebDriver commands that the client library lacks.

use fantoccini::wd::WebDriverCompatibleCommand;
use hyper::Method;
use serde_json::Value;
use url::{ParseError, Url};

/// A command by its path below the session's address.
#[derive(Debug)]
pub(crate) struct WebDriverCommand {
    method: Method,
    path: String,
    body: Option<String>,
}

impl WebDriverCommand {
    pub(crate) fn get(path: String) -> Self {
        WebDriverCommand {
            method: Method::GET,
            path,
            body: None,
        }
    }

    pub(crate) fn post(path: &str, body: &Value) -> Self {
        WebDriverCommand {
            method: Method::POST,
            path: path.into(),
            body: Some(body.to_string()),
        }
    }
}

impl WebDriverCompatibleCommand for WebDriverCommand {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        let session = session_id.unwrap_or_default();
        base_url.join(&format!("session/{session}/{}", self.path))
    }

    fn method_and_body(&self, _request_url: &Url) -> (Method, Option<String>) {
        (self.method.clone(), self.body.clone())
    }
}
