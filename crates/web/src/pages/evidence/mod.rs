//! Evidence: an agency's documents, what proves an item, uploads, and the files themselves.
//!
//! A page that shows an item puts [`of_item`] into its view and `{{ evidence|safe }}` into its template.

pub(crate) mod document;
pub(crate) mod file;
pub(crate) mod form;
mod list;
pub(crate) mod resumable;
pub(crate) mod said;
pub(crate) mod shelf;

pub(crate) use list::{EvidenceView, of_item};
