//! `cargo xtask bench score`: how long scoring takes, how much memory, and whether it grows in proportion.
//! `cargo xtask bench office`: how long pages and savings take while a city's officers work at once.
//! `cargo xtask bench results`: how long replicates of a ranking and verifying a release take, how many public pages are sent.
//! `cargo xtask bench survey`: how many answers a second are taken in. `cargo xtask bench tallies`: how long counting them anew takes.

mod clock;
mod country;
mod office;
mod process;
mod results;
mod score;
mod survey;

use std::env;
use std::process::ExitCode;

const HELP: &str = "\
bench score    the 52 agencies of campaigns/hanoi-2023 as a process; a country of 10,598 communes in memory
bench office   200 officers at once on `parindex serve`, on SQLite and on PostgreSQL
bench survey   answers to the survey, as fast as they come, beside nothing and beside raw inserts
bench results  rankings computed again by chance, releases verified, public pages sent
bench tallies  ten million stored responses counted anew";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let outcome = match words.as_slice() {
        ["score"] => score::run(),
        ["office"] => office::run(),
        ["results"] => results::run(),
        ["survey"] => survey::run(),
        ["tallies"] => survey::tallies(),
        // One size of country in a process of its own, so that its memory is its own: `score` calls this.
        ["country", communes] => {
            communes.parse().map_err(|_| format!("{communes} is no number of communes")).and_then(country::measure)
        }
        _ => Err(HELP.into()),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("error: {sentence}");
            ExitCode::FAILURE
        }
    }
}
