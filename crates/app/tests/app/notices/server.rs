//! A mail server on the loopback that does as it is told, and keeps what it is given.

use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex};

/// What the server does with the next mails.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mood {
    /// Takes them.
    Takes,
    /// Not now.
    Later,
    /// There is nobody of that name.
    Never,
    /// Takes them, and the line breaks before it says so.
    TakesAndHangsUp,
}

/// It listens until the tests end.
#[derive(Clone)]
pub(crate) struct Server {
    port: u16,
    mood: Arc<Mutex<Mood>>,
    taken: Arc<Mutex<Vec<String>>>,
}

impl Server {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let port = listener.local_addr().unwrap().port();
        let server = Self { port, mood: Arc::new(Mutex::new(Mood::Takes)), taken: Arc::default() };
        let here = server.clone();
        std::thread::spawn(move || {
            for line in listener.incoming() {
                let here = here.clone();
                // Whoever hangs up has said all there is to say.
                std::thread::spawn(move || line.map(|line| here.talk(&line)));
            }
        });
        server
    }

    pub(crate) fn url(&self) -> String {
        format!("smtp://127.0.0.1:{}", self.port)
    }

    pub(crate) fn is_in_mood(&self, mood: Mood) {
        *self.mood.lock().unwrap() = mood;
    }

    /// The mails that it took, as they came.
    pub(crate) fn taken(&self) -> Vec<String> {
        self.taken.lock().unwrap().clone()
    }

    fn talk(&self, line: &TcpStream) -> std::io::Result<()> {
        let (mut lines, mut out) = (BufReader::new(line).lines(), line);
        out.write_all(b"220 test\r\n")?;
        while let Some(said) = lines.next().transpose()? {
            let word = said.split([' ', ':']).next().unwrap_or_default().to_ascii_uppercase();
            let mood = *self.mood.lock().unwrap();
            let answer = match (&*word, mood) {
                ("EHLO", _) => "250-test\r\n250 SMTPUTF8",
                ("RCPT", Mood::Later) => "451 4.7.1 greylisted",
                ("RCPT", Mood::Never) => "550 5.1.1 no such mailbox",
                ("DATA", _) => {
                    out.write_all(b"354 go on\r\n")?;
                    let mut mail = String::new();
                    for line in lines.by_ref() {
                        match &*line? {
                            "." => break,
                            line => mail = mail + line + "\n",
                        }
                    }
                    self.taken.lock().unwrap().push(mail);
                    if mood == Mood::TakesAndHangsUp {
                        return Ok(());
                    }
                    "250 2.0.0 taken"
                }
                ("QUIT", _) => {
                    out.write_all(b"221 bye\r\n")?;
                    return Ok(());
                }
                _ => "250 ok",
            };
            out.write_all(format!("{answer}\r\n").as_bytes())?;
        }
        Ok(())
    }
}

/// A header of a mail, unfolded; its encoded words decoded.
pub(crate) fn header(mail: &str, name: &str) -> String {
    let (head, _) = mail.split_once("\n\n").unwrap();
    let head = head.replace("\n ", " ");
    let line = head.lines().find_map(|line| line.strip_prefix(&format!("{name}: "))).unwrap().to_owned();
    let mut text = String::new();
    let mut last_was_encoded = false;
    for word in line.split(' ') {
        let encoded = word.strip_prefix("=?utf-8?b?").and_then(|word| word.strip_suffix("?="));
        if !text.is_empty() && (!last_was_encoded || encoded.is_none()) {
            text.push(' ');
        }
        text.push_str(&encoded.map_or_else(|| word.to_owned(), |word| String::from_utf8(base64(word)).unwrap()));
        last_was_encoded = encoded.is_some();
    }
    text
}

/// The text of a mail, decoded.
pub(crate) fn text(mail: &str) -> String {
    let (_, body) = mail.split_once("\n\n").unwrap();
    let bytes = match &*header(mail, "Content-Transfer-Encoding") {
        "base64" => base64(&body.replace('\n', "")),
        "quoted-printable" => quoted(&body.replace("=\n", "")),
        other => panic!("{other}"),
    };
    String::from_utf8(bytes).unwrap().replace("\r\n", "\n")
}

fn base64(text: &str) -> Vec<u8> {
    let value = |byte: u8| b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".iter().position(|b| *b == byte);
    let bits: Vec<usize> = text.bytes().filter_map(value).collect();
    let group = |four: &[usize]| {
        let all = four.iter().chain(&[0; 4]).take(4).fold(0, |all, six| all << 6 | six);
        (all as u32).to_be_bytes()[1..four.len()].to_vec()
    };
    bits.chunks(4).flat_map(group).collect()
}

fn quoted(text: &str) -> Vec<u8> {
    let mut parts = text.split('=');
    let mut bytes = parts.next().unwrap_or_default().as_bytes().to_vec();
    for part in parts {
        bytes.push(u8::from_str_radix(&part[..2], 16).unwrap());
        bytes.extend(part[2..].bytes());
    }
    bytes
}
