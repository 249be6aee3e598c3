//! An agency's result, and the way to each of its scores.

pub(crate) mod agency;
pub(crate) mod item;
mod ledger;
mod spread;
mod tree;
