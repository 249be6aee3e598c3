//! As much of HTTP/1.1 as the generator needs, so that it costs little beside the server: one kept connection, one request at a time.

use std::net::SocketAddr;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) struct Line {
    stream: TcpStream,
    request: Vec<u8>,
    answer: Vec<u8>,
}

impl Line {
    pub(crate) async fn open(server: SocketAddr) -> Result<Self, String> {
        let stream = TcpStream::connect(server).await.map_err(|error| error.to_string())?;
        stream.set_nodelay(true).map_err(|error| error.to_string())?;
        Ok(Self { stream, request: Vec::with_capacity(2_048), answer: vec![0; 256 * 1_024] })
    }

    /// Sends a form and gives the status of the answer, once all of it is there.
    pub(super) async fn post(&mut self, path: &str, form: &str) -> Result<u16, String> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nhost: parindex\r\naccept: application/json\r\ncontent-type: application/x-www-form-urlencoded\r\ncontent-length: {}\r\n\r\n",
            form.len()
        );
        self.exchange(&head, form).await
    }

    /// Asks for a page, packed as for a browser, and gives the status of the answer, once all of it is there.
    pub(crate) async fn get(&mut self, path: &str) -> Result<u16, String> {
        self.exchange(&format!("GET {path} HTTP/1.1\r\nhost: parindex\r\naccept-encoding: br\r\n\r\n"), "").await
    }

    async fn exchange(&mut self, head: &str, body: &str) -> Result<u16, String> {
        self.request.clear();
        self.request.extend_from_slice(head.as_bytes());
        self.request.extend_from_slice(body.as_bytes());
        self.stream.write_all(&self.request).await.map_err(|error| error.to_string())?;
        let mut length = 0;
        loop {
            let free = self.answer.get_mut(length..).filter(|free| !free.is_empty()).ok_or("the answer is too long")?;
            let read = self.stream.read(free).await.map_err(|error| error.to_string())?;
            if read == 0 {
                return Err("the server hung up".into());
            }
            length += read;
            if let Some(status) = self.answer.get(..length).and_then(whole) {
                return Ok(status);
            }
        }
    }
}

/// The status, where the whole answer is there.
fn whole(answer: &[u8]) -> Option<u16> {
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n")?;
    let head = std::str::from_utf8(answer.get(..end)?).ok()?;
    let status = head.get(9..12)?.parse().ok()?;
    let length = head.lines().find_map(|line| line.strip_prefix("content-length: "));
    let length: usize = length.and_then(|length| length.trim().parse().ok()).unwrap_or(0);
    (answer.len() >= end + 4 + length).then_some(status)
}
