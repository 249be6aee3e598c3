//! As much of a browser as the measurements need: one connection, kept open, and the cookies of one person.

use http_body_util::{BodyExt, Full};
use hyper::body::Bytes;
use hyper::client::conn::http1::{self, SendRequest};
use hyper::header::{ACCEPT_ENCODING, CONTENT_TYPE, COOKIE, HOST, SET_COOKIE};
use hyper::{Method, Request, StatusCode};
use hyper_util::rt::TokioIo;
use std::net::SocketAddr;
use tokio::net::TcpStream;

/// Somebody's browser.
pub(super) struct Browser {
    sender: SendRequest<Full<Bytes>>,
    server: SocketAddr,
    cookie: String,
    /// What forms send back; empty before a page was read.
    pub(super) csrf: String,
}

/// An answer.
pub(super) struct Answer {
    pub(super) status: StatusCode,
    pub(super) body: String,
}

impl Browser {
    pub(super) async fn open(server: SocketAddr) -> Result<Self, String> {
        let stream = TcpStream::connect(server).await.map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        let (sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(|error| error.to_string())?;
        tokio::spawn(connection);
        Ok(Self { sender, server, cookie: String::new(), csrf: String::new() })
    }

    /// Signs somebody in, as at the demonstration's door.
    pub(super) async fn sign_in(&mut self, person: &str) -> Result<(), String> {
        let answer = self.post("/sign-in", &[("person", person)]).await?;
        if answer.status != StatusCode::SEE_OTHER || self.cookie.is_empty() {
            return Err(format!("{person} could not sign in: {}", answer.status));
        }
        Ok(())
    }

    /// A page, packed as for a browser and not looked at.
    pub(super) async fn visit(&mut self, path: &str) -> Result<StatusCode, String> {
        Ok(self.send(Method::GET, path, String::new(), "br").await?.status)
    }

    /// A page to look at; its token is kept for the forms that follow.
    pub(super) async fn get(&mut self, path: &str) -> Result<Answer, String> {
        let answer = self.send(Method::GET, path, String::new(), "identity").await?;
        if let Some(csrf) = between(&answer.body, "name=\"csrf\" value=\"", "\"") {
            csrf.clone_into(&mut self.csrf);
        }
        Ok(answer)
    }

    pub(super) async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Result<Answer, String> {
        let csrf = self.csrf.clone();
        let form = form_urlencoded::Serializer::new(String::new()).append_pair("csrf", &csrf).extend_pairs(fields).finish();
        self.send(Method::POST, path, form, "identity").await
    }

    async fn send(&mut self, method: Method, path: &str, form: String, packed: &str) -> Result<Answer, String> {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(HOST, self.server.to_string())
            .header(COOKIE, &self.cookie)
            .header("sec-fetch-site", "same-origin")
            .header(ACCEPT_ENCODING, packed)
            .header("hx-request", "true")
            .header(CONTENT_TYPE, "application/x-www-form-urlencoded")
            .body(Full::new(Bytes::from(form)))
            .map_err(|error| error.to_string())?;
        let response = self.sender.send_request(request).await.map_err(|error| format!("{path}: {error}"))?;
        for cookie in response.headers().get_all(SET_COOKIE) {
            let cookie = cookie.to_str().map_err(|error| error.to_string())?;
            cookie.split(';').next().unwrap_or_default().clone_into(&mut self.cookie);
        }
        let status = response.status();
        let body = response.into_body().collect().await.map_err(|error| format!("{path}: {error}"))?.to_bytes();
        Ok(Answer { status, body: String::from_utf8_lossy(&body).into_owned() })
    }
}

/// What stands between two texts, the first time they occur.
pub(super) fn between<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(found, _)| found)
}
