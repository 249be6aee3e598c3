//! The survey, for those who run, supervise and receive it: where it stands, its plan, its samples.

pub(crate) mod annex;
pub(crate) mod doors;
pub(crate) mod draw;
pub(crate) mod exports;
pub(crate) mod flags;
pub(crate) mod form;
pub(crate) mod forms;
pub(crate) mod freeze;
pub(crate) mod home;
pub(crate) mod invitations;
pub(crate) mod invited;
pub(crate) mod monitoring;
pub(crate) mod paper;
pub(crate) mod plan;
pub(crate) mod points;
pub(crate) mod progress;
pub(crate) mod quality;
pub(crate) mod rules;
mod said;
pub(crate) mod sample;
pub(crate) mod sources;
pub(crate) mod versions;

pub(crate) use said::{crumbs, problem, stage};
