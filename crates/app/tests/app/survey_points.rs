//! From responses and files of other surveys to points, and into the index.

use super::{Hand, process};
use app::documents::Format;
use app::survey::exports::{self, Kept, NotWritten, Wanted};
use app::survey::points::{NotHandedOver, Points, hand_over, now, take_back};
use app::survey::sources::{self, NotTaken};
use app::survey::{SurveyError, course, design};
use app::{Actor, Code, Computed, Context, Error, Stream};
use domain::accounts::{Person, Role};
use domain::campaign::{Campaign, Phase};
use domain::plan::Status;
use domain::survey::answers::Target;
use domain::survey::handover::Refusal;
use domain::survey::quality::{Part, Reading};
use domain::survey::secrecy::Nullifier;
use domain::survey::tally::Channel;
use domain::survey::{Stage, StageEvent, TallyRow};
use std::collections::BTreeMap;
use std::fmt::Write;
use store::Store;
use store::survey::responses::{self, Response};
use store::testing::{Database, Engine};

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

/// The shipped campaign with one department and one district, before its survey.
fn few(phase: Phase) -> Campaign {
    let mut campaign = crate::hanoi();
    let kept = ["STC", "SNV", "D001"].map(code);
    campaign.agencies.retain(|agency| kept.contains(&agency.code));
    campaign.sample.retain(|sample| kept.contains(&sample.agency));
    campaign.claims.retain(|claim| kept.contains(&claim.agency));
    campaign.external.retain(|row| kept.contains(&row.agency) && row.item.as_str() != "8.5");
    campaign.people.retain(|person| matches!(person.role, Role::SurveyOfficer | Role::StandingBody));
    campaign.people.iter_mut().for_each(|person| person.agency = None);
    campaign.tallies.clear();
    campaign.tasks.iter_mut().for_each(|task| (task.status, task.done_on) = (None, None));
    campaign.settings.phase = Some(phase);
    campaign
}

/// What another survey has counted: what the shipped campaign has of the groups that nobody asks, in words of its own.
fn sipas() -> String {
    let mut file = String::from("agency,form,indicator,level,count,value,n\n");
    let campaign = crate::hanoi();
    let kept = |agency: &Code| ["STC", "D001"].contains(&agency.as_str());
    for row in campaign.tallies.iter().filter(|row| kept(&row.agency) && row.form.as_str()[1..].starts_with(['4', '5'])) {
        let TallyRow { agency, form, question, choice, count } = row;
        writeln!(file, "{agency},{form},{question},{choice},{count},,").unwrap();
    }
    for row in campaign.external.iter().filter(|row| kept(&row.agency) && row.item.as_str() == "8.5") {
        writeln!(file, "{},,SIPAS 2023,,,{},{}", row.agency, row.value, row.n.unwrap()).unwrap();
    }
    file
}

const MAPPING: &str = "indicator,form,question,level,choice,item\nsipas 2023,,,,,8.5\n";

struct Institute {
    context: Context,
    campaign: Code,
    people: BTreeMap<Role, Actor>,
    store: Store,
    targets: Vec<Target>,
    _database: Database,
}

impl Institute {
    /// Fieldwork is open.
    async fn with(phase: Phase) -> Self {
        let (campaign, database) = (few(phase), Database::new(Engine::Sqlite));
        let context = process(&database, &Hand::new()).await;
        app::campaign::import(&context, &Actor::at_the_console(), &campaign).await.unwrap();
        let people = campaign.people.iter().rev().map(|person: &Person| (person.role, Actor::from(person))).collect();
        let store = Store::open(database.url()).await.unwrap();
        let mut own =
            Self { context, campaign: campaign.settings.code.clone(), people, store, targets: Vec::new(), _database: database };
        design::freeze(&own.context, own.vien(), &own.campaign).await.unwrap();
        let wanted: Vec<_> = ["S1", "S2", "S3", "H1", "H2", "H3"]
            .map(|form| (code(&format!("{form}-2023")), vec![code(if form.starts_with('S') { "STC" } else { "D001" })]))
            .into();
        let tx = own.store.write().await.unwrap();
        own.targets = store::survey::targets::add(&tx, &own.campaign, &wanted).await.unwrap();
        tx.commit().await.unwrap();
        own.move_on(StageEvent::Open).await;
        own
    }

