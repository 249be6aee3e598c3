//! The survey, for those who run, supervise and receive it: where it stands, its plan, its samples.

pub(crate) mod home;
mod said;

pub(crate) use said::{crumbs, problem, stage};
