//! `cargo xtask bench survey`: how many answers a second are taken in durably, beside what the same server does with nothing and the same
//! database with everything laid ready; the generator runs on the same cores.

mod line;
mod setting;
mod tallies;

use crate::clock::{milliseconds, now, timed_async};
use crate::office::Server;
pub(crate) use line::Line;
use setting::Setting;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;
use store::testing::Engine;

pub(crate) use tallies::run as tallies;

/// Connections at once.
const CONNECTIONS: [usize; 3] = [1, 16, 256];
/// How long each is watched.
const WATCHED: Duration = Duration::from_secs(10);
/// Questions of the form, each with one answer.
const QUESTIONS: usize = 20;
/// Responses written raw.
const RAW: usize = 256 * 800;
/// Answers after which memory is looked at again.
const MANY: usize = 1_000_000;

pub(crate) fn run() -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    for engine in [Engine::Sqlite, Engine::Postgres] {
        runtime.block_on(on(engine))?;
    }
    Ok(())
}

async fn on(engine: Engine) -> Result<(), String> {
    let campaign = setting::campaign(QUESTIONS)?;
    let server = Server::start(engine, &campaign)?;
    let store = store::Store::open(server.database_url()).await.map_err(|error| error.to_string())?;
    let (setting, took) = timed_async(Setting::lay(&store, &campaign, MANY + 500_000)).await;
    let setting = Arc::new(setting?);
    println!("\n{engine:?}: {} people invited in {} ms; each answers {QUESTIONS} questions", setting.codes(), milliseconds(took));
    println!("                        each s      p50      p99      most  ms");
    for connections in CONNECTIONS {
        let idle = watch(&server, &setting, connections, What::Nothing).await?;
        idle.print(&format!("nothing, {connections}"));
        let answers = watch(&server, &setting, connections, What::Answers).await?;
        answers.print(&format!("answers, {connections}"));
        println!("  {:<20} {:>7} %", "of nothing", answers.each_second * 100 / idle.each_second.max(1));
    }
    let raw = setting.raw(&store, RAW).await?;
    println!("  {:<20} {raw:>9}", "raw, 256 at a time");

    let before = server.memory();
    let so_far = setting.used();
    let (rest, took) = timed_async(fill(&server, &setting, MANY)).await;
    rest?;
    let millis = took.as_millis().max(1);
    println!(
        "  {} more answers in {} s, {} each s; memory of the server {} KiB before, {} KiB after",
        setting.used() - so_far,
        millis / 1_000,
        (setting.used() - so_far) as u128 * 1_000 / millis,
        before.unwrap_or_default(),
        server.memory().unwrap_or_default()
    );
    let stored = setting.stored(&store).await?;
    println!("  acknowledged {}, stored {stored}, of which raw {RAW}", setting.used());
    if stored != (setting.used() + RAW) as u64 {
        return Err("answers were lost, or stored twice".into());
    }
    server.stop()
}

#[derive(Clone, Copy)]
enum What {
    Nothing,
    Answers,
}

struct Watched {
    each_second: u64,
    took: Vec<Duration>,
}

impl Watched {
    fn print(&self, name: &str) {
        let at = |hundredths: usize| self.took.get((self.took.len() * hundredths / 100).min(self.took.len().saturating_sub(1)));
        let show = |at: Option<&Duration>| at.map_or_else(|| "–".into(), |took| milliseconds(*took));
        println!("  {name:<20} {:>7} {:>8} {:>8} {:>9}", self.each_second, show(at(50)), show(at(99)), show(self.took.last()));
    }
}

/// So many connections, each sending the next as soon as it is answered.
async fn watch(server: &Server, setting: &Arc<Setting>, connections: usize, what: What) -> Result<Watched, String> {
    let until = now() + WATCHED;
    let mut tasks = Vec::with_capacity(connections);
    for _ in 0..connections {
        let (setting, address) = (setting.clone(), server.address());
        tasks.push(tokio::spawn(async move {
            let mut line = Line::open(address).await?;
            let mut took = Vec::new();
            while now() < until {
                let body = match what {
                    What::Nothing => setting.form(0),
                    What::Answers => setting.next()?,
                };
                let path = if matches!(what, What::Nothing) { "/phieu/ping" } else { "/phieu/gui" };
                let (status, spent) = timed_async(line.post(path, &body)).await;
                match (what, status?) {
                    (What::Nothing, 204) | (What::Answers, 200) => took.push(spent),
                    (_, status) => return Err(format!("the server answered {status}")),
                }
            }
            Ok::<_, String>(took)
        }));
    }
    let mut took = Vec::new();
    for task in tasks {
        took.extend(task.await.map_err(|error| error.to_string())??);
    }
    took.sort_unstable();
    Ok(Watched { each_second: took.len() as u64 / WATCHED.as_secs(), took })
}

/// Sends answers until so many are in.
async fn fill(server: &Server, setting: &Arc<Setting>, many: usize) -> Result<(), String> {
    let sent = Arc::new(AtomicUsize::new(0));
    let mut tasks = Vec::new();
    for _ in 0..256 {
        let (setting, address, sent) = (setting.clone(), server.address(), sent.clone());
        tasks.push(tokio::spawn(async move {
            let mut line = Line::open(address).await?;
            while sent.fetch_add(1, Ordering::Relaxed) < many {
                let status = line.post("/phieu/gui", &setting.next()?).await?;
                if status != 200 {
                    return Err(format!("the server answered {status}"));
                }
            }
            Ok::<_, String>(())
        }));
    }
    for task in tasks {
        task.await.map_err(|error| error.to_string())??;
    }
    Ok(())
}
