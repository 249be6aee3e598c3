//! The tables. Each row of `domain` has one, with a column per field; see [`crate::sheet`] for the macros.
#![expect(unreachable_pub, reason = "SeaORM's derive wants public types; the modules keep them inside the crate")]

pub(crate) mod accounts;
pub(crate) mod agencies;
pub(crate) mod appraisal;
pub(crate) mod assessment;
pub(crate) mod audit;
pub(crate) mod budget;
pub(crate) mod campaign;
pub(crate) mod council;
pub(crate) mod criteria;
pub(crate) mod evidence;
pub(crate) mod notices;
pub(crate) mod plan;
pub(crate) mod publication;
pub(crate) mod survey;
