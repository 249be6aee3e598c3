//! The plan's tasks, one by one.

pub(crate) mod task;
