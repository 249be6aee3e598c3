//! A city's officers at work: pages and savings of 200 people at once, on SQLite and on PostgreSQL, the generator on the same machine.

mod browser;
mod city;
mod people;
mod server;

use crate::clock::{milliseconds, timed};
use people::Kind;
pub(crate) use server::Server;
use std::time::Duration;
use store::testing::Engine;

/// How many people work at once.
const PEOPLE: usize = 200;
/// How long they are watched, after as long again to get going.
const WATCHED: Duration = Duration::from_secs(30);
/// Connections of those who don't think between two requests.
const TIRELESS: usize = 16;

pub(crate) fn run() -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    for engine in [Engine::Sqlite, Engine::Postgres] {
        runtime.block_on(on(engine))?;
    }
    Ok(())
}

async fn on(engine: Engine) -> Result<(), String> {
    let (campaign, officers) = city::campaign(PEOPLE)?;
    let (server, started) = timed(|| Server::start(engine, &campaign));
    let server = server?;
    println!("\n{engine:?}: imported and started in {} ms", milliseconds(started));
    println!("{PEOPLE} people, each opening a page every 6 s and saving every 4 s on average, for {} s", WATCHED.as_secs());
    println!("                      each s      p50      p99      most  ms");
    let took = people::work(server.address(), &officers, WATCHED).await?;
    for kind in Kind::ALL {
        let mut of_kind: Vec<Duration> = took.iter().filter(|(of, _)| of == kind).map(|(_, took)| *took).collect();
        of_kind.sort();
        let at = |hundredths: usize| of_kind.get((of_kind.len() * hundredths / 100).min(of_kind.len().saturating_sub(1)));
        let show = |at: Option<&Duration>| at.map_or_else(|| "–".into(), |took| milliseconds(*took));
        let each = u64::try_from(of_kind.len()).unwrap_or_default() * 10 / WATCHED.as_secs();
        println!(
            "  {:<18} {:>7} {:>8} {:>8} {:>9}",
            kind.name(),
            format!("{}.{}", each / 10, each % 10),
            show(at(50)),
            show(at(99)),
            show(of_kind.last())
        );
    }
    println!("{TIRELESS} connections without a pause, 5 s each");
    let mut nothing = None;
    for kind in Kind::ALL.iter().rev() {
        let each = people::hurry(server.address(), &officers, *kind, TIRELESS, Duration::from_secs(5)).await?;
        let ratio = each * 100 / (*nothing.get_or_insert(each)).max(1);
        println!("  {:<18} {each:>7} a second, {}.{:02} of asking for nothing", kind.name(), ratio / 100, ratio % 100);
    }
    server.stop()
}
