//! Everything that is decided, beside the points: the campaign and its workbook, agencies, plan, people, survey, audit.
//!
//! Like `scoring` it reads no clock, no files, no network and no chance.

pub mod accounts;
pub mod agencies;
pub mod assessment;
pub mod audit;
pub mod budget;
pub mod campaign;
pub mod criteria;
mod model;
pub mod plan;
pub mod policy;
pub mod survey;
pub mod workbook;

pub use campaign::{Campaign, Phase, Settings};
pub use workbook::Code;
