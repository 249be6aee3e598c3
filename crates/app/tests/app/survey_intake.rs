//! Answers come in: once each, durably, and apart from the links they came by.

use crate::{Hand, process};
use app::survey::answering::{self, Entrance, NotTaken};
use app::{Actor, Context};
use domain::survey::secrecy::LinkCode;
use domain::survey::tally::Counter;
use domain::survey::{Stage, StageEvent};
use domain::{Campaign, Code};
use std::collections::HashSet;
use store::Store;
use store::survey::course::StageStep;
use store::survey::doors::DoorRow;
use store::survey::invitations::Invitation;
use store::survey::{course, doors, invitations, responses, targets};
use store::testing::{Database, on_both};

/// A campaign with little in it: its survey is what matters.
pub(crate) fn small() -> Campaign {
    let whole = crate::hanoi();
    let agencies: HashSet<Code> = ["STC", "STP", "BDT"].iter().map(|code| Code::new(code).unwrap()).collect();
    Campaign {
        agencies: whole.agencies.into_iter().filter(|agency| agencies.contains(&agency.code)).collect(),
        sample: whole.sample.into_iter().filter(|sample| agencies.contains(&sample.agency)).collect(),
        people: whole.people.into_iter().filter(|person| person.agency.as_ref().is_none_or(|at| agencies.contains(at))).collect(),
        external: whole.external.into_iter().filter(|figure| agencies.contains(&figure.agency)).collect(),
        claims: Vec::new(),
        tallies: Vec::new(),
        ..whole
    }
}

/// A code by number.
pub(crate) fn link(number: u32) -> LinkCode {
    let mut random = [7; 20];
    for (to, from) in random.iter_mut().zip(blake(number)) {
        *to = from;
    }
    LinkCode::of(random)
}

/// Bytes that follow from a number, and look like chance.
fn blake(number: u32) -> impl Iterator<Item = u8> {
    let mut state = u64::from(number).wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    std::iter::repeat_with(move || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 32) as u8
    })
}

/// The small campaign in its fieldwork, with a target for each agency and for all, and so many people invited to each.
pub(crate) async fn fieldwork(context: &Context, database: &Database, people: u32) -> Vec<domain::survey::answers::Target> {
    let campaign = small();
    app::campaign::import(context, &Actor::at_the_console(), &campaign).await.unwrap();
    let code = &campaign.settings.code;
    let tx = Store::open(database.url()).await.unwrap().write().await.unwrap();
    for (event, stage) in [(StageEvent::Freeze, Stage::Frozen), (StageEvent::Open, Stage::Fieldwork)] {
        let step = StageStep {
            event,
            stage,
            reason: None,
            by_code: "vien".into(),
            by_name: "vien".into(),
            by_role: "survey_officer".into(),
            at: context.now(),
        };
        course::add(&tx, code, &step).await.unwrap();
    }
    let form = |code: &str| Code::new(code).unwrap();
    let agency = |code: &str| Code::new(code).unwrap();
    let wanted = [
        (form("S2-2023"), vec![agency("STC")]),
        (form("S2-2023"), vec![agency("STP")]),
        (form("S1-2023"), vec![agency("BDT"), agency("STC"), agency("STP")]),
    ];
    let targets = targets::add(&tx, code, &wanted).await.unwrap();
    let mut rows = Vec::new();
    for (at, target) in targets.iter().enumerate() {
        for person in 0..people {
            let number = u32::try_from(at).unwrap() * people + person + 1;
            rows.push(invited(number, target.id));
        }
    }
    invitations::add(&tx, code, &rows).await.unwrap();
    tx.commit().await.unwrap();
    targets
}

/// Somebody with a link of their own.
fn invited(number: u32, target: i64) -> Invitation {
    Invitation {
        number,
        target,
        person: format!("p{number}"),
        name: format!("Người {number}"),
        tag: Some(link(number).tag()),
        issued: 1,
        ..Invitation::default()
    }
}

