//! Signing in and out, and the reader's language.

pub(crate) mod language;
pub(crate) mod sign_in;
pub(crate) mod sign_out;
