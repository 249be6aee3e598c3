//! Invariant 5: what was acknowledged is on disk. The server is killed, again and again, while officers save and attach files.

use super::{copy_of_hanoi, edit, parindex, printed, text};
use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::thread;
use std::time::Duration;
use store::Store;
use store::testing::{Database, Engine};
use ureq::Agent;

/// How often the server is killed.
const KILLED: u64 = 50;
/// Who saves what meanwhile: somebody, an agency, and an item of it that asks for `done` and `total`.
const AT_WORK: [(&str, &str, &str); 4] = [
    ("stc.officer", "STC", "1.1.3"),
    ("stc.head", "STC", "1.3.1"),
    ("dongda.officer", "D006", "1.1.2"),
    ("dongda.head", "D006", "1.3.1"),
];

/// `parindex serve` on a database.
pub(crate) struct Served {
    process: Child,
    pub(crate) address: String,
}

impl Served {
    pub(crate) fn on(database: &Database, folder: &std::path::Path) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_parindex"))
            .args(["serve", "--demonstration-sign-in", "--port", "0", "--lang", "en", "--evidence", "evidence"])
            .env("DATABASE_URL", database.url())
            .env("PARINDEX_LOG", "error")
            .current_dir(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut line = String::new();
        BufReader::new(process.stderr.take().unwrap()).read_line(&mut line).unwrap();
        let address = line.split_whitespace().find(|word| word.starts_with("http://"));
        Self { address: address.unwrap_or_else(|| panic!("the server said: {line}")).to_owned(), process }
    }
}

/// SIGKILL: nothing is finished, nothing is flushed.
impl Drop for Served {
    fn drop(&mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }
}

/// Somebody's browser; none of its requests is repeated by itself.
struct Browser {
    agent: Agent,
    server: String,
    cookie: String,
    csrf: String,
}

impl Browser {
    /// None where the server is gone.
    fn sign_in(server: &str, person: &str) -> Option<Self> {
        let config = Agent::config_builder().http_status_as_error(false).max_redirects(0);
        let agent = config.timeout_global(Some(Duration::from_secs(20))).build().new_agent();
        let mut browser = Self { agent, server: server.into(), cookie: String::new(), csrf: String::new() };
        let (_, cookie, _) = browser.post("/sign-in", &format!("person={person}"))?;
        browser.cookie = cookie?;
        Some(browser)
    }

    fn get(&mut self, path: &str) -> Option<String> {
        let request = self.agent.get(format!("{}{path}", self.server)).header("cookie", &self.cookie);
        let body = request.call().ok()?.body_mut().read_to_string().ok()?;
        self.csrf = between(&body, "name=\"csrf\" value=\"")?.to_owned();
        Some(body)
    }

    /// Status, cookie, and the whole body: what broke off is no answer.
    fn post(&self, path: &str, form: &str) -> Option<(u16, Option<String>, String)> {
        self.send(path, "application/x-www-form-urlencoded", form)
    }

    fn send(&self, path: &str, kind: &str, body: &str) -> Option<(u16, Option<String>, String)> {
        let request = self
            .agent
            .post(format!("{}{path}", self.server))
            .header("cookie", &self.cookie)
            .header("x-csrf-token", &self.csrf)
            .header("hx-request", "true")
            .header("sec-fetch-site", "same-origin")
            .content_type(kind);
        let mut response = request.send(body).ok()?;
        let cookie = response.headers().get("set-cookie").and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next()).map(str::to_owned);
        let status = response.status().as_u16();
        Some((status, cookie, response.body_mut().read_to_string().ok()?))
    }
}

fn between<'a>(text: &'a str, before: &str) -> Option<&'a str> {
    text.split_once(before)?.1.split_once('"').map(|(found, _)| found)
}

/// What was acknowledged, by agency and item, in order.
type Acknowledged = Mutex<BTreeMap<(&'static str, &'static str), Vec<String>>>;