/// Answers every question of the target's form by the choice at a place that depends on who answers.
async fn answer(context: &Context, entrance: &Entrance, target: i64, who: usize) -> Result<String, NotTaken> {
    let frame = context.current().await.unwrap().unwrap();
    let form = frame.survey().form(&frame.survey().target(target).unwrap().form).unwrap().clone();
    let said = |_: usize, question: &Code| {
        let question = form.questions.iter().find(|found| found.name == *question)?;
        let choices = question.choices();
        choices.get((who + question.name.as_str().len()) % choices.len().max(1)).map(|choice| choice.name.as_str())
    };
    answering::submit(context, entrance, target, Some(120), said).await.map(|receipt| receipt.to_string())
}

async fn stored(database: &Database) -> u64 {
    let store = Store::open(database.url()).await.unwrap();
    let counts = responses::counts(&store.read().await.unwrap()).await.unwrap();
    counts.iter().map(|(_, _, many)| many).sum()
}

/// The numbers of invitations that stand as used.
async fn marked(database: &Database, campaign: &Code) -> HashSet<u32> {
    let store = Store::open(database.url()).await.unwrap();
    let all = invitations::all(&store.read().await.unwrap(), campaign).await.unwrap();
    all.into_iter().filter(|invitation| invitation.used).map(|invitation| invitation.number).collect()
}

fn hanoi_code() -> Code {
    Code::new("hanoi-2023").unwrap()
}