    fn vien(&self) -> &Actor {
        &self.people[&Role::SurveyOfficer]
    }

    fn noivu(&self) -> &Actor {
        &self.people[&Role::StandingBody]
    }

    async fn move_on(&self, event: StageEvent) {
        course::move_on(&self.context, self.vien(), &self.campaign, event, None).await.unwrap();
    }

    /// So many answers to every form, the same each time; every seventh is a straight line.
    async fn answer(&self, each: usize) -> BTreeMap<(String, String, String, String), u32> {
        let frame = self.context.current().await.unwrap().unwrap();
        let mut counts = BTreeMap::new();
        let mut answers = Vec::new();
        for target in &self.targets {
            let form = frame.survey().form(&target.form).unwrap();
            for number in 0..each {
                let mut marks = String::new();
                for (at, (question, choices)) in form.marked().enumerate() {
                    let place = if number % 7 == 0 { 0 } else { (number * 5 + at * 3) % choices.len() };
                    marks.push(char::from(b'0' + u8::try_from(place).unwrap()));
                    let [agency, form, question, choice] =
                        [&target.agencies[0], &form.code, &question.name, &choices[place].name].map(ToString::to_string);
                    *counts.entry((agency, form, question, choice)).or_insert(0) += 1;
                }
                let mut nullifier = [0; 16];
                nullifier[..8].copy_from_slice(&(answers.len() as u64 + 1).to_be_bytes());
                answers.push(Response {
                    nullifier: Nullifier(nullifier),
                    target: target.id,
                    channel: Channel::Web,
                    pace: Some(200),
                    marks,
                    others: None,
                });
            }
        }
        let tx = self.store.write().await.unwrap();
        responses::add(&tx, &answers).await.unwrap();
        tx.commit().await.unwrap();
        counts
    }

    async fn take_sipas(&self) {
        let file = ("sipas-2023.csv", sipas());
        let mapping = Some(("mapping.csv", MAPPING.as_bytes()));
        let number =
            sources::read_in(&self.context, self.vien(), &self.campaign, (file.0, file.1.as_bytes()), mapping).await.unwrap();
        sources::judge(&self.context, self.vien(), &self.campaign, number, true, "Đúng biên bản bàn giao").await.unwrap();
    }

    async fn points(&self, by: &Actor) -> Result<Points, Error> {
        now(&self.context, by, &self.campaign).await
    }

    async fn hand_over(&self, seen: &str) -> Result<(), NotHandedOver> {
        hand_over(&self.context, self.vien(), &self.campaign, seen, Some(&code("13"))).await
    }

    async fn index(&self) -> Computed {
        let found = self.context.campaign(&self.campaign).await.unwrap().unwrap();
        Computed::new(found.whole()).unwrap()
    }
}

/// Points of every item of every agency, and each index, to the last digit.
fn digits(computed: &Computed) -> String {
    format!("{:?}", computed.results(Stream::Final))
}