/// Saves one remark after the other until the server is gone.
fn saves(server: &str, round: u64, (person, agency, item): (&'static str, &'static str, &'static str), all: &Acknowledged) {
    let path = format!("/agencies/{agency}/assessment/{item}");
    let Some(mut browser) = Browser::sign_in(server, person) else { return };
    let Some(page) = browser.get(&path) else { return };
    let mut revision = between(&page, "name=\"revision\" value=\"").unwrap().to_owned();
    for number in 1.. {
        let remark = format!("{round}.{number}");
        let form = format!("revision={revision}&in.done={}&in.total=100&remark={remark}", number % 100);
        let Some((status, _, body)) = browser.post(&path, &form) else { return };
        assert_eq!(status, 200, "{path}: {body}");
        body_revision(&body).clone_into(&mut revision);
        all.lock().unwrap().entry((agency, item)).or_default().push(remark);
    }
}

/// Attaches one file after the other until the server is gone.
fn attaches(server: &str, round: u64, all: &Mutex<Vec<String>>) {
    let Some(mut browser) = Browser::sign_in(server, "stc.officer") else { return };
    let Some(_) = browser.get("/agencies/STC/evidence") else { return };
    for number in 1.. {
        let file = format!("%PDF-1.7 {round}.{number} {}", "x".repeat(20_000));
        let head = "Content-Disposition: form-data; name=\"file\"; filename=\"a.pdf\"\r\nContent-Type: application/pdf";
        let csrf = format!("--X\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n{}\r\n", browser.csrf);
        let form = format!("{csrf}--X\r\n{head}\r\n\r\n{file}\r\n--X--\r\n");
        let Some((status, _, body)) = browser.send("/agencies/STC/evidence", "multipart/form-data; boundary=X", &form) else {
            return;
        };
        assert!(matches!(status, 200 | 303), "{status}: {body}");
        all.lock().unwrap().push(file);
    }
}

fn body_revision(body: &str) -> &str {
    between(body, "name=\"revision\" value=\"").unwrap_or_else(|| panic!("no revision in {body}"))
}

fn killed_while_saving(engine: Engine) {
    let (database, folder) = (Database::new(engine), copy_of_hanoi());
    edit(folder.path(), "campaign", "phase,council", "phase,open");
    edit(folder.path(), "tasks", "2023-11-30,30/11/2023", "2199-12-31,30/11/2023");
    printed(&parindex(&["import", text(folder.path()), "--database", database.url()]));
    let (acknowledged, attached) = (Acknowledged::default(), Mutex::default());
    for round in 0..KILLED {
        let served = Served::on(&database, folder.path());
        let address = served.address.clone();
        thread::scope(|scope| {
            for who in AT_WORK {
                let (address, acknowledged) = (&address, &acknowledged);
                scope.spawn(move || saves(address, round, who, acknowledged));
            }
            let (address, attached) = (&address, &attached);
            scope.spawn(move || attaches(address, round, attached));
            // At another moment each time, in every tenth round before anything is saved.
            let count = || acknowledged.lock().unwrap().values().map(Vec::len).sum::<usize>();
            let before = count();
            let patience = if round % 10 == 9 { 0 } else { 2_000 };
            (0..patience).take_while(|_| count() == before).for_each(|_| thread::sleep(Duration::from_millis(10)));
            thread::sleep(Duration::from_millis(round * 37 % 240));
            drop(served);
        });
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    assert_eq!(acknowledged.len(), AT_WORK.len(), "somebody never got anything saved");
    let attached = attached.into_inner().unwrap();
    let found = files(&Served::on(&database, folder.path()));
    let kept: Vec<&String> = found.iter().filter(|kept| attached.contains(kept)).collect();
    assert!(!attached.is_empty(), "nobody ever got a file attached");
    assert_eq!(kept.len(), attached.len(), "each file that was acknowledged is there, once");
    println!("{engine:?}: {} files acknowledged, {} kept", attached.len(), found.len());

    let runtime = tokio::runtime::Runtime::new().unwrap();
    for ((agency, item), remarks) in &acknowledged {
        let kept = runtime.block_on(remarks_kept(&database, agency, item));
        // What was under way when the server was killed may have been kept as well; what was acknowledged must be, once, in order.
        let found: Vec<&String> = kept.iter().filter(|kept| remarks.contains(kept)).collect();
        assert_eq!(found, remarks.iter().collect::<Vec<_>>(), "{agency} {item}");
        println!("{engine:?} {agency} {item}: {} acknowledged, {} kept", remarks.len(), kept.len());
    }
}

/// The files of every document of the agency, as they are sent.
fn files(served: &Served) -> Vec<String> {
    let browser = Browser::sign_in(&served.address, "stc.officer").unwrap();
    let file = |number: u32| {
        let request = browser.agent.get(format!("{}/agencies/STC/evidence/{number}/files/1", served.address));
        let mut answer = request.header("cookie", &browser.cookie).call().unwrap();
        (answer.status() == 200).then(|| answer.body_mut().read_to_string().unwrap())
    };
    (1..).map_while(file).collect()
}

/// Every remark that was ever recorded, oldest first.
async fn remarks_kept(database: &Database, agency: &str, item: &str) -> Vec<String> {
    let code = |text: &str| app::Code::new(text).unwrap();
    let snapshot = Store::open(database.url()).await.unwrap().read().await.unwrap();
    let history = store::assessment::history(&snapshot, &code("hanoi-2023"), &code(agency), &code(item)).await.unwrap();
    let remarks =
        history.into_iter().filter(|revision| revision.recorded.by.contains('.')).filter_map(|revision| revision.claim.remark);
    let mut remarks: Vec<String> = remarks.collect();
    remarks.dedup();
    remarks
}

#[test]
fn killed_while_saving_on_sqlite() {
    killed_while_saving(Engine::Sqlite);
}

#[test]
fn killed_while_saving_on_postgres() {
    killed_while_saving(Engine::Postgres);
}
