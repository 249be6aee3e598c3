//! Invariant 5 for answers: what was acknowledged is on disk, once. The server is killed again and again while people answer; and its
//! disk fills up.

use super::kill::Served;
use super::{copy_of_hanoi, edit, parindex, printed, text};
use app::Code;
use domain::survey::secrecy::LinkCode;
use domain::survey::{Stage, StageEvent};
use std::collections::BTreeSet;
use std::io::{BufRead, BufReader, Write};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;
use std::time::Duration;
use store::Store;
use store::survey::course::StageStep;
use store::survey::invitations::Invitation;
use store::survey::{course, invitations, responses, targets};
use store::testing::{Database, Engine};
use ureq::Agent;

/// How often the server is killed.
const KILLED: u64 = 100;
/// How many people answer at once.
const AT_ONCE: usize = 8;
/// How many are invited: more than can answer.
const INVITED: u32 = 60_000;

/// The code of somebody's link.
fn link(number: u32) -> LinkCode {
    let mut state = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    LinkCode::of(std::array::from_fn(|_| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_be_bytes()[3]
    }))
}

/// The campaign without counts, its fieldwork far from its end; in a database.
fn imported(folder: &Path, database: &str) {
    edit(folder, "campaign", "phase,council", "phase,open");
    edit(
        folder,
        "tasks",
        "2023-12-31,Tháng 10 - 12/2023,October – December 2023,done",
        "2199-12-31,Tháng 10 - 12/2023,October – December 2023,done",
    );
    let tallies = folder.join("tallies.csv");
    std::fs::write(&tallies, "agency,form,question,choice,count\n").unwrap();
    printed(&parindex(&["import", text(folder), "--database", database]));
}

/// Opens fieldwork and invites everybody to rate one department. Gives the target's number.
async fn invited(database: &str, people: u32) -> i64 {
    let store = Store::open(database).await.unwrap();
    let campaign = Code::new("hanoi-2023").unwrap();
    let tx = store.write().await.unwrap();
    for (event, stage) in [(StageEvent::Freeze, Stage::Frozen), (StageEvent::Open, Stage::Fieldwork)] {
        let [by_code, by_name, by_role] = ["vien", "Viện", "survey_officer"].map(str::to_owned);
        let at = "2023-10-20T00:00:00Z".parse().unwrap();
        course::add(&tx, &campaign, &StageStep { event, stage, reason: None, by_code, by_name, by_role, at }).await.unwrap();
    }
    let wanted = (Code::new("S2-2023").unwrap(), vec![Code::new("STC").unwrap()]);
    let target = targets::add(&tx, &campaign, &[wanted]).await.unwrap().first().unwrap().id;
    let somebody = |number| Invitation {
        number,
        target,
        person: number.to_string(),
        name: number.to_string(),
        tag: Some(link(number).tag()),
        issued: 1,
        ..Invitation::default()
    };
    let people: Vec<Invitation> = (1..=people).map(somebody).collect();
    invitations::add(&tx, &campaign, &people).await.unwrap();
    tx.commit().await.unwrap();
    store.close().await.unwrap();
    target
}

/// The fields of a form on which every question has its first answer.
fn fields(folder: &Path) -> String {
    let campaign = app::campaign::read(&app::campaign::Location::Path(folder.to_owned())).unwrap();
    let form = campaign.forms.iter().find(|form| form.code.as_str() == "S2-2023").unwrap();
    let form = domain::survey::form::Form::of(form, &campaign.questions, &campaign.choices).unwrap();
    form.marked().map(|(question, choices)| format!("&0.{}={}", question.name, choices.first().unwrap().name)).collect()
}

/// Sends somebody's answer. None where the line broke; else the status, and the receipt where there is one.
fn answer(agent: &Agent, server: &str, (target, fields): (i64, &str), number: u32) -> Option<(u16, String)> {
    let form = format!("code={}&target={target}&opened=0{fields}", link(number).shown());
    let request = agent.post(format!("{server}/phieu/gui")).header("accept", "application/json");
    let mut response = request.content_type("application/x-www-form-urlencoded").send(form).ok()?;
    Some((response.status().as_u16(), response.body_mut().read_to_string().ok()?))
}

fn agent() -> Agent {
    Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_secs(20))).build().new_agent()
}

async fn stored(database: &str) -> BTreeSet<[u8; 16]> {
    let store = Store::open(database).await.unwrap();
    let snapshot = store.read().await.unwrap();
    let all = responses::after(&snapshot, &Code::new("hanoi-2023").unwrap(), None, u64::from(INVITED) * 2).await.unwrap();
    let nullifiers: BTreeSet<[u8; 16]> = all.iter().map(|response| response.nullifier.0).collect();
    assert_eq!(nullifiers.len(), all.len(), "one nullifier, one answer");
    nullifiers
}

