//! What a store must keep, shown on SQLite and on PostgreSQL.
#![expect(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod accounts;
mod assessments;
mod audit;
mod campaigns;
mod claims;
mod decimals;
mod engines;
mod evidence;
mod frames;
mod migrations;
mod notices;
mod paper;
mod plan;
mod quality;
mod sample;
mod sources;
