//! Mails by SMTP: plain text in UTF-8.

use chrono::{DateTime, Utc};
use lettre::address::AddressError;
use lettre::message::header::{ContentType, HeaderName, HeaderValue};
use lettre::message::{Mailbox, Message};
use lettre::{AsyncSmtpTransport, AsyncTransport, Tokio1Executor};
use std::time::{Duration, SystemTime};

/// How long a mail server may take for one answer.
const PATIENCE: Duration = Duration::from_secs(30);

/// Where mails are handed in, in whose name, and where the links in them lead.
#[derive(Clone)]
pub struct Mailer {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    from: Mailbox,
    base_url: String,
}

/// Why a mailer cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum MailerError {
    /// The address of the mail server. It is not repeated here: it may hold a password.
    #[error(
        "this is not the address of a mail server; expected smtp://HOST:PORT, smtps://USER:PASSWORD@HOST or smtp://…?tls=required: {0}"
    )]
    Url(String),
    /// The sender.
    #[error("“{0}” is no sender; expected an address such as parindex@example.gov.vn, or Name <address>")]
    From(String),
    /// Where the pages are.
    #[error("“{0}” is not the address of the pages; expected https://HOST without anything behind it")]
    BaseUrl(String),
}

/// A mail to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Letter {
    /// To whom: name and address.
    pub to: (String, String),
    /// A line.
    pub subject: String,
    /// Plain text.
    pub text: String,
    /// When it was written.
    pub at: DateTime<Utc>,
    /// The same whenever the same mail is sent, so that a mail server or reader can tell.
    pub id: String,
    /// The `id` of the mail that this one answers.
    pub in_reply_to: Option<String>,
}

/// Why a mail was not sent.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{said}")]
pub struct NotSent {
    /// What the mail server said, or what stood in the way.
    pub said: String,
    /// Whether the same will never work: no such address, for instance.
    pub for_good: bool,
}

impl Mailer {
    /// A mailer for `smtp://HOST[:PORT]` (`?tls=required` or `?tls=opportunistic` for STARTTLS) or `smtps://USER:PASSWORD@HOST`.
    /// Nothing is connected yet. `base_url` is where people reach the pages, such as `https://parindex.example.gov.vn`.
    ///
    /// # Errors
    /// [`MailerError`], which never repeats a password.
    pub fn new(smtp_url: &str, from: &str, base_url: &str) -> Result<Self, MailerError> {
        let transport =
            AsyncSmtpTransport::<Tokio1Executor>::from_url(smtp_url).map_err(|error| MailerError::Url(error.to_string()))?;
        let from = from.parse().map_err(|_: AddressError| MailerError::From(from.into()))?;
        let base_url = base_url.trim_end_matches('/');
        let host = base_url.strip_prefix("https://").or_else(|| base_url.strip_prefix("http://"));
        let is_host =
            host.is_some_and(|host| !host.is_empty() && host.bytes().all(|b| b.is_ascii_graphic() && !b"/?#".contains(&b)));
        if !is_host {
            return Err(MailerError::BaseUrl(base_url.into()));
        }
        Ok(Self { transport: transport.timeout(Some(PATIENCE)).build(), from, base_url: base_url.into() })
    }

    /// The address of one of our pages.
    #[must_use]
    pub fn link(&self, path: &str) -> String {
        format!("{}{path}", self.base_url)
    }

    /// Hands a mail in. When this returns without an error the mail server has taken it.
    ///
    /// # Errors
    /// [`NotSent`]; then it has not, or its answer was lost.
    pub async fn send(&self, letter: &Letter) -> Result<(), NotSent> {
        let message = self.message(letter).map_err(|said| NotSent { said, for_good: true })?;
        match self.transport.send(message).await {
            Ok(_) => Ok(()),
            Err(error) => Err(NotSent { for_good: error.is_permanent(), said: error.to_string() }),
        }
    }

    fn message(&self, letter: &Letter) -> Result<Message, String> {
        let (name, address) = &letter.to;
        let address = address.parse().map_err(|error: AddressError| format!("“{address}”: {error}"))?;
        let host = self.from.email.domain();
        let name_of = |id: &str| format!("<{id}@{host}>");
        let message = match letter.in_reply_to.as_deref().map(name_of) {
            Some(first) => Message::builder().in_reply_to(first.clone()).references(first),
            None => Message::builder(),
        };
        message
            .from(self.from.clone())
            .to(Mailbox::new(Some(name.clone()), address))
            .subject(letter.subject.clone())
            .date(SystemTime::from(letter.at))
            .message_id(Some(name_of(&letter.id)))
            // No out-of-office answers, please (RFC 3834).
            .raw_header(HeaderValue::new(HeaderName::new_from_ascii_str("Auto-Submitted"), "auto-generated".into()))
            .header(ContentType::TEXT_PLAIN)
            .body(letter.text.clone())
            .map_err(|error| error.to_string())
    }
}
