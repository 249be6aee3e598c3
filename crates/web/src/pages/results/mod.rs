//! Results: the ranking of a block.

pub(crate) mod certainty;
mod chart;
pub(crate) mod ranking;
pub(crate) mod rows;

pub(crate) use rows::{Band, band};