on_both! {
    async fn one_link_answers_once_however_often_and_however_fast_it_is_sent(database: Database) {
        let clock = Hand::at("2023-11-20T02:00:00Z");
        let context = process(&database, &clock).await;
        let targets = fieldwork(&context, &database, 8).await;
        let entrance = Entrance::Link(link(1));
        let mut tasks = Vec::new();
        for who in 0..50 {
            let (context, entrance, target) = (context.clone(), entrance.clone(), targets[0].id);
            tasks.push(tokio::spawn(async move { answer(&context, &entrance, target, who).await.unwrap() }));
        }
        let mut receipts = HashSet::new();
        for task in tasks {
            receipts.insert(task.await.unwrap());
        }
        assert_eq!(receipts, HashSet::from([entrance.receipt().to_string()]), "each was given the same receipt");
        assert_eq!(stored(&database).await, 1);
        // From another process too.
        let other = process(&database, &clock).await;
        assert_eq!(answer(&other, &entrance, targets[0].id, 3).await.unwrap(), entrance.receipt().to_string());
        assert_eq!(stored(&database).await, 1);
    }

    async fn what_is_no_link_or_comes_too_late_is_not_taken(database: Database) {
        let clock = Hand::at("2023-11-20T02:00:00Z");
        let context = process(&database, &clock).await;
        let targets = fieldwork(&context, &database, 8).await;
        let nobody = Entrance::Link(link(999));
        assert!(matches!(answering::open(&context, &nobody).await, Err(NotTaken::Unknown)));
        assert!(matches!(answer(&context, &nobody, targets[0].id, 0).await, Err(NotTaken::Unknown)));
        // A link to one target answers no other.
        assert!(matches!(answer(&context, &Entrance::Link(link(1)), targets[1].id, 0).await, Err(NotTaken::Unknown)));
        // What fits no question is said, and nothing is stored.
        let said = |_: usize, _: &Code| Some("no_such_choice");
        let refused = answering::submit(&context, &Entrance::Link(link(1)), targets[0].id, None, said).await;
        assert!(matches!(refused, Err(NotTaken::Faults(faults)) if !faults.is_empty()));
        assert_eq!(stored(&database).await, 0);

        clock.set("2023-12-31T16:59:59Z");
        answer(&context, &Entrance::Link(link(1)), targets[0].id, 0).await.unwrap();
        clock.set("2023-12-31T17:00:00Z");
        assert!(matches!(answer(&context, &Entrance::Link(link(2)), targets[0].id, 0).await, Err(NotTaken::Closed)), "midnight in Hanoi");
        assert!(matches!(answering::open(&context, &Entrance::Link(link(2))).await, Err(NotTaken::Closed)));
        assert_eq!(stored(&database).await, 1);
    }

    async fn an_open_link_takes_so_many_and_each_once(database: Database) {
        let context = process(&database, &Hand::at("2023-11-20T02:00:00Z")).await;
        let targets = fieldwork(&context, &database, 1).await;
        let code = Code::new("motcua-stc").unwrap();
        let door = DoorRow { code: code.clone(), target: targets[0].id, place: "Một cửa".into(), limit: 3, answered: 0, closed: false };
        let store = Store::open(database.url()).await.unwrap();
        let tx = store.write().await.unwrap();
        doors::add(&tx, &hanoi_code(), &door).await.unwrap();
        tx.commit().await.unwrap();
        for who in [1, 2, 2, 3] {
            answer(&context, &Entrance::Door(code.clone(), link(who)), door.target, 0).await.unwrap();
        }
        assert!(matches!(answer(&context, &Entrance::Door(code.clone(), link(4)), door.target, 0).await, Err(NotTaken::Full)));
        assert!(answer(&context, &Entrance::Door(code.clone(), link(2)), door.target, 0).await.is_ok(), "sent again");
        assert_eq!(stored(&database).await, 3);
        let door = doors::all(&store.read().await.unwrap(), &hanoi_code()).await.unwrap().remove(0);
        assert_eq!(door.answered, 3);
    }

    /// A matrix form: agencies of which nothing is said are not rated, the others count.
    async fn one_answer_rates_several_agencies(database: Database) {
        let context = process(&database, &Hand::at("2023-11-20T02:00:00Z")).await;
        let targets = fieldwork(&context, &database, 1).await;
        let frame = context.current().await.unwrap().unwrap();
        let form = frame.survey().form(&targets[2].form).unwrap().clone();
        let said = |agency: usize, question: &Code| {
            let question = form.questions.iter().find(|found| found.name == *question)?;
            (agency != 1).then(|| question.choices().first().map(|choice| choice.name.as_str())).flatten()
        };
        answering::submit(&context, &Entrance::Link(link(3)), targets[2].id, Some(300), said).await.unwrap();
        let store = Store::open(database.url()).await.unwrap();
        let snapshot = store.read().await.unwrap();
        let mut counter = Counter::new(&frame.survey().forms, &targets, frame.settings().validity());
        responses::fold(&snapshot, |response| counter.add(response)).await.unwrap();
        let rated: HashSet<String> = counter.tallies().iter().map(|row| row.agency.to_string()).collect();
        assert_eq!(rated, HashSet::from(["BDT".to_owned(), "STP".to_owned()]));
        assert!(counter.tallies().iter().all(|row| row.count == 1));
    }

    /// The attack of docs/method.md. The attacker copies the whole database after every single answer, and knows the order in which the
    /// answers came: more than the threat model grants. What changes about invitations between two copies then always concerns at least
    /// k of them, for as many answers to the same form about the same agency; within such a lot the attacker can only guess.
    async fn nobody_joins_answers_and_invitations(database: Database) {
        let (pairs, right) = attack(&database, 5).await;
        assert_eq!(pairs, 40, "eight lots of five");
        assert!(right * 5 <= pairs + 1, "{right} of {pairs} is more than guessing");
    }

    /// The attack is a real one: where lots are of one, it finds everybody.
    async fn the_attack_succeeds_where_links_are_marked_one_by_one(database: Database) {
        let (pairs, right) = attack(&database, 1).await;
        assert_eq!((pairs, right), (40, 40));
    }
}

