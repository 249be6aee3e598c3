//! `cargo xtask bench tallies`: counting ten million stored responses anew.

use super::QUESTIONS;
use super::setting::{campaign, marked, response};
use crate::clock::{milliseconds, timed_async};
use crate::process;
use domain::Code;
use domain::survey::form::Form;
use domain::survey::tally::Counter;
use rand::SeedableRng;
use rand_chacha::ChaCha8Rng;
use store::survey::{responses, targets};
use store::testing::{Database, Engine};

/// How many are counted.
const RESPONSES: usize = 10_000_000;
/// So many lie in one transaction while they are laid.
const LOT: usize = 20_000;

pub(crate) fn run() -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build();
    let runtime = runtime.map_err(|error| error.to_string())?;
    for engine in [Engine::Sqlite, Engine::Postgres] {
        runtime.block_on(on(engine))?;
    }
    Ok(())
}

async fn on(engine: Engine) -> Result<(), String> {
    let said = |error: store::Error| error.to_string();
    let campaign = campaign(QUESTIONS)?;
    let code = &campaign.settings.code;
    let database = Database::new(engine);
    let store = store::Store::open(database.url()).await.map_err(said)?;
    let form = campaign.forms.iter().find(|form| form.code.as_str() == "S2-2023").ok_or("there is no such form")?;
    let form = Form::of(form, &campaign.questions, &campaign.choices).ok_or("the form cannot be read")?;
    let agencies = campaign.agencies.iter().filter(|agency| agency.block == form.block && agency.is_assessed());
    let wanted: Vec<(Code, Vec<Code>)> = agencies.map(|agency| (form.code.clone(), vec![agency.code.clone()])).collect();
    let tx = store.write().await.map_err(said)?;
    let recorded = store::Recorded { by: "bench".into(), at: chrono::DateTime::UNIX_EPOCH };
    store::campaign::save(&tx, &campaign, &recorded).await.map_err(said)?;
    let targets = targets::add(&tx, code, &wanted).await.map_err(said)?;
    tx.commit().await.map_err(said)?;

    let mut dice = ChaCha8Rng::seed_from_u64(52);
    let (laid, took) = timed_async(async {
        for lot in 0..RESPONSES / LOT {
            let mut rows = Vec::with_capacity(LOT);
            for at in 0..LOT {
                let of = targets.get(at % targets.len().max(1)).ok_or("there is no target")?;
                let mut row = response(&mut dice, of.id, marked(&form));
                // Lot behind lot, so that laying them costs no more than it must.
                let first = u32::try_from((lot << 32) / (RESPONSES / LOT)).map_err(|_| "too many")?.to_be_bytes();
                for (to, from) in row.nullifier.0.iter_mut().zip(first) {
                    *to = from;
                }
                rows.push(row);
            }
            rows.sort_by_key(|row| row.nullifier);
            let tx = store.write().await.map_err(said)?;
            responses::add(&tx, &rows).await.map_err(said)?;
            tx.commit().await.map_err(said)?;
        }
        Ok::<_, String>(())
    })
    .await;
    laid?;
    println!("\n{engine:?}: {RESPONSES} responses laid in {} s", took.as_secs());

    let before = process::own_memory().unwrap_or_default();
    let mut counter = Counter::new(std::slice::from_ref(&form), &targets, campaign.settings.validity());
    let snapshot = store.read().await.map_err(said)?;
    let mut seen = 0_usize;
    let (folded, took) = timed_async(responses::fold(&snapshot, |response| {
        seen += 1;
        counter.add(response);
    }))
    .await;
    folded.map_err(said)?;
    println!(
        "  counted {seen} of {} questions each in {} ms: {} rows of tallies; most memory {before} KiB before, {} KiB after",
        marked(&form),
        milliseconds(took),
        counter.tallies().len(),
        process::own_memory().unwrap_or_default()
    );
    if seen == RESPONSES { Ok(()) } else { Err("not every response was counted once".into()) }
}
