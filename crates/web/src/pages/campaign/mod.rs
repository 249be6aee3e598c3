//! The campaign: where it stands and what comes next.

pub(crate) mod agencies;
pub(crate) mod agency;
pub(crate) mod course;
pub(crate) mod home;
mod mine;
pub(crate) mod step;
pub(crate) mod timeline;
