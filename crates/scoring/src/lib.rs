//! From criteria, inputs and counted answers to points, index, rank and explanation.
//!
//! This crate is what an auditor reads. It knows no files, no database, no clock and no chance: the same [`Campaign`] gives the same
//! digits everywhere. Figures are exact decimals; rounding happens once, for display ([`Rounding`]).
//!
//! The way through it: [`CriteriaSet`] says what is asked and how many points there are · [`Rule`] turns inputs into points ·
//! [`stream`] decides whose figures count · [`survey`] turns answers into points · [`index`] adds up, divides and bands · [`ranking`]
//! ranks · [`explanation`] tells each step in words.
//!
//! Panics: none on data within the documented bounds; every multiplication and division of claimed figures is checked.

pub mod criteria;
mod explain;
pub mod explanation;
pub mod formula;
pub mod index;
mod parallel;
pub mod points;
pub mod ranking;
pub mod rule;
pub mod stream;
pub mod survey;
pub mod text;
pub mod words;

pub use criteria::CriteriaSet;
pub use explanation::{ItemExplanation, Outcome, Step};
pub use index::{AgencyResult, Block, BlockResult, Campaign, Method};
pub use points::{Percent, Points, Rounding};
pub use rule::{Missing, Rule};
pub use rust_decimal::Decimal;
pub use stream::{Entry, Stream, Value};
pub use text::{Lang, Text};
