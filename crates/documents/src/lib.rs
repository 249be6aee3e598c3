//! Documents in and out. What they mean is decided in `domain`; this crate only reads and writes.

pub mod appraisal;
pub mod assessment;
pub mod audit;
pub mod council;
pub mod entry_sheet;
pub mod export;
pub mod form_sheet;
pub mod letter;
pub mod paper;
pub mod release;
pub mod slips;
pub mod survey;
pub mod workbook;
pub mod xlsform;

#[cfg(test)]
mod python;
#[cfg(test)]
#[cfg(feature = "pdf")]
mod tests;
