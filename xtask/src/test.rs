//! `cargo xtask test`: every check there is, one after the other, also after one has failed.

use std::path::PathBuf;
use std::process::ExitCode;

use crate::report::Report;
use crate::setup::{self, E2E};
use crate::workspace::Workspace;
use crate::{Outcome, process, tidy};

/// Something that a check needs; the name stands in the table at the end.
#[derive(Clone, Copy, PartialEq)]
enum Need {
    Assets,
    Postgres,
    Python,
    Pspp,
    E2ePackages,
    Chromium,
    PdfText,
}

impl Need {
    const ALL: [Self; 7] =
        [Self::Assets, Self::Postgres, Self::Python, Self::Pspp, Self::E2ePackages, Self::Chromium, Self::PdfText];

    const fn name(self) -> &'static str {
        match self {
            Self::Assets => "set-up: assets",
            Self::Postgres => "set-up: PostgreSQL",
            Self::Python => "set-up: Python",
            Self::Pspp => "set-up: PSPP",
            Self::E2ePackages => "set-up: e2e packages",
            Self::Chromium => "set-up: Chromium",
            Self::PdfText => "set-up: pdftotext",
        }
    }

    fn meet(self, workspace: &Workspace, found: &mut Found) -> Outcome {
        match self {
            Self::Assets => setup::assets(workspace)?,
            Self::Postgres => found.postgres = setup::postgres(workspace)?,
            Self::Python => found.python = setup::python(workspace)?,
            Self::Pspp => setup::pspp(workspace)?,
            Self::E2ePackages => setup::npm_packages(workspace, E2E)?,
            Self::Chromium => found.chromium = setup::chromium(workspace)?,
            Self::PdfText => setup::pdftotext(workspace)?,
        }
        Ok(())
    }
}

/// Where the set-up has found things.
#[derive(Default)]
struct Found {
    postgres: PathBuf,
    python: PathBuf,
    chromium: PathBuf,
}

struct Step {
    name: &'static str,
    needs: &'static [Need],
    work: fn(&Workspace, &Found) -> Outcome,
}

/// The checks, quick ones first. Nothing that includes the pages compiles without their assets.
const STEPS: [Step; 5] = [
    Step { name: "tidy", needs: &[], work: |workspace, _| tidy::run(workspace) },
    Step { name: "fmt", needs: &[], work: |workspace, _| process::run(&mut workspace.cargo(["fmt", "--all", "--check"])) },
    Step { name: "clippy", needs: &[Need::Assets], work: clippy },
    Step { name: "cargo", needs: &[Need::Assets, Need::Postgres, Need::Python, Need::Pspp], work: cargo },
    Step { name: "e2e", needs: &[Need::Assets, Need::E2ePackages, Need::Chromium, Need::PdfText], work: e2e },
];

/// Runs the steps of these names, or all. The last line counts them, set-up included.
pub(crate) fn run(workspace: &Workspace, names: &[String]) -> Outcome<ExitCode> {
    let steps = chosen(names)?;
    let mut report = Report::default();
    let mut found = Found::default();
    for need in Need::ALL {
        if steps.iter().any(|step| step.needs.contains(&need)) {
            report.step(need.name(), || need.meet(workspace, &mut found));
        }
    }
    for step in steps {
        let unmet = step.needs.iter().map(|need| need.name()).find(|need| report.has_failed(need));
        report.step(step.name, || match unmet {
            Some(need) => Err(format!("not run, because of \"{need}\"")),
            None => (step.work)(workspace, &found),
        });
    }
    println!("\n{report}\n{}", report.summary());
    Ok(if report.passed() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn chosen(names: &[String]) -> Outcome<Vec<&'static Step>> {
    if let Some(unknown) = names.iter().find(|name| STEPS.iter().all(|step| step.name != *name)) {
        let known = STEPS.map(|step| step.name).join(", ");
        return Err(format!("there is no step `{unknown}`; the steps are {known}. One test alone: `cargo test -p CRATE NAME`"));
    }
    Ok(STEPS.iter().filter(|step| names.is_empty() || names.iter().any(|name| name == step.name)).collect())
}

fn clippy(workspace: &Workspace, _: &Found) -> Outcome {
    process::run(&mut workspace.cargo(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]))
}

fn cargo(workspace: &Workspace, found: &Found) -> Outcome {
    let path = setup::path_with(&found.postgres)?;
    process::run(
        workspace.cargo(["test", "--workspace", "--no-fail-fast"]).env("PATH", path).env("PARINDEX_PYTHON", &found.python),
    )
}

fn e2e(workspace: &Workspace, found: &Found) -> Outcome {
    // With the same features as `cargo test`, so that nothing is built twice.
    process::run(&mut workspace.cargo(["build", "--workspace", "--all-targets"]))?;
    let mut playwright = workspace.command("npx");
    playwright
        .args(["--no-install", "playwright", "test"])
        .current_dir(workspace.path(E2E))
        .env("PARINDEX_BIN", workspace.binary("debug"))
        .env("PARINDEX_CHROMIUM", &found.chromium);
    process::run(&mut playwright)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_steps_run_unless_some_are_named_and_a_wrong_name_is_told() {
        let names = |words: &[&str]| words.iter().map(ToString::to_string).collect::<Vec<_>>();
        assert_eq!(chosen(&[]).map(|steps| steps.len()), Ok(STEPS.len()));
        assert_eq!(chosen(&names(&["clippy", "fmt"])).map(|steps| steps.len()), Ok(2));
        assert!(chosen(&names(&["clipy"])).is_err_and(|sentence| sentence.contains("`clipy`")));
    }
}
