//! Agencies assess themselves and explain.

pub(crate) mod assign;
pub(crate) mod check;
mod fields;
pub(crate) mod item;
pub(crate) mod list;
mod live;
mod standing;
