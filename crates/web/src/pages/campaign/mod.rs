//! The campaign: where it stands and what comes next.

pub(crate) mod home;
mod timeline;
