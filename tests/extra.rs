//! WebDriver commands that the client library does not know.

use fantoccini::wd::WebDriverCompatibleCommand;
use hyper::Method;
use serde_json::Value;
use url::{ParseError, Url};

/// A command by its path below the session's address.
#[derive(Debug)]
pub(crate) struct Extra {
    method: Method,
    path: String,
    body: Option<String>,
}

impl Extra {
    pub(crate) fn get(path: String) -> Self {
        Extra {
            method: Method::GET,
            path,
            body: None,
        }
    }

    pub(crate) fn post(path: &str, body: &Value) -> Self {
        Extra {
            method: Method::POST,
            path: path.into(),
            body: Some(body.to_string()),
        }
    }
}

impl WebDriverCompatibleCommand for Extra {
    fn endpoint(&self, base_url: &Url, session_id: Option<&str>) -> Result<Url, ParseError> {
        base_url.join(&format!(
            "session/{}/{}",
            session_id.unwrap_or_default(),
            self.path
        ))
    }

    fn method_and_body(&self, _request_url: &Url) -> (Method, Option<String>) {
        (self.method.clone(), self.body.clone())
    }
}