fn killed_while_answering(engine: Engine) {
    let (database, folder) = (Database::durable(engine), copy_of_hanoi());
    imported(folder.path(), database.url());
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let target = runtime.block_on(invited(database.url(), INVITED));
    let fields = fields(folder.path());
    let asked = (target, fields.as_str());
    let (next, acknowledged) = (AtomicU32::new(1), Mutex::new(BTreeSet::new()));
    for round in 0..KILLED {
        let served = Served::on(&database, folder.path());
        let address = served.address.clone();
        thread::scope(|scope| {
            for _ in 0..AT_ONCE {
                scope.spawn(|| {
                    let agent = agent();
                    loop {
                        let number = next.fetch_add(1, Ordering::Relaxed);
                        let Some((status, body)) = answer(&agent, &address, asked, number) else { return };
                        // Whatever else a dying server says is no acknowledgement.
                        if status == 200 {
                            assert!(body.contains(&link(number).receipt().to_string()), "{body}");
                            acknowledged.lock().unwrap().insert(number);
                        }
                    }
                });
            }
            // At another moment each time, in every tenth round before anybody has answered.
            let before = acknowledged.lock().unwrap().len();
            let patience = if round % 10 == 9 { 0 } else { 2_000 };
            (0..patience)
                .take_while(|_| acknowledged.lock().unwrap().len() == before)
                .for_each(|_| thread::sleep(Duration::from_millis(5)));
            thread::sleep(Duration::from_millis(round * 37 % 180));
            drop(served);
        });
    }
    let acknowledged = acknowledged.into_inner().unwrap();
    let found = runtime.block_on(stored(database.url()));
    assert!(acknowledged.len() > 1_000, "only {} were acknowledged", acknowledged.len());
    for number in &acknowledged {
        assert!(found.contains(&link(*number).nullifier().0), "answer {number} was acknowledged and is gone");
    }
    println!("{engine:?}: {} acknowledged, {} stored", acknowledged.len(), found.len());
    // Sent again, each has the same receipt, and nothing is stored twice.
    let served = Served::on(&database, folder.path());
    for number in acknowledged.iter().take(50) {
        let (status, body) = answer(&agent(), &served.address, asked, *number).unwrap();
        assert!(status == 200 && body.contains(&link(*number).receipt().to_string()), "{status}: {body}");
    }
    assert_eq!(runtime.block_on(stored(database.url())).len(), found.len());
}

#[test]
fn killed_while_answering_on_sqlite() {
    killed_while_answering(Engine::Sqlite);
}

#[test]
fn killed_while_answering_on_postgres() {
    killed_while_answering(Engine::Postgres);
}

/// A server whose database lies on a disk of its own that can be filled: a file system in memory, seen by the server alone.
struct OnSmallDisk {
    shell: Child,
    address: String,
    said: BufReader<std::process::ChildStdout>,
}

impl OnSmallDisk {
    fn start(folder: &Path, database: &Path) -> Self {
        let mut shell = Command::new("unshare")
            .args(["--map-root-user", "--mount", "sh", "-c", include_str!("small_disk.sh"), "small_disk.sh"])
            .arg(env!("CARGO_BIN_EXE_parindex"))
            .arg(database)
            .current_dir(folder)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .unwrap_or_else(|error| panic!("a disk of its own takes `unshare`, of util-linux: {error}"));
        let mut said = BufReader::new(shell.stdout.take().unwrap());
        let mut line = String::new();
        said.read_line(&mut line).unwrap();
        let address = line.split_whitespace().find(|word| word.starts_with("http://"));
        Self { address: address.unwrap_or_else(|| panic!("the server said: {line}")).to_owned(), shell, said }
    }

    fn order(&mut self, order: &str) {
        writeln!(self.shell.stdin.as_mut().unwrap(), "{order}").unwrap();
        let mut line = String::new();
        self.said.read_line(&mut line).unwrap();
        assert_eq!(line.trim(), order);
    }
}

impl Drop for OnSmallDisk {
    fn drop(&mut self) {
        // Its input ends, and it cleans up.
        drop(self.shell.stdin.take());
        self.shell.wait().unwrap();
    }
}

#[test]
fn a_full_disk_acknowledges_nothing_and_goes_on_when_there_is_room_again() {
    let folder = copy_of_hanoi();
    let database = folder.path().join("survey.sqlite");
    let url = format!("sqlite:{}", text(&database));
    imported(folder.path(), &url);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let target = runtime.block_on(invited(&url, 3_000));
    let fields = fields(folder.path());
    let asked = (target, fields.as_str());
    let kept = folder.path().join("kept.sqlite");
    let mut server = OnSmallDisk::start(folder.path(), &database);
    let agent = agent();
    let mut acknowledged = Vec::new();
    let mut send = |server: &OnSmallDisk, from: u32, to: u32| {
        let mut refused = 0;
        for number in from..to {
            match answer(&agent, &server.address, asked, number) {
                Some((200, _)) => acknowledged.push(number),
                Some((503, body)) => {
                    assert!(!body.contains(&link(number).receipt().to_string()));
                    refused += 1;
                }
                other => panic!("{number}: {other:?}"),
            }
        }
        refused
    };
    assert_eq!(send(&server, 1, 200), 0);
    server.order("fill");
    let refused = send(&server, 200, 1_200);
    assert!(refused > 500, "only {refused} were refused");
    server.order("free");
    assert_eq!(send(&server, 1_200, 1_400), 0, "it goes on by itself");
    server.order("keep");
    drop(server);
    let found = runtime.block_on(stored(&format!("sqlite:{}", text(&kept))));
    for number in &acknowledged {
        assert!(found.contains(&link(*number).nullifier().0), "answer {number} was acknowledged and is gone");
    }
    assert_eq!(found.len(), acknowledged.len(), "what was refused is not there");
}
