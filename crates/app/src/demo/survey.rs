//! The survey as it was in an earlier phase: who was invited, and what they answered, made from the counts of the workbook. Everything
//! here is invented by a fixed seed: the same demonstration has the same answers.

use super::Start;
use super::dice::Dice;
use super::hours::hours;
use super::people;
use crate::{Context, Error};
use chrono::{NaiveDate, NaiveTime};
use domain::survey::answers::{Target, UNANSWERED, mark};
use domain::survey::form::{Form, Kind};
use domain::survey::inviting::Way;
use domain::survey::secrecy::{Nullifier, Tag};
use domain::survey::tally::Channel;
use domain::survey::{Rates, Stage, StageEvent, TallyRow, design, frame};
use domain::{Campaign, Code};
use std::collections::HashMap;
use store::Transaction;
use store::survey::course::StageStep;
use store::survey::designs::Design;
use store::survey::doors::DoorRow;
use store::survey::invitations::Invitation;
use store::survey::responses::Response;

/// The days of the survey's steps, of 2023.
const STEPS: [(StageEvent, Stage, (u32, u32)); 4] = [
    (StageEvent::Freeze, Stage::Frozen, (10, 20)),
    (StageEvent::Open, Stage::Fieldwork, (10, 26)),
    (StageEvent::Close, Stage::Closed, (12, 31)),
    (StageEvent::HandOver, Stage::HandedOver, (12, 31)),
];
/// How many people are listed for an agency; those of a matrix form are as many as the plan asks.
const INVITED: usize = 8;
/// Of so many, this many are marked as used: a lot.
const MARKED: usize = 5;
/// Where open links hang, and how many have answered by each.
const DOORS: [(&str, &str, u32); 6] = [
    ("S5-2023", "STC", 64),
    ("S5-2023", "SGTVT", 58),
    ("S5-2023", "SXD", 47),
    ("H5-2023", "D006", 83),
    ("H5-2023", "D005", 41),
    ("H4-2023", "D006", 36),
];
const OPINION: &str = "Đề nghị rút ngắn thời gian giải quyết hồ sơ (ý kiến mô phỏng).";

/// Whether answers of this survey are still to be counted on that day.
pub(super) fn is_counted(start: Start) -> bool {
    matches!(start, Start::Appraisal2 | Start::Council | Start::Published)
}

/// Whether the survey has begun, and its course is told.
fn is_told(start: Start) -> bool {
    !matches!(start, Start::Draft | Start::Council | Start::Published)
}

/// Lets the survey be where it was. `whole` is the campaign to its end: its counts say how people answered.
pub(super) async fn simulate(context: &Context, whole: &Campaign, start: Start) -> Result<(), Error> {
    if !is_told(start) {
        return Ok(());
    }
    let code = &whole.settings.code;
    let tx = context.store().write().await?;
    course(&tx, whole, start).await?;
    if !is_counted(start) {
        let targets = store::survey::targets::add(&tx, code, &rated(whole)).await?;
        let mut dice = Dice::new(2023);
        invite(&tx, whole, &targets, &mut dice).await?;
        answer(&tx, whole, &targets, &mut dice).await?;
        count_hours(&tx, whole, &targets, start.day(), &mut dice).await?;
    }
    Ok(tx.commit().await?)
}

/// Records when answers came, as they would have been counted by the hour.
async fn count_hours(
    tx: &Transaction,
    whole: &Campaign,
    targets: &[Target],
    until: NaiveDate,
    dice: &mut Dice,
) -> Result<(), Error> {
    let open = STEPS.iter().find(|(event, ..)| *event == StageEvent::Open);
    let opened = open.and_then(|(.., (month, day))| NaiveDate::from_ymd_opt(2023, *month, *day)).unwrap_or_default();
    let mut there = store::survey::responses::counts(tx).await?;
    let is_burst =
        |target: &&Target| target.form.as_str() == "S3-2023" && target.agencies.iter().any(|code| code.as_str() == "STC");
    let burst = targets.iter().find(is_burst).map(|target| target.id);
    // The database gives them in whatever order.
    there.sort_unstable_by_key(|(target, channel, _)| (*target, *channel));
    let rows = hours(&there, opened, until, burst, dice);
    Ok(store::survey::progress::add(tx, &whole.settings.code, &rows).await?)
}

