//! Signing in and out, one's own account, the people of the campaign, and the reader's language.

pub(crate) mod account;
pub(crate) mod language;
pub(crate) mod people;
pub(crate) mod person;
pub(crate) mod second_factor;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
pub(crate) mod welcome;

use crate::failure::Failure;
use crate::texts::T;
use app::accounts::PasswordError;
use chrono::{DateTime, Utc};
use chrono_tz::Tz;

/// What is wrong with a field of a form.
#[derive(Clone, Debug)]
pub(crate) struct Wrong {
    /// The field's name, which is its place in the page, too.
    pub(crate) field: &'static str,
    pub(crate) text: String,
}

/// A moment, as people write it.
fn moment(at: DateTime<Utc>, zone: Tz) -> String {
    at.with_timezone(&zone).format("%d/%m/%Y %H:%M").to_string()
}

/// Why a password was not taken, beside the field that it concerns.
fn wrong_password(t: T, zone: Tz, error: PasswordError) -> Result<Wrong, Failure> {
    let wrong = |field, text| Ok(Wrong { field, text });
    match error {
        PasswordError::WrongPresent => wrong("present", t.get("accounts-wrong-present")),
        PasswordError::Differ => wrong("again", t.get("accounts-differ")),
        PasswordError::Refused(refused) => wrong("new", refused.say(t.lang())),
        PasswordError::Locked { until } => wrong("present", t.with("accounts-locked", &[("until", &moment(until, zone))])),
        PasswordError::Failed(error) => Err(error.into()),
    }
}
