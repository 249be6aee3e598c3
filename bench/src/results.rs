//! What follows from a result: how fast rankings are computed again by chance, a release verified, and public pages sent.

use crate::clock::{least_and_median, milliseconds, now, timed, timed_async};
use crate::process::wall;
use crate::survey::Line;
use domain::analysis::uncertainty::{Agency, Choices, Item, Question, Score, Setup, ranking};
use std::io::{BufRead, BufReader};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

/// How often a ranking is computed.
const REPLICATES: u32 = 100_000;
/// Connections that ask without a pause.
const CONNECTIONS: usize = 16;
/// How long they do.
const WATCHED: Duration = Duration::from_secs(8);
/// The parts of their points that items come to which nobody is asked about.
const SHARES: [f64; 11] = [0.4, 0.46, 0.52, 0.58, 0.64, 0.7, 0.76, 0.82, 0.88, 0.94, 1.0];

pub(crate) fn run() -> Result<(), String> {
    replicates()?;
    let folder = tempfile::tempdir().map_err(|error| error.to_string())?;
    verifying(folder.path())?;
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    runtime.map_err(|error| error.to_string())?.block_on(portal(folder.path()))
}

/// As many agencies and items as a city has: 94 items, of which each third is asked of five groups.
fn city(agencies: u32) -> Setup {
    let items =
        (0..94_u32).map(|at| Item { criterion: at as usize / 3, field: at as usize / 12, maximum: f64::from(1 + at % 3) });
    let share = |at: u32| SHARES.get(at as usize % SHARES.len()).copied().unwrap_or(1.0);
    let question = |agency: u32, item: u32, group: u32| Question {
        group: group as usize,
        group_weight: f64::from(1 + group % 2),
        weight: 1.0,
        marks: (0..5_u32).map(|mark| (f64::from(mark * 25), 2 + (agency * 7 + item * 3 + group + mark * mark) % 12)).collect(),
    };
    let score = |agency: u32, item: u32| match item % 3 {
        0 => Score::Surveyed((0..5).map(|group| question(agency, item, group)).collect()),
        _ => Score::Fixed(share(agency * 13 + item * 7)),
    };
    let agency = |agency: u32| Agency { scores: (0..94).map(|item| score(agency, item)).collect(), extra: 0.0 };
    Setup { items: items.collect(), agencies: (0..agencies).map(agency).collect() }
}

fn replicates() -> Result<(), String> {
    let (setup, choices) = (city(52), Choices { replicates: REPLICATES, ..Choices::default() });
    let mut took = Vec::new();
    for _ in 0..3 {
        let (sure, duration) = timed(|| ranking(&setup, &choices));
        sure.map_err(|error| error.to_string())?;
        took.push(duration);
    }
    let (least, median) = least_and_median(took).ok_or("nothing was measured")?;
    let each = u128::from(REPLICATES) * 1_000 / least.as_millis().max(1);
    println!(
        "52 agencies, 94 items, {REPLICATES} replicates: {} ms least, {} ms median, {each} a second",
        milliseconds(least),
        milliseconds(median)
    );
    Ok(())
}

fn program() -> Result<PathBuf, String> {
    let this = std::env::current_exe().map_err(|error| error.to_string())?;
    let program = this.with_file_name("parindex");
    if program.exists() {
        Ok(program)
    } else {
        Err("not measured: build it first, with `cargo build --release -p parindex`".into())
    }
}

/// Packing and verifying a release, each as a process.
fn verifying(folder: &Path) -> Result<(), String> {
    let program = program()?;
    let key = folder.join("key");
    wall(Command::new(&program).arg("key").arg(&key).stderr(Stdio::null()))?;
    let (mut packed, mut verified) = (Vec::new(), Vec::new());
    for round in 0..5 {
        let release = folder.join(format!("{round}.zip"));
        let mut publish = Command::new(&program);
        publish.arg("publish").arg(&release).arg("campaigns/hanoi-2023").arg("--signing-key").arg(&key).stderr(Stdio::null());
        packed.push(wall(&mut publish)?);
        verified.push(wall(Command::new(&program).arg("verify").arg(&release).arg("--key").arg(key.with_extension("pub")))?);
    }
    for (what, took) in [("a release packed and signed", packed), ("a release verified", verified)] {
        let (least, median) = least_and_median(took).ok_or("nothing was measured")?;
        println!("{what}: {} ms least, {} ms median", milliseconds(least), milliseconds(median));
    }
    Ok(())
}

/// A demonstration whose result is public.
struct Demo(Child);

impl Drop for Demo {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn demo(folder: &Path) -> Result<(Demo, SocketAddr), String> {
    let mut process = Command::new(program()?)
        .args(["demo", "--from", "published", "--port", "0", "--lang", "en", "--data"])
        .arg(folder.join("demo"))
        .env("PARINDEX_LOG", "warn")
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .map_err(|error| error.to_string())?;
    let said = process.stderr.take();
    let demo = Demo(process);
    let mut line = String::new();
    if let Some(said) = said {
        BufReader::new(said).read_line(&mut line).map_err(|error| error.to_string())?;
    }
    let address = line.split("http://").nth(1).and_then(|rest| rest.split_whitespace().next());
    let address = address.and_then(|address| address.parse().ok()).ok_or_else(|| format!("the demonstration said: {line}"))?;
    Ok((demo, address))
}

async fn portal(folder: &Path) -> Result<(), String> {
    let (_demo, server) = demo(folder)?;
    println!("{CONNECTIONS} connections without a pause, {} s each, the generator on the same processors", WATCHED.as_secs());
    println!("                          a second     p50     p99    most  ms");
    let mut nothing = None;
    for (name, path) in [
        ("nothing", "/healthz"),
        ("ranking", "/public/vi/hanoi-2023/1"),
        ("an agency", "/public/vi/hanoi-2023/1/agencies/STC"),
        ("the fields of a block", "/public/vi/hanoi-2023/1/fields/district"),
    ] {
        let mut took = hurry(server, path).await?;
        took.sort();
        let at = |hundredths: usize| took.get((took.len() * hundredths / 100).min(took.len().saturating_sub(1))).copied();
        let show = |at: Option<Duration>| at.map_or_else(|| "–".into(), milliseconds);
        let each = took.len() as u64 / WATCHED.as_secs();
        let ratio = each * 100 / (*nothing.get_or_insert(each)).max(1);
        let figures = (show(at(50)), show(at(99)), show(took.last().copied()));
        println!(
            "  {name:<22} {each:>9} {:>7} {:>7} {:>7}   {}.{:02} of nothing",
            figures.0,
            figures.1,
            figures.2,
            ratio / 100,
            ratio % 100
        );
    }
    Ok(())
}

async fn hurry(server: SocketAddr, path: &'static str) -> Result<Vec<Duration>, String> {
    let until = now() + WATCHED;
    let ask = move || async move {
        let mut line = Line::open(server).await?;
        let mut took = Vec::new();
        while now() < until {
            let (status, duration) = timed_async(line.get(path)).await;
            match status? {
                200 => took.push(duration),
                other => return Err(format!("{path} was answered with {other}")),
            }
        }
        Ok::<_, String>(took)
    };
    let asking: Vec<_> = (0..CONNECTIONS).map(|_| tokio::spawn(ask())).collect();
    let mut all = Vec::new();
    for asked in asking {
        all.extend(asked.await.map_err(|error| error.to_string())??);
    }
    Ok(all)
}
