//! The one door to building, running and checking parindex: `cargo xtask help`.
//!
//! It depends on next to nothing, so that it starts within seconds on a fresh machine, and it does all the set-up that its
//! commands need. An error here is a sentence for the person at the terminal, hence `Result<_, String>` throughout.

mod clock;
mod process;
mod report;
mod setup;
mod test;
mod tidy;
mod workspace;

use std::env;
use std::process::ExitCode;

use report::Report;
use workspace::Workspace;

/// What a task answers: its result, or a sentence that says what went wrong and what to do.
type Outcome<T = ()> = Result<T, String>;

const HELP: &str = "\
cargo xtask demo [--port N]     set up, build and run the demo; further arguments go to `parindex demo`
cargo xtask test [STEP…]        set up and run every check; a STEP is one of tidy, fmt, clippy, cargo, e2e
cargo xtask tidy                the checks that are about the repository itself; a part of `test`
cargo xtask fix                 apply clippy's suggestions and format
cargo xtask bench score         measure the computation, up to a country of 10,598 communes
cargo xtask bench office        measure pages and savings of 200 officers at once, on both engines
cargo xtask bench survey        measure how many answers are taken in, on both engines
cargo xtask bench results       measure replicates of a ranking, verifying a release, and the public pages
cargo xtask bench tallies       measure counting ten million answers anew, on both engines
cargo xtask simulate [--check]  write the simulated data of campaigns/hanoi-2023, or check that it is as generated
cargo xtask help                this text

Everything but xtask itself is built in $CARGO_TARGET_DIR, else in ~/.cache/parindex/target, for all checkouts.";

fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    match run(&arguments) {
        Ok(code) => code,
        Err(sentence) => {
            eprintln!("error: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[String]) -> Outcome<ExitCode> {
    let (task, rest) = match arguments.split_first() {
        Some((task, rest)) => (task.as_str(), rest),
        None => ("help", arguments),
    };
    let workspace = Workspace::locate()?;
    match task {
        "demo" => demo(&workspace, rest),
        // Its last line is a count, whatever the outcome, so it says everything itself.
        "test" => return test::run(&workspace, rest),
        "tidy" => tidy::run(&workspace),
        "fix" => fix(&workspace),
        "bench" => process::run(workspace.cargo(["run", "--release", "-p", "bench", "--"]).args(rest)),
        "simulate" => process::run(workspace.cargo(["run", "--profile", "demo", "-p", "simulate", "--"]).args(rest)),
        "help" | "--help" | "-h" => {
            println!("{HELP}");
            Ok(())
        }
        unknown => Err(format!("there is no task `{unknown}`\n\n{HELP}")),
    }?;
    Ok(ExitCode::SUCCESS)
}

fn demo(workspace: &Workspace, arguments: &[String]) -> Outcome {
    let mut report = Report::default();
    let build = || process::run(&mut workspace.cargo(["build", "--profile", "demo", "-p", "parindex"]));
    let is_built = report.step("tools", || setup::tools(workspace))
        && report.step("assets", || setup::assets(workspace))
        && report.step("build", build);
    println!("\n{report}");
    if !is_built {
        return Err("the demo could not be built; the lines above say why".into());
    }
    process::become_program(workspace.program("demo").arg("demo").args(arguments))
}

fn fix(workspace: &Workspace) -> Outcome {
    let clippy = ["clippy", "--fix", "--allow-dirty", "--allow-staged", "--workspace", "--all-targets"];
    setup::assets(workspace)?;
    process::run(&mut workspace.cargo(clippy))?;
    process::run(&mut workspace.cargo(["fmt", "--all"]))
}
