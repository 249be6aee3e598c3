//! Agencies assess themselves and explain.

mod assign;
mod begin;
mod desk;
pub mod exchange;
pub mod explain;
pub mod overview;
mod save;
mod submit;
mod work;

pub use assign::{assign, officers};
pub(crate) use begin::Beginning;
pub use desk::{Asks, Desk, Field, Own, Progress, Row, Sheet, desk, sheet};
pub use save::{Clash, NotSaved, Saved, save};
pub use submit::{Check, NotSubmitted, Receipt, check, receipt, submit};
pub use work::name_of;
