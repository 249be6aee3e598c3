//! The use cases: each change of state is one function here. Command line, pages and jobs all call the same ones.

pub mod accounts;
pub mod analysis;
pub mod appraisal;
pub mod assessment;
pub mod audit;
pub mod campaign;
mod change;
pub mod clock;
mod context;
pub mod council;
pub mod demo;
pub mod documents;
mod error;
pub mod evidence;
pub mod jobs;
pub mod ledger;
pub mod mail;
pub mod notices;
pub mod plan;
pub mod publication;
pub mod results;
pub mod survey;
mod texts;

pub use clock::{Clock, SystemClock};
pub use context::{Context, SignIn};
pub use error::Error;
pub use results::{Computed, Frame, Place};

// What the command line says and prints; it depends on nothing of ours but this crate and `web`.
pub use domain::Code;
pub use domain::policy::Actor;
pub use scoring::{Decimal, Lang, Stream, Text, Value, explanation, words};
