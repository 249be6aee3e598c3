//! The audit log: searched, verified, exported.

pub(crate) mod export;
pub(crate) mod log;
mod search;
mod words;
