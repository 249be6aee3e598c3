//! The survey's data for others: the ratings of a form as CSV, XLSX and SPSS `.sav`, and the codebook that says what the figures mean.
//!
//! What may leave is decided in [`domain::survey::suppression`]; here is only how it is written.

pub mod codebook;
pub mod data;
pub mod plan;
pub mod sav;
pub mod tables;

pub use data::{About, Dataset, Kind, Label, Rating, Value, Variable};

#[cfg(test)]
#[cfg(feature = "pdf")]
pub(crate) mod tests;
