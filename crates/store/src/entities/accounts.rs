//! People, their sessions, and what lets them in.

use crate::accounts::attempts::Row;
use crate::accounts::credentials::{Credentials, RecoveryCode};
use crate::accounts::links::Link;
use crate::accounts::sessions::Session;
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
        created_at: DateTimeUtc,
        last_seen_at: DateTimeUtc,
        expires_at: DateTimeUtc,
        browser: String,
        awaits_code: bool,
    }
}

table! {
    "credentials" holds Credentials as credentials [] {
        person: String,
        password_hash: Option<String>,
        changed_at: Option<DateTimeUtc>,
        totp_secret: Option<String>,
        totp_since: Option<DateTimeUtc>,
        totp_step: Option<i64>,
    }
}

table! {
    "recovery_codes" holds RecoveryCode as recovery_codes [] {
        person: String,
        code_hash: String,
        used_at: Option<DateTimeUtc>,
    }
}

table! {
    "one_time_links" holds Link as one_time_links [] {
        token_hash: String,
        person: String,
        purpose: String,
        issued_by: String,
        issued_at: DateTimeUtc,
        expires_at: DateTimeUtc,
        used_at: Option<DateTimeUtc>,
    }
}

table! {
    "sign_in_attempts" holds Row as sign_in_attempts [] {
        subject: String,
        count: i64,
        last_at: DateTimeUtc,
        locked_until: Option<DateTimeUtc>,
    }
}
