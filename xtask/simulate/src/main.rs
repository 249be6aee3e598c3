//! `cargo xtask simulate`: writes the simulated claims, tallies and imported figures of a campaign, from a seed.
//!
//! Only whole numbers and exact decimals decide a value, so the same seed gives the same bytes on every machine. `--check` writes
//! nothing and says whether the files are what the seed gives.

mod answers;
mod calibrate;
mod dice;
mod figures;
mod items;
mod magnitude;
mod remarks;
mod report;
mod streams;
mod target;

use calibrate::Simulation;
use domain::Campaign;
use domain::workbook::{self, Tables};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

/// Day of the plan that the campaign follows.
const SEED: u64 = 20_231_005;
const FOLDER: &str = "campaigns/hanoi-2023";
const HELP: &str = "\
simulate [--seed N] [--check] [FOLDER]
Writes claims.csv, tallies.csv and external.csv of the campaign in FOLDER (campaigns/hanoi-2023).
--seed N   another seed than 20231005
--check    write nothing; exit with 1 unless the files are exactly what the seed gives";

/// The sheets that are simulated; all others are the frame and stay untouched.
const SIMULATED: [&str; 3] = ["claims", "tallies", "external"];

struct Wish {
    seed: u64,
    is_check: bool,
    folder: PathBuf,
}

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if arguments.iter().any(|argument| argument == "--help" || argument == "-h") {
        println!("{HELP}");
        return ExitCode::SUCCESS;
    }
    match wish(&arguments).and_then(|wish| run(&wish)) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("error: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn wish(arguments: &[String]) -> Result<Wish, String> {
    let mut wish = Wish { seed: SEED, is_check: false, folder: FOLDER.into() };
    let mut rest = arguments.iter();
    while let Some(argument) = rest.next() {
        match argument.as_str() {
            "--check" => wish.is_check = true,
            "--seed" => {
                let number = rest.next().and_then(|number| number.parse().ok());
                wish.seed = number.ok_or("--seed wants a whole number from 0 on")?;
            }
            folder if !folder.starts_with('-') => wish.folder = folder.into(),
            unknown => return Err(format!("unknown argument {unknown}\n{HELP}")),
        }
    }
    Ok(wish)
}

fn run(wish: &Wish) -> Result<(), String> {
    let frame = frame(&wish.folder)?;
    if !frame.settings.is_simulated() {
        return Err(format!("{} does not say `simulated yes`: it may hold real figures", wish.folder.display()));
    }
    let simulation = Simulation::new(wish.seed, &frame);
    let campaign = simulation.run()?;
    let tables = workbook::write(&campaign);
    workbook::read(&tables).map_err(|problems| listed(&problems))?;
    println!("seed {}", wish.seed);
    report::print(&simulation, &campaign)?;
    settle(&tables, wish)
}

/// The campaign without what is simulated: that is written anew, so a mistake in it must not stand in the way.
fn frame(folder: &Path) -> Result<Campaign, String> {
    let mut tables = documents::workbook::read(folder).map_err(|error| error.to_string())?;
    tables.0.retain(|table| !SIMULATED.contains(&table.name.as_str()));
    workbook::read(&tables).map_err(|problems| listed(&problems))
}

fn listed(problems: &[workbook::Problem]) -> String {
    let lines: Vec<String> = problems.iter().map(ToString::to_string).collect();
    format!("the workbook has {} problems:\n{}", lines.len(), lines.join("\n"))
}

/// Writes the simulated tables, or compares their bytes with what stands in the folder.
fn settle(tables: &Tables, wish: &Wish) -> Result<(), String> {
    let simulated = Tables(SIMULATED.iter().filter_map(|name| tables.get(name)).cloned().collect());
    let folder = &wish.folder;
    if !wish.is_check {
        documents::workbook::write_folder(&simulated, folder).map_err(|error| error.to_string())?;
        println!("written to {}", folder.display());
        return Ok(());
    }
    let fresh = env::temp_dir().join(format!("parindex-simulate-{}", std::process::id()));
    let differ = documents::workbook::write_folder(&simulated, &fresh).map_err(|error| error.to_string()).map(|()| {
        let file = |folder: &Path, name: &str| fs::read(folder.join(name).with_extension("csv")).unwrap_or_default();
        SIMULATED.into_iter().filter(|name| file(&fresh, name) != file(folder, name)).collect::<Vec<_>>()
    });
    fs::remove_dir_all(&fresh).map_err(|error| format!("{}: {error}", fresh.display()))?;
    let differ = differ?;
    if differ.is_empty() {
        println!("the files in {} are exactly what the seed gives", folder.display());
        return Ok(());
    }
    let (names, seed) = (differ.join(", "), wish.seed);
    Err(format!(
        "in {}, {names} differ from what seed {seed} gives; run `cargo xtask simulate` and commit the files",
        folder.display()
    ))
}
