//! Everything that is decided, beside the points: the campaign and its workbook, agencies, plan, people, survey, audit.
//!
//! Like `scoring` it reads no clock, no files, no network and no chance.

pub mod accounts;
pub mod agencies;
pub mod analysis;
pub mod appraisal;
pub mod assessment;
pub mod audit;
pub mod budget;
pub mod campaign;
pub mod council;
pub mod criteria;
pub mod evidence;
mod model;
pub mod notices;
pub mod plan;
pub mod policy;
pub mod publication;
pub mod survey;
pub mod workbook;
pub mod workflow;

pub use campaign::{Campaign, Phase, Settings};
pub use model::entries;
pub use workbook::Code;
