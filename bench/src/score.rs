//! The two measurements of scoring: a city's campaign as a process, and a country in memory.

use crate::clock::{least_and_median, milliseconds, timed};
use crate::country::COMMUNES;
use crate::process;
use std::env;
use std::path::Path;
use std::process::Command;

const CAMPAIGN: &str = "campaigns/hanoi-2023";
const RUNS: usize = 30;

pub(crate) fn run() -> Result<(), String> {
    city()?;
    country()
}

/// `parindex score` on 52 agencies: the process as a whole, then its parts.
fn city() -> Result<(), String> {
    let this = env::current_exe().map_err(|error| error.to_string())?;
    let parindex = this.with_file_name("parindex");
    println!("52 agencies: parindex score {CAMPAIGN} --format csv, {RUNS} runs after one to warm up");
    if parindex.exists() {
        let mut command = Command::new(&parindex);
        command.args(["score", CAMPAIGN, "--format", "csv"]);
        process::wall(&mut command)?;
        let runs: Vec<_> = (0..RUNS).map(|_| process::wall(&mut command)).collect::<Result<_, _>>()?;
        let (least, median) = least_and_median(runs).ok_or("no runs")?;
        println!("  the whole process        least {} ms, median {} ms", milliseconds(least), milliseconds(median));
        match process::most_memory(&command) {
            Some(kilobytes) => println!("  most memory              {} MB (GNU time, %M)", megabytes(kilobytes)),
            None => println!("  most memory              not measured: /usr/bin/time is missing (apt install time)"),
        }
    } else {
        println!("  not measured: build it first, with `cargo build --release -p parindex`");
    }
    let folder = Path::new(CAMPAIGN);
    let (tables, read) = timed(|| documents::workbook::read(folder));
    let tables = tables.map_err(|error| error.to_string())?;
    let (campaign, checked) = timed(|| domain::workbook::read(&tables));
    let campaign = campaign.map_err(|problems| format!("{CAMPAIGN} has {} problems; see `parindex check`", problems.len()))?;
    let (model, built) = timed(|| campaign.model());
    let model = model.ok_or("the criteria do not make a set")?;
    let scored = (0..RUNS).map(|_| timed(|| model.score(scoring::Stream::Final)).1).collect();
    let (least, median) = least_and_median(scored).ok_or("no runs")?;
    println!("  of it: reading files     {} ms", milliseconds(read));
    println!("         checking          {} ms", milliseconds(checked));
    println!("         building          {} ms", milliseconds(built));
    println!("         scoring           least {} ms, median {} ms", milliseconds(least), milliseconds(median));
    Ok(())
}

/// Three sizes of country, each in a process of its own so that memory is its own.
fn country() -> Result<(), String> {
    println!("\na country: 130 items, every rule, three streams, counted answers; 5 runs each");
    println!("communes     items   load ms   score ms: least    median  processor        MB   per item, quarter = 1");
    let this = env::current_exe().map_err(|error| error.to_string())?;
    let mut quarter = None;
    for communes in [COMMUNES / 4, COMMUNES / 2, COMMUNES] {
        let output = Command::new(&this).args(["country", &communes.to_string()]).output().map_err(|error| error.to_string())?;
        let line = String::from_utf8_lossy(&output.stdout);
        let figures: Vec<u64> = line.split_whitespace().filter_map(|figure| figure.parse().ok()).collect();
        let [items, load, least, median, processor, kilobytes] = figures.as_slice() else {
            return Err(format!("the country of {communes} communes failed: {}", String::from_utf8_lossy(&output.stderr)));
        };
        // Picoseconds of an item, and the hundredths of what it takes in the quarter.
        let per_item = least * 1_000_000 / items;
        let ratio = per_item * 100 / (*quarter.get_or_insert(per_item)).max(1);
        println!(
            "{communes:>8} {items:>9} {:>9} {:>17} {:>9} {processor:>10} {:>9} {:>8}",
            tenths(*load),
            tenths(*least),
            tenths(*median),
            megabytes(*kilobytes),
            format!("{}.{:02}", ratio / 100, ratio % 100)
        );
    }
    println!(
        "processor: ms of all threads together per run, which other work on the machine changes less than the clock on the wall"
    );
    Ok(())
}

/// Microseconds as milliseconds with one decimal.
fn tenths(microseconds: u64) -> String {
    format!("{}.{}", microseconds / 1_000, microseconds % 1_000 / 100)
}

fn megabytes(kilobytes: u64) -> String {
    let tenths = kilobytes * 10 / 1_024;
    format!("{}.{}", tenths / 10, tenths % 10)
}