#[tokio::test]
async fn what_was_answered_and_brought_comes_into_the_index_as_it_was_seen() {
    let institute = Institute::with(Phase::Council).await;
    let expected = institute.answer(40).await;
    assert!(matches!(institute.points(institute.noivu()).await.err(), Some(Error::Forbidden)), "not before it is handed over");
    let live = institute.points(institute.vien()).await.unwrap();
    let counted = |points: &Points| -> BTreeMap<_, _> {
        let key =
            |row: &TallyRow| (row.agency.to_string(), row.form.to_string(), row.question.to_string(), row.choice.to_string());
        points.counts.tallies.iter().map(|row| (key(row), row.count)).collect()
    };
    assert_eq!((live.stage, counted(&live)), (Stage::Fieldwork, expected.clone()), "counted by hand and by the machine");
    assert!(institute.index().await.campaign().tallies.is_empty(), "nothing is in the index yet");

    institute.take_sipas().await;
    assert!(matches!(institute.hand_over("").await, Err(NotHandedOver::Failed(SurveyError::Stage(Stage::Fieldwork)))));
    institute.move_on(StageEvent::Close).await;
    let closed = institute.points(institute.vien()).await.unwrap();
    assert_ne!(live.counts.hash(), closed.counts.hash());
    let stale = institute.hand_over(&live.counts.hash().to_string()).await;
    assert!(matches!(stale, Err(NotHandedOver::Refused(Refusal::Changed))), "{stale:?}");
    institute.hand_over(&closed.counts.hash().to_string()).await.unwrap();

    let index = institute.index().await;
    assert_eq!((&index.campaign().tallies, &index.campaign().external), (&closed.counts.tallies, &closed.counts.external));
    assert_eq!(institute.context.current().await.unwrap().unwrap().survey().stage, Stage::HandedOver);
    for (block, shown) in index.model().blocks.iter().zip(closed.computed.results(Stream::Final)) {
        let result =
            &index.results(Stream::Final)[index.model().blocks.iter().position(|found| found.code == block.code).unwrap()];
        for (now, then) in result.agencies.iter().zip(&shown.agencies) {
            assert_eq!(now.survey, then.survey, "points of the survey are those that were seen");
            let answered = &*block.agencies[now.agency].code != "SNV";
            assert_eq!(now.survey.missing == 0, answered, "nobody was asked about SNV");
        }
    }
    // From a folder, as `parindex score` reads it.
    let tables = domain::workbook::write(&index.whole());
    let folder = tempfile::tempdir().unwrap();
    documents::workbook::write_folder(&tables, folder.path()).unwrap();
    let read = domain::workbook::read(&documents::workbook::read(folder.path()).unwrap()).unwrap();
    assert_eq!(digits(&Computed::new(read).unwrap()), digits(&index));

    let task = index.campaign().tasks.iter().find(|task| task.code.as_str() == "13").unwrap();
    assert_eq!(task.status, Some(Status::Done));
    let frame = institute.context.current().await.unwrap().unwrap();
    let (_, delivered) = app::plan::history_of(&institute.context, &frame, &code("13")).await.unwrap();
    let hash = closed.counts.hash().to_string();
    assert!(delivered.iter().any(|found| found.title.contains(&hash)));
    let lines = store::audit::lines(&institute.store.read().await.unwrap(), &institute.campaign).await.unwrap();
    assert!(lines.iter().any(|line| line.event.action == "survey.hand_over" && line.event.detail.contains(&hash)));
    assert_eq!(counted(&institute.points(institute.noivu()).await.unwrap()).len(), closed.counts.tallies.len());
}

#[tokio::test]
async fn points_go_back_for_a_reason_until_the_council_has_decided() {
    let institute = Institute::with(Phase::Council).await;
    institute.answer(12).await;
    institute.take_sipas().await;
    institute.move_on(StageEvent::Close).await;
    let standing = institute.index().await.campaign().external.clone();
    let seen = institute.points(institute.vien()).await.unwrap().counts.hash().to_string();
    institute.hand_over(&seen).await.unwrap();
    assert!(matches!(institute.hand_over(&seen).await, Err(NotHandedOver::Failed(SurveyError::Stage(Stage::HandedOver)))));

    let back = async |by: &Actor, reason: &str| take_back(&institute.context, by, &institute.campaign, reason).await;
    let own = back(institute.vien(), "nhầm").await;
    assert!(matches!(own, Err(NotHandedOver::Failed(SurveyError::Failed(Error::Forbidden)))), "{own:?}");
    assert!(matches!(back(institute.noivu(), " ").await, Err(NotHandedOver::Refused(Refusal::NoReason))));
    let late = sources::judge(&institute.context, institute.vien(), &institute.campaign, 1, false, "").await;
    assert!(matches!(late, Err(NotTaken::Failed(SurveyError::Stage(Stage::HandedOver)))), "{late:?}");
    back(institute.noivu(), "Thiếu phiếu của D001").await.unwrap();
    let index = institute.index().await;
    let task = index.campaign().tasks.iter().find(|task| task.code.as_str() == "13").unwrap();
    assert_eq!((task.status, task.done_on), (Some(Status::InProgress), None));
    assert_eq!((index.campaign().tallies.len(), &index.campaign().external), (0, &standing));
    assert!(matches!(institute.points(institute.noivu()).await.err(), Some(Error::Forbidden)));
    // Nothing was lost: the same counts can be handed over again.
    institute.hand_over(&seen).await.unwrap();

    let tx = institute.store.write().await.unwrap();
    let decided = domain::Settings { phase: Some(Phase::Decided), ..index.settings().clone() };
    store::campaign::save_settings(&tx, &decided).await.unwrap();
    tx.commit().await.unwrap();
    let late = back(institute.noivu(), "Thiếu phiếu").await;
    assert!(matches!(late, Err(NotHandedOver::Refused(Refusal::Decided(Phase::Decided)))), "{late:?}");
}

