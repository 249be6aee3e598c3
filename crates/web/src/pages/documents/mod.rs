//! The printed documents of the office.

mod file;
pub(crate) mod list;
pub(crate) mod minutes;

pub(crate) use file::{Language, download, language, named};
