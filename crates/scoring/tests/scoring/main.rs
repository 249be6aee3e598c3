//! The scoring model against worked examples: those of DOMAIN.md's table, published results, and figures computed by hand.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on has failed")]

mod criteria;
mod explanations;
mod index;
mod numbers;
mod properties;
mod ranking;
mod rules;
mod sample;
mod streams;
mod survey;