#[tokio::test]
async fn points_are_told_with_and_without_each_rule() {
    let institute = Institute::with(Phase::Appraisal1).await;
    institute.answer(21).await;
    let points = institute.points(institute.vien()).await.unwrap();
    assert_eq!(points.readings.iter().map(|(reading, _)| *reading).collect::<Vec<_>>(), Reading::ALL);
    let of = |wanted: Reading| digits(&points.readings.iter().find(|(reading, _)| *reading == wanted).unwrap().1);
    assert_eq!(of(Reading::Decided), digits(&points.computed));
    assert_eq!(of(Reading::Without(Part::StraightLine)), of(Reading::Decided), "what is flagged counts until people decide");
    assert_ne!(of(Reading::Refusing(Part::StraightLine)), of(Reading::Decided));
}

#[tokio::test]
async fn a_file_counts_once_somebody_has_looked_at_it() {
    let institute = Institute::with(Phase::Open).await;
    let read = async |by: &Actor, file: &str| {
        sources::read_in(&institute.context, by, &institute.campaign, ("sipas.csv", file.as_bytes()), None).await
    };
    let points = async || institute.points(institute.vien()).await.unwrap().counts;
    let good = "agency,form,indicator,level,count\nSTC,S5-2023,hai_long_chung,hai_long,12\nSTC,S5-2023,???,hai_long,1\n";
    let forbidden = read(institute.noivu(), good).await;
    assert!(matches!(forbidden, Err(NotTaken::Failed(SurveyError::Failed(Error::Forbidden)))), "{forbidden:?}");
    assert!(matches!(read(institute.vien(), "agency,form\nSTC,x\n").await, Err(NotTaken::Problems(_))));
    assert!(matches!(read(institute.vien(), "PK\u{3}\u{4}").await, Err(NotTaken::Unreadable(_))));
    let nothing = read(institute.vien(), "agency,form,indicator,level,count\nSTC,S1-2023,chi_dao,tot,1\n").await;
    assert!(matches!(nothing, Err(NotTaken::NothingFits(left)) if left[0].why == sources::Misfit::Asked), "we ask that group");

    let frame = institute.context.current().await.unwrap().unwrap();
    let form = frame.survey().form(&code("S5-2023")).unwrap();
    let (question, choices) = form.marked().next().unwrap();
    let row =
        |count: u32| format!("agency,form,indicator,level,count\nSTC,S5-2023,{},{},{count}\n", question.name, choices[0].name);
    let (before, one) = (points().await, read(institute.vien(), &row(12)).await.unwrap());
    assert_eq!(points().await, before, "it waits");
    assert!(matches!(read(institute.vien(), &row(12)).await, Err(NotTaken::Known(1))));
    let judge = async |number: u32, taken: bool| {
        sources::judge(&institute.context, institute.vien(), &institute.campaign, number, taken, "").await
    };
    judge(one, true).await.unwrap();
    assert!(matches!(judge(one, false).await, Err(NotTaken::Judged)));
    assert_eq!(points().await.tallies[0].count, 12);
    let two = read(institute.vien(), &row(30)).await.unwrap();
    judge(two, false).await.unwrap();
    assert_eq!(points().await.tallies[0].count, 12, "it was refused");
    let three = read(institute.vien(), &row(31)).await.unwrap();
    judge(three, true).await.unwrap();
    assert_eq!(points().await.tallies[0].count, 31, "the newest counts, not the sum");
    let looked = sources::one(&institute.context, institute.vien(), &institute.campaign, three).await.unwrap();
    assert_eq!((looked.sizes[0].answered, looked.sizes[0].is_below_plan()), (31, true));
    assert_eq!(sources::all(&institute.context, institute.vien(), &institute.campaign).await.unwrap().len(), 3);
}

