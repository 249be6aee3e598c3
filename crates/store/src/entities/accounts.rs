//! People and their sessions.

use crate::accounts::Session;
use crate::sheet::{sheet, table};
use domain::accounts::Person;

sheet! {
    "people" holds Person as people by (code) {
        code: String,
        name: String,
        email: Option<String>,
        role: String,
        agency: Option<String>,
        fields: Option<String>,
        active: Option<bool>,
    }
}

table! {
    "sessions" holds Session as sessions [] {
        token_hash: String,
        person: String,
        expires_at: DateTimeUtc,
    }
}
