//! What people do: open a page, read, type, and have it saved.

use super::browser::{Browser, between};
use super::city::Officer;
use crate::clock::{now, timed_async};
use hyper::StatusCode;
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::time::sleep;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The agency's list of items.
    List,
    /// The page of an item.
    Item,
    /// Saving an item as one types.
    Save,
    /// A page that does nothing: what server, connection and generator take by themselves.
    Nothing,
}

impl Kind {
    pub(super) const ALL: &'static [Self] = &[Self::List, Self::Item, Self::Save, Self::Nothing];

    pub(super) fn name(self) -> &'static str {
        match self {
            Self::List => "list of items",
            Self::Item => "page of an item",
            Self::Save => "saving an item",
            Self::Nothing => "nothing",
        }
    }
}

/// An officer at the desk.
struct AtWork {
    browser: Browser,
    officer: Officer,
    dice: ChaCha8Rng,
    item: String,
    /// What whoever saves must have seen.
    revision: String,
    /// What was typed last.
    typed: u32,
}

impl AtWork {
    async fn begin(server: SocketAddr, officer: Officer, seed: u64) -> Result<Self, String> {
        let mut browser = Browser::open(server).await?;
        browser.sign_in(&officer.name).await?;
        let item = officer.items.first().ok_or("an agency without items")?.clone();
        let mut work = Self { browser, officer, dice: ChaCha8Rng::seed_from_u64(seed), item, revision: String::new(), typed: 0 };
        work.open_item().await?;
        Ok(work)
    }

    /// Opens one of the items and looks at its form.
    async fn open_item(&mut self) -> Result<(), String> {
        let at = self.dice.next_u32() as usize % self.officer.items.len();
        self.officer.items.get(at).ok_or("no items")?.clone_into(&mut self.item);
        let page = self.browser.get(&self.path()).await?;
        let revision = between(&page.body, "name=\"revision\" value=\"", "\"");
        revision.ok_or_else(|| format!("{}: {} without a form", self.path(), page.status))?.clone_into(&mut self.revision);
        Ok(())
    }

    fn path(&self) -> String {
        format!("/agencies/{}/assessment/{}", self.officer.agency, self.item)
    }

    /// Does one thing and says how long it took.
    async fn does(&mut self, kind: Kind) -> Result<Duration, String> {
        let expect = |status: StatusCode| if status == StatusCode::OK { Ok(()) } else { Err(format!("{kind:?}: {status}")) };
        match kind {
            Kind::Nothing => {
                let (status, took) = timed_async(self.browser.visit("/healthz")).await;
                expect(status?)?;
                Ok(took)
            }
            Kind::List => {
                let path = format!("/agencies/{}/assessment", self.officer.agency);
                let (status, took) = timed_async(self.browser.visit(&path)).await;
                expect(status?)?;
                Ok(took)
            }
            Kind::Item => {
                let path = self.path();
                let (status, took) = timed_async(self.browser.visit(&path)).await;
                expect(status?)?;
                Ok(took)
            }
            Kind::Save => self.save().await,
        }
    }

    /// Types another number and has it saved. Where a colleague of the same agency was quicker, looks again and goes on.
    async fn save(&mut self) -> Result<Duration, String> {
        self.typed = self.typed % 90 + 1;
        let (path, typed, revision) = (self.path(), self.typed.to_string(), self.revision.clone());
        let fields = [("revision", revision.as_str()), ("in.done", &typed), ("in.total", "100"), ("remark", "")];
        let (answer, took) = timed_async(self.browser.post(&path, &fields)).await;
        let answer = answer?;
        match answer.status {
            StatusCode::OK => {
                if let Some(revision) = between(&answer.body, "name=\"revision\" value=\"", "\"") {
                    revision.clone_into(&mut self.revision);
                }
            }
            StatusCode::CONFLICT => self.open_item().await?,
            status => return Err(format!("saving {path}: {status} {}", answer.body.chars().take(2000).collect::<String>())),
        }
        Ok(took)
    }
}

/// Everybody works: a page, three savings, and thinking in between. Answers what each thing took, once all are under way.
pub(super) async fn work(server: SocketAddr, officers: &[Officer], watched: Duration) -> Result<Vec<(Kind, Duration)>, String> {
    let begin = now() + watched;
    let mut people = tokio::task::JoinSet::new();
    for (at, officer) in (0..).zip(officers.iter().cloned()) {
        people.spawn(async move {
            let mut work = AtWork::begin(server, officer, at).await?;
            let mut took = Vec::new();
            // Nobody begins at the same moment as all the others.
            sleep(Duration::from_millis(work.dice.next_u64() % 12_000)).await;
            while now() < begin + watched {
                for kind in [Kind::List, Kind::Save, Kind::Item, Kind::Save, Kind::Nothing, Kind::Save] {
                    let duration = work.does(kind).await?;
                    if now() >= begin && now() < begin + watched {
                        took.push((kind, duration));
                    }
                    // Between one and three seconds.
                    sleep(Duration::from_millis(1_000 + work.dice.next_u64() % 2_000)).await;
                }
                work.open_item().await?;
            }
            Ok::<_, String>(took)
        });
    }
    let mut all = Vec::new();
    while let Some(ended) = people.join_next().await {
        all.extend(ended.map_err(|error| error.to_string())??);
    }
    Ok(all)
}

/// How many a second when so many do one thing without a pause.
pub(super) async fn hurry(
    server: SocketAddr,
    officers: &[Officer],
    kind: Kind,
    connections: usize,
    during: Duration,
) -> Result<u64, String> {
    let mut people = tokio::task::JoinSet::new();
    for (at, officer) in (0..).zip(officers.iter().take(connections).cloned()) {
        people.spawn(async move {
            let mut work = AtWork::begin(server, officer, at).await?;
            let (begin, mut done) = (now(), 0u64);
            while now() < begin + during {
                work.does(kind).await?;
                done += 1;
            }
            Ok::<_, String>(done)
        });
    }
    let mut all = 0;
    while let Some(ended) = people.join_next().await {
        all += ended.map_err(|error| error.to_string())??;
    }
    Ok(all / during.as_secs().max(1))
}