#[tokio::test]
async fn what_leaves_tells_nothing_of_who_came_when_and_nothing_of_few() {
    let institute = Institute::with(Phase::Open).await;
    institute.answer(12).await;
    let file = async |wanted: Wanted| {
        let frame = institute.context.current().await.unwrap().unwrap();
        exports::file(&institute.context, institute.vien(), &frame, &wanted, app::Lang::Vi).await
    };
    let ratings = |form: &str, kept: Kept| Wanted::Ratings(code(form), kept);
    let text = |file: exports::File| String::from_utf8(file.bytes).unwrap();
    let early = file(ratings("S1-2023", Kept::Csv)).await;
    assert!(matches!(early, Err(NotWritten::Failed(SurveyError::Stage(Stage::Fieldwork)))), "{early:?}");

    // Three people answer about another agency by the same form: too few to be told apart, and too few for a pool of their own.
    let tx = institute.store.write().await.unwrap();
    let few = store::survey::targets::add(&tx, &institute.campaign, &[(code("S1-2023"), vec![code("SNV")])]).await.unwrap();
    let marks = "0".repeat(12);
    let few = few.iter().find(|target| target.agencies == [code("SNV")]).unwrap().id;
    let answer = |at: u8| Response {
        nullifier: Nullifier([0xF0 + at; 16]),
        target: few,
        channel: Channel::Web,
        pace: Some(200),
        marks: marks.clone(),
        others: Some("0\tgop_y\tCần nhanh hơn\n".into()),
    };
    responses::add(&tx, &[answer(0), answer(1), answer(2)]).await.unwrap();
    tx.commit().await.unwrap();
    institute.move_on(StageEvent::Close).await;

    let csv = text(file(ratings("S1-2023", Kept::Csv)).await.unwrap());
    let rows: Vec<&str> = csv.lines().skip(1).collect();
    assert_eq!(rows.len(), 15);
    assert!(!csv.contains("SNV") && !csv.contains("STC"), "a pool of one agency would be that agency: both are pooled");
    assert!(!csv.contains("nhanh hơn"), "what people write stands apart");
    assert!(text(file(ratings("S1-2023", Kept::Texts)).await.unwrap()).contains("Cần nhanh hơn"));
    let other = text(file(ratings("S2-2023", Kept::Csv)).await.unwrap());
    assert_eq!(other.lines().filter(|line| line.starts_with("STC,")).count(), 12);
    let sorted: Vec<&str> = other.lines().skip(1).collect();
    assert!(sorted.windows(2).any(|pair| pair[0] != pair[1]), "people answered differently");
    assert_eq!(text(file(ratings("S2-2023", Kept::Csv)).await.unwrap()), other, "the same data, the same file");

    let counts = text(file(Wanted::Counts).await.unwrap());
    assert!(
        counts.contains(",<5")
            && !counts.lines().any(|line| [",1", ",2", ",3", ",4", ",0"].iter().any(|few| line.ends_with(few)))
    );
    for (wanted, starts) in [
        (ratings("S1-2023", Kept::Sav), b"$FL2".as_slice()),
        (ratings("S1-2023", Kept::Xlsx), b"PK"),
        (Wanted::Codebook(code("S1-2023"), Format::Docx), b"PK"),
    ] {
        assert!(file(wanted).await.unwrap().bytes.starts_with(starts));
    }
    let frame = institute.context.current().await.unwrap().unwrap();
    let by_others = exports::file(&institute.context, institute.noivu(), &frame, &Wanted::Counts, app::Lang::Vi).await;
    assert!(matches!(by_others, Err(NotWritten::Failed(SurveyError::Failed(Error::Forbidden)))));
    let lines = store::audit::lines(&institute.store.read().await.unwrap(), &institute.campaign).await.unwrap();
    assert_eq!(lines.iter().filter(|line| line.event.action == "survey.exported").count(), 8);
}
