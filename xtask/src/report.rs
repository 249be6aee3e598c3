//! What was done, whether it worked, and how long it took.

use std::fmt;
use std::time::Duration;

use crate::{Outcome, clock};

/// The steps done so far.
#[derive(Default)]
pub(crate) struct Report {
    rows: Vec<Row>,
}

struct Row {
    step: String,
    outcome: Outcome,
    took: Duration,
}

impl Report {
    /// Does a step and answers whether it went well. A failure is told at once, and again in the table.
    pub(crate) fn step(&mut self, name: &str, work: impl FnOnce() -> Outcome) -> bool {
        eprintln!("\n── {name}");
        let (outcome, took) = clock::timed(work);
        if let Err(sentence) = &outcome {
            eprintln!("{name} failed: {sentence}");
        }
        let is_ok = outcome.is_ok();
        self.rows.push(Row { step: name.into(), outcome, took });
        is_ok
    }

    /// Whether all steps so far went well.
    pub(crate) fn passed(&self) -> bool {
        self.failed() == 0
    }

    /// Whether this step was done and went wrong.
    pub(crate) fn has_failed(&self, name: &str) -> bool {
        self.rows.iter().any(|row| row.step == name && row.outcome.is_err())
    }

    /// The count that ends a test run.
    pub(crate) fn summary(&self) -> String {
        format!("{} passed, {} failed", self.rows.len() - self.failed(), self.failed())
    }

    fn failed(&self) -> usize {
        self.rows.iter().filter(|row| row.outcome.is_err()).count()
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for row in &self.rows {
            let (verdict, sentence) = match &row.outcome {
                Ok(()) => ("ok", ""),
                Err(sentence) => ("failed", sentence.as_str()),
            };
            let tenths = row.took.as_millis().div_ceil(100);
            let line = format!("{:<24} {verdict:<7} {:>5}.{} s  {sentence}", row.step, tenths / 10, tenths % 10);
            writeln!(f, "{}", line.trim_end())?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failed_step_is_counted_and_the_next_one_still_runs() {
        let mut report = Report::default();
        report.step("first", || Err("it broke".into()));
        report.step("second", || Ok(()));
        assert!(report.has_failed("first") && !report.has_failed("second") && !report.passed());
        assert_eq!(report.summary(), "1 passed, 1 failed");
        assert!(report.to_string().contains("it broke"));
    }
}