async fn course(tx: &Transaction, whole: &Campaign, start: Start) -> Result<(), Error> {
    let code = &whole.settings.code;
    let by = whole.people.iter().find(|person| person.role == domain::accounts::Role::SurveyOfficer);
    let (by_code, by_name) = by.map(|person| (person.code.to_string(), person.name.clone())).unwrap_or_default();
    let nine = NaiveTime::from_hms_opt(2, 0, 0).unwrap_or_default();
    for (event, stage, (month, day)) in STEPS {
        let on = NaiveDate::from_ymd_opt(2023, month, day).unwrap_or_default();
        if on >= start.day() {
            continue;
        }
        let at = on.and_time(nine).and_utc();
        let mut reason = None;
        if event == StageEvent::Freeze {
            let document = design::document(whole);
            let hash = design::hash(&document).to_string();
            reason = Some(hash.clone());
            let (by_code, by_name) = (by_code.clone(), by_name.clone());
            let design = Design { version: 1, hash, document, reason: None, by_code, by_name, at };
            store::survey::designs::add(tx, code, &design).await?;
        }
        let by_role = domain::accounts::Role::SurveyOfficer.word().to_owned();
        let step = StageStep { event, stage, reason, by_code: by_code.clone(), by_name: by_name.clone(), by_role, at };
        store::survey::course::add(tx, code, &step).await?;
    }
    Ok(())
}

/// What is rated: by the groups that are asked, and where open links hang.
fn rated(whole: &Campaign) -> Vec<(Code, Vec<Code>)> {
    let mut rated = Vec::new();
    for form in whole.forms.iter().filter(|form| frame::is_asked(whole, &form.code)) {
        let agencies = whole.agencies.iter().filter(|agency| agency.block == form.block && agency.is_assessed());
        let agencies: Vec<Code> = agencies.map(|agency| agency.code.clone()).collect();
        match frame::rates(whole, &form.code) {
            Rates::All => rated.push((form.code.clone(), agencies)),
            Rates::One => rated.extend(agencies.into_iter().map(|agency| (form.code.clone(), vec![agency]))),
        }
    }
    rated.extend(DOORS.iter().filter_map(|(form, agency, _)| Some((Code::new(form)?, vec![Code::new(agency)?]))));
    rated
}

/// Invites some people for each target, in an order drawn by lot, and hangs up open links.
async fn invite(tx: &Transaction, whole: &Campaign, targets: &[Target], dice: &mut Dice) -> Result<(), Error> {
    let mut invitations = Vec::new();
    for target in targets.iter().filter(|target| frame::is_asked(whole, &target.form)) {
        let of_all = target.agencies.len() > 1;
        let many = if of_all { most_planned(whole, target) } else { INVITED };
        for at in 0..many {
            let person = format!(
                "{}-{}-{:03}",
                target.form,
                target.agencies.first().filter(|_| !of_all).map_or("HDND", Code::as_str),
                at + 1
            );
            let name = people::name(dice);
            // One has no address and one stands in reserve, so that slips and the reserve have something to show.
            let (printed, reserve) = (at % INVITED == 5, !of_all && at + 1 == many);
            let email = (!printed).then(|| format!("{}@parindex.example", people::plain(&person)));
            let used = at % INVITED < MARKED && (!of_all || at < many * 3 / 5);
            invitations.push(Invitation {
                target: target.id,
                name,
                place: printed.then(|| "Văn phòng".to_owned()),
                reserve,
                tag: (!reserve && !printed).then(|| Tag(dice.bytes())),
                issued: u32::from(!reserve && !printed),
                issued_on: (!reserve && !printed).then(|| NaiveDate::from_ymd_opt(2023, 10, 27)).flatten(),
                way: (!reserve && !printed).then_some(Way::Mail),
                used,
                person,
                email,
                ..Invitation::default()
            });
        }
    }
    dice.shuffle(&mut invitations);
    for (invitation, number) in invitations.iter_mut().zip(1..) {
        invitation.number = number;
    }
    store::survey::invitations::add(tx, &whole.settings.code, &invitations).await?;
    for ((form, agency, answered), at) in DOORS.iter().zip(1..) {
        let is_it = |target: &&Target| target.form.as_str() == *form && target.agencies.iter().any(|one| one.as_str() == *agency);
        let (Some(target), Some(code)) = (targets.iter().find(is_it), Code::new(&format!("mau-{at}-{}", people::plain(agency))))
        else {
            continue;
        };
        let place = "Bộ phận tiếp nhận và trả kết quả".to_owned();
        let door = DoorRow { code, target: target.id, place, limit: 200, answered: *answered, closed: false };
        store::survey::doors::add(tx, &whole.settings.code, &door).await?;
    }
    Ok(())
}

