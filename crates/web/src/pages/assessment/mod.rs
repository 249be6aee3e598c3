//! Agencies assess themselves and explain.

pub(crate) mod assign;
pub(crate) mod check;
pub(crate) mod explanation;
pub(crate) mod explanations;
pub(crate) mod fields;
pub(crate) mod item;
pub(crate) mod list;
mod live;
pub(crate) mod overview;
pub(crate) mod sheet;
pub(crate) mod standing;
