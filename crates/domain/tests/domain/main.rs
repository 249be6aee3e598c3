//! The workbook, from both sides: what is refused and in which words, what is read and written back, and that nothing handed in does harm.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "a test that cannot go on has failed")]

mod campaign;
mod claims;
mod council;
mod criteria;
mod decisions;
mod document;
mod draw;
mod entry;
mod evidence;
mod frame;
mod fraud;
mod hostile;
mod inputs;
mod people;
mod plan;
mod policy;
mod publication;
mod roundtrip;
mod sample;
mod sizes;
mod sources;
mod steps;
mod supervision;
mod survey;
mod survey_plan;
mod together;
mod workflow;