/// Lets forty people answer, one after the other, and attacks. Gives how many pairs of invitation and response the attacker could name,
/// and how many of them are right if ties are resolved by the order of the table.
async fn attack(database: &Database, k: u32) -> (usize, usize) {
    let context = process(database, &Hand::at("2023-11-20T02:00:00Z")).await;
    let targets = fieldwork(&context, database, 40).await;
    let campaign = hanoi_code();
    let store = Store::open(database.url()).await.unwrap();
    let mut settings = context.current().await.unwrap().unwrap().settings().clone();
    settings.small_cell = Some(k);
    let tx = store.write().await.unwrap();
    store::campaign::save_settings(&tx, &settings).await.unwrap();
    tx.commit().await.unwrap();

    // They come in another order than they were invited in.
    let order: Vec<u32> = (0..40).map(|at| (at * 17 + 5) % 40 + 1).collect();
    let (mut known, mut waiting, mut pairs, mut right) = (HashSet::new(), Vec::new(), 0, 0);
    for (at, number) in order.iter().enumerate() {
        answer(&context, &Entrance::Link(link(*number)), targets[0].id, at).await.unwrap();
        waiting.push(*number);
        // Marks follow the answer; wait until they would be there.
        if waiting.len() >= k as usize {
            while marked(database, &campaign).await.len() < at + 1 {
                tokio::task::yield_now().await;
            }
        }
        let now = marked(database, &campaign).await;
        let mut lot: Vec<u32> = now.difference(&known).copied().collect();
        if lot.is_empty() {
            assert!(waiting.len() < k as usize);
            continue;
        }
        assert!(lot.len() >= k as usize && lot.len() == waiting.len(), "a lot has at least k, and as many answers");
        // The best that is left: the n-th of the lot as it lies there gave the n-th answer.
        lot.sort_unstable();
        pairs += lot.len();
        right += lot.iter().zip(&waiting).filter(|(guess, truth)| guess == truth).count();
        known = now;
        waiting.clear();
    }

    // Nothing that stands with an invitation stands with a response, nor does anything that can be made of it.
    let seen = database.seen().await;
    let of = |table: &str| seen.iter().find(|seen| seen.table == table).unwrap().rows.clone();
    let nullifiers: HashSet<String> = of("survey_responses").into_iter().flatten().filter(|cell| cell.len() == 32).collect();
    assert_eq!(nullifiers.len(), 40);
    let everywhere_else: Vec<&String> =
        seen.iter().filter(|seen| seen.table != "survey_responses").flat_map(|seen| seen.rows.iter().flatten()).collect();
    assert!(!everywhere_else.iter().any(|cell| nullifiers.iter().any(|nullifier| cell.contains(nullifier.as_str()))));
    for row in of("survey_invitations") {
        for cell in row {
            let bytes = hex_bytes(&cell);
            for derived in [LinkCode::parse(&cell), bytes.map(LinkCode::of)].into_iter().flatten() {
                assert!(!nullifiers.contains(&hex_of(&derived.nullifier().0)), "made of {cell}");
            }
        }
    }
    // On PostgreSQL each row tells which transaction wrote it: none wrote both a response and a mark.
    if database.engine() == store::testing::Engine::Postgres {
        let wrote = |table: &str| of(table).into_iter().map(|row| row[1].clone()).collect::<HashSet<_>>();
        assert!(wrote("survey_responses").is_disjoint(&wrote("survey_invitations")));
    }
    // The codes themselves are in no file, whole or in groups.
    let shown = order.iter().map(|number| link(*number).shown());
    let written: Vec<String> = shown.flat_map(|code| [code.replace('-', ""), code]).collect();
    assert!(!database.holds(&written), "a code is in the files of the database");
    assert!(database.holds(&["Người 17".to_owned()]), "and the search would find it");
    (pairs, right)
}

fn hex_of(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// The bytes of a cell in hexadecimal, filled up to the length of a code.
fn hex_bytes(cell: &str) -> Option<[u8; 20]> {
    let mut bytes = [0; 20];
    for (to, pair) in bytes.iter_mut().zip(cell.as_bytes().chunks_exact(2)) {
        *to = u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()?;
    }
    Some(bytes)
}
