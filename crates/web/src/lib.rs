//! Pages and their texts in Vietnamese and English, sign-in, and the assets that pages need.
//!
//! A handler parses and renders; what may be done, and what it does, is `app` and `domain`. [`routes`] is the one table of routes: each
//! names what it asks of `domain::policy`, and no handler runs before the policy said yes.
//!
//! The way through it: [`routes`] → [`guard`] → a page below [`pages`], its template beside it → [`watch`], which gives every answer
//! its headers and every failure its page.

mod api;
mod arrival;
mod assets;
mod attached;
mod cookies;
mod failure;
mod figures;
mod forms;
mod guard;
mod moments;
mod names;
mod ours;
mod pages;
mod routes;
mod server;
mod small_cells;
#[cfg(test)]
mod tests;
mod texts;
mod ui;
mod unsent;
mod watch;

pub use server::{Options, router, serve};
