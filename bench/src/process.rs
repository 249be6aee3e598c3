//! What a process costs as a whole: starting, reading, computing, writing.

use crate::clock::timed;
use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

/// Runs a command once and says how long it took, output thrown away.
pub(crate) fn wall(command: &mut Command) -> Result<Duration, String> {
    let (status, duration) = timed(|| command.stdout(Stdio::null()).status());
    let status = status.map_err(|error| format!("{}: {error}", command.get_program().display()))?;
    if status.success() { Ok(duration) } else { Err(format!("{} ended with {status}", command.get_program().display())) }
}

/// The most memory that a command ever held, in KiB, as the kernel tells GNU time (`ru_maxrss`); none where there is no GNU time.
///
/// The kernel counts the process that becomes the command, too, before it has become it. So GNU time, which is small, stands between
/// this program and the command; without it a small command would seem as large as whoever started it.
pub(crate) fn most_memory(command: &Command) -> Option<u64> {
    let time = Path::new("/usr/bin/time");
    if !time.exists() {
        return None;
    }
    let note = std::env::temp_dir().join(format!("parindex-bench-{}", std::process::id()));
    let mut measured = Command::new(time);
    measured.args(["--format=%M", "--output"]).arg(&note).arg(command.get_program()).args(command.get_args());
    let ran = measured.stdout(Stdio::null()).status().is_ok_and(|status| status.success());
    let kilobytes = fs::read_to_string(&note).ok().and_then(|text| text.trim().parse().ok());
    fs::remove_file(&note).ok()?;
    kilobytes.filter(|_| ran)
}

/// The most memory that this process has held so far, in KiB, as Linux tells it (`VmHWM`).
pub(crate) fn own_memory() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}

/// The processor time that this process has spent so far on all its threads, in ms, as Linux tells it: in hundredths of a second.
pub(crate) fn own_processor_time() -> Option<u64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The program's name stands in brackets and may hold anything; the 12th and 13th figures after it are user and system time.
    let (_, figures) = stat.rsplit_once(')')?;
    let ticks: u64 = figures.split_whitespace().skip(11).take(2).filter_map(|ticks| ticks.parse::<u64>().ok()).sum();
    Some(ticks * 10)
}
