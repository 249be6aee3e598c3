//! Results: the ranking of a block.

mod chart;
pub(crate) mod ranking;
mod rows;

pub(crate) use rows::{Band, band};
