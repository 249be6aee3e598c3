//! Agencies assess themselves and explain.

mod begin;

pub(crate) use begin::begin;