fn most_planned(whole: &Campaign, target: &Target) -> usize {
    let planned = whole.sample.iter().filter(|sample| sample.form == target.form).map(|sample| sample.planned);
    usize::try_from(planned.max().unwrap_or(0)).unwrap_or(0)
}

/// How often each choice of a question was made, by agency, form and question.
type Counts<'a> = HashMap<(&'a str, &'a str, &'a str), Vec<(&'a str, u32)>>;

/// Answers from the counts: each question by itself, so that nothing but the shares is as it was.
async fn answer(tx: &Transaction, whole: &Campaign, targets: &[Target], dice: &mut Dice) -> Result<(), Error> {
    let mut counts = Counts::new();
    for TallyRow { agency, form, question, choice, count } in &whole.tallies {
        counts.entry((agency.as_str(), form.as_str(), question.as_str())).or_default().push((choice.as_str(), *count));
    }
    let mut responses = Vec::new();
    for target in targets {
        let row = whole.forms.iter().find(|form| form.code == target.form);
        let Some(form) = row.and_then(|row| Form::of(row, &whole.questions, &whole.choices)) else { continue };
        let is_door = |(of, agency, _): &&(&str, &str, u32)| {
            target.form.as_str() == *of && target.agencies.iter().any(|one| one.as_str() == *agency)
        };
        let many = match DOORS.iter().find(is_door) {
            Some((.., answered)) => *answered,
            // Some are still to come.
            None => most_answered(&counts, target, &form) * dice.between(86, 104) / 100,
        };
        for _ in 0..many {
            responses.push(one(&counts, target, &form, dice));
        }
    }
    responses.sort_by_key(|response| response.nullifier);
    store::survey::responses::add(tx, &responses).await?;
    Ok(())
}

fn most_answered(counts: &Counts<'_>, target: &Target, form: &Form) -> u32 {
    let cells = target.agencies.iter().flat_map(|agency| form.marked().map(move |(question, _)| (agency, question)));
    let sums = cells.filter_map(|(agency, question)| {
        let of = counts.get(&(agency.as_str(), form.code.as_str(), question.name.as_str()))?;
        Some(of.iter().map(|(_, count)| count).sum())
    });
    sums.max().unwrap_or(0)
}

/// How somebody answers.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Habit {
    Well,
    /// Leaves half of it out.
    Incomplete,
    /// The same everywhere.
    Straight,
    /// Well, and faster than one can read.
    Fast,
}

fn one(counts: &Counts<'_>, target: &Target, form: &Form, dice: &mut Dice) -> Response {
    let habit = match dice.between(0, 99) {
        0..=2 => Habit::Incomplete,
        3..=4 => Habit::Straight,
        5..=7 => Habit::Fast,
        _ => Habit::Well,
    };
    let many = target.agencies.len() > 1;
    let (mut marks, mut others) = (String::new(), String::new());
    for (at, agency) in target.agencies.iter().enumerate() {
        // Of a matrix, one leaves out whom one does not know.
        let left_out = many && dice.between(0, 99) < 8;
        for (question, choices) in form.marked() {
            let said = counts.get(&(agency.as_str(), form.code.as_str(), question.name.as_str()));
            let silent = match habit {
                Habit::Incomplete => dice.between(0, 99) < 50,
                _ => !question.required && dice.between(0, 99) < 12,
            };
            let chosen = match (habit, said) {
                _ if left_out || silent => None,
                (Habit::Straight, _) => Some(0),
                (_, Some(said)) => {
                    dice.by_weight(said).and_then(|name| choices.iter().position(|one| one.name.as_str() == *name))
                }
                (_, None) => Some(dice.between(0, u32::try_from(choices.len()).unwrap_or(1).saturating_sub(1)) as usize),
            };
            marks.push(char::from(chosen.and_then(mark).unwrap_or(UNANSWERED)));
        }
        let asked = form.questions.iter().find(|question| question.kind == Kind::Text);
        if let Some(question) = asked.filter(|_| !left_out && dice.between(0, 99) < 4) {
            others.push_str(&format!("{at}\t{}\t{OPINION}\n", question.name));
        }
    }
    let pace = match (habit, many) {
        (Habit::Fast, _) => dice.between(2, 9),
        (_, true) => dice.between(90, 250),
        (_, false) => dice.between(18, 110),
    };
    Response {
        nullifier: Nullifier(dice.bytes()),
        target: target.id,
        channel: Channel::Web,
        pace: u8::try_from(pace).ok(),
        marks,
        others: (!others.is_empty()).then_some(others),
    }
}
