//! Evidence: uploads over bad lines, hostile files, documents and what is said of them.

mod documents;
mod hostile;
mod uploads;

use super::Hand;
use app::evidence::{Begin, EvidenceError, Progress, Stored, append, begin};
use app::{Actor, Code, Context, Frame, SignIn};
use bytes::Bytes;
use domain::Phase;
use futures_util::stream;
use std::convert::Infallible;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use store::Store;
use store::testing::Database;
use tempfile::TempDir;

/// An installation while agencies assess themselves.
struct Office {
    context: Context,
    clock: Arc<Hand>,
    folder: TempDir,
    url: String,
}

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn campaign() -> Code {
    code("hanoi-2023")
}

impl Office {
    async fn open(database: &Database) -> Self {
        let (clock, folder) = (Hand::new(), TempDir::new().unwrap());
        clock.set("2023-11-20T03:00:00Z");
        let url = database.url().to_owned();
        let context = Self::process(&url, folder.path(), &clock).await;
        let mut hanoi = super::hanoi();
        hanoi.settings.phase = Some(Phase::Open);
        hanoi.claims.clear();
        hanoi.tallies.clear();
        app::campaign::import(&context, &Actor::at_the_console(), &hanoi).await.unwrap();
        Self { context, clock, folder, url }
    }

    async fn process(url: &str, folder: &Path, clock: &Arc<Hand>) -> Context {
        Context::open_with(url, &folder.to_string_lossy(), clock.clone(), SignIn::Demonstration).await.unwrap()
    }

    /// Another process of the same installation.
    async fn another(&self) -> Context {
        Self::process(&self.url, self.folder.path(), &self.clock).await
    }

    async fn frame(&self) -> Arc<Frame> {
        self.context.current().await.unwrap().unwrap()
    }

    async fn actor(&self, name: &str) -> Actor {
        self.frame().await.campaign().people.iter().find(|person| person.code.as_str() == name).unwrap().into()
    }

    /// The officer of the agency STC uploads a file for an item, all at once.
    async fn upload(&self, item: &str, name: &str, content: &[u8]) -> Result<Stored, EvidenceError> {
        self.upload_as("stc.officer", "STC", Some(item), None, name, content).await
    }

    async fn upload_as(
        &self,
        who: &str,
        agency: &str,
        item: Option<&str>,
        document: Option<u32>,
        name: &str,
        content: &[u8],
    ) -> Result<Stored, EvidenceError> {
        let (actor, size) = (self.actor(who).await, content.len() as u64);
        let what = Begin { agency: code(agency), item: item.map(code), document, name: name.into(), size: Some(size) };
        let token = begin(&self.context, &actor, &campaign(), what).await?;
        match append(&self.context, &actor, &campaign(), (&code(agency), &token), (0, None), body(&[content])).await? {
            Progress::Became(stored) => Ok(stored),
            Progress::Received { received, .. } => panic!("only {received} bytes"),
        }
    }

    /// The names of all files on disk, without their folders, sorted.
    fn files(&self) -> Vec<String> {
        let mut found = Vec::new();
        let mut folders = vec![self.folder.path().to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else {
                    found.push(path.file_name().unwrap().to_string_lossy().into_owned());
                }
            }
        }
        found.sort();
        found
    }

    fn place(&self, hash: &str) -> PathBuf {
        self.folder.path().join("files").join(hash.get(..2).unwrap()).join(hash)
    }

    async fn actions(&self) -> Vec<String> {
        let store = Store::open(&self.url).await.unwrap();
        let lines = store::audit::lines(&store.read().await.unwrap(), &campaign()).await.unwrap();
        domain::audit::verify(&campaign(), &lines).unwrap();
        lines.into_iter().map(|line| line.event.action).filter(|action| action.starts_with("evidence")).collect()
    }
}

/// A body that arrives whole, in these pieces.
fn body(pieces: &[&[u8]]) -> impl stream::Stream<Item = Result<Bytes, Infallible>> + use<> {
    let pieces: Vec<_> = pieces.iter().map(|piece| Ok(Bytes::copy_from_slice(piece))).collect();
    stream::iter(pieces)
}

/// A body whose line breaks behind these bytes.
fn broken(before: &[u8]) -> impl stream::Stream<Item = Result<Bytes, &'static str>> + use<> {
    stream::iter([Ok(Bytes::copy_from_slice(before)), Err("the line broke")])
}

/// A PDF of so many bytes; `what` tells one from another.
fn pdf(what: &str, size: usize) -> Vec<u8> {
    let mut file = format!("%PDF-1.7\n% {what}\n").into_bytes();
    file.resize(size, b'x');
    file
}

fn refusal(result: Result<Stored, EvidenceError>) -> domain::evidence::Refusal {
    match result {
        Err(EvidenceError::Refused(refusal)) => refusal,
        other => panic!("{other:?}"),
    }
}
