//! Drawing samples: whom of the newest list the survey asks, by a seed that anybody can repeat the draw with. What is drawn becomes
//! invitations.

use super::SurveyError;
use crate::change::{Change, ask};
use crate::{Context, Frame};
use domain::policy::{Action, Actor};
use domain::survey::answers::Target;
use domain::survey::draw::{Drawn, Seed, Stratum, Wanted, draw as draw_from};
use domain::survey::frame::{Respondent, counts, rated};
use domain::survey::planning::wanted;
use domain::survey::{Stage, frame};
use domain::{Campaign, Code};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use store::Snapshot;
use store::survey::frames;
use store::survey::invitations::{self, Invitation};

pub use store::survey::frames::Draw;

/// Most that may be held in reserve, in % of those asked.
pub const MOST_RESERVE: u32 = 200;

/// How to draw.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Order {
    /// The list that whoever draws has seen.
    pub list: u32,
    /// What decides.
    pub seed: Seed,
    /// How many are held in reserve, in % of those asked.
    pub reserve: u32,
}

/// Why nothing was drawn. Nothing has changed.
#[derive(Debug, thiserror::Error)]
pub enum NotDrawn {
    /// Nobody was listed yet.
    #[error("no list was read in")]
    NoList,
    /// Everybody for whom something is planned was drawn before.
    #[error("there is nothing left to draw")]
    Nothing,
    /// More than [`MOST_RESERVE`].
    #[error("the reserve is too large")]
    Reserve,
    /// Anything else.
    #[error(transparent)]
    Failed(#[from] SurveyError),
}

impl<E: Into<crate::Error>> From<E> for NotDrawn {
    fn from(error: E) -> Self {
        Self::Failed(SurveyError::Failed(error.into()))
    }
}

/// A stratum, as it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Which.
    pub stratum: Stratum,
    /// How many are to be asked; none where nothing is planned for it.
    pub asked: Option<usize>,
    /// How many belong to it by the plan.
    pub population: Option<u32>,
    /// How many the newest list names.
    pub listed: usize,
    /// How many were invited.
    pub invited: usize,
    /// How many stand in reserve.
    pub reserved: usize,
}

/// Where drawing stands: every stratum that is planned or listed.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn standing(context: &Context, actor: &Actor, frame: &Frame) -> Result<Vec<Standing>, crate::Error> {
    ask(actor, frame, Action::ReadSurvey)?;
    let (campaign, code) = (frame.campaign(), &frame.settings().code);
    let snapshot = context.store().read().await?;
    let listed = match frames::all(&snapshot, code).await?.last() {
        Some(list) => counts(&frames::people(&snapshot, code, list.number).await?),
        None => BTreeMap::new(),
    };
    let strata: BTreeSet<Stratum> = planned(campaign).chain(listed.keys().cloned()).collect();
    let drawn = invited(&snapshot, frame).await?;
    let standing = strata.into_iter().map(|stratum| {
        let (invited, reserved) = drawn.get(&stratum).copied().unwrap_or_default();
        Standing {
            asked: wanted(campaign, &stratum, 0).map(|wanted| wanted.main),
            population: frame::samples_of(campaign, &stratum).filter_map(|sample| sample.population).max(),
            listed: listed.get(&stratum).copied().unwrap_or(0),
            invited,
            reserved,
            stratum,
        }
    });
    Ok(standing.collect())
}

/// The strata that are planned.
fn planned(campaign: &Campaign) -> impl Iterator<Item = Stratum> {
    let asked = campaign.sample.iter().filter(|sample| frame::is_asked(campaign, &sample.form));
    asked.map(|sample| {
        let all = frame::rates(campaign, &sample.form) == domain::survey::Rates::All;
        Stratum { form: sample.form.clone(), agency: (!all).then(|| sample.agency.clone()) }
    })
}

/// How many of each stratum are invited and in reserve.
async fn invited(snapshot: &Snapshot, frame: &Frame) -> Result<BTreeMap<Stratum, (usize, usize)>, crate::Error> {
    let strata: HashMap<i64, Stratum> =
        frame.survey().targets.iter().map(|target| (target.id, stratum_of(frame.campaign(), target))).collect();
    let mut drawn: BTreeMap<Stratum, (usize, usize)> = BTreeMap::new();
    for invitation in invitations::all(snapshot, &frame.settings().code).await? {
        let Some(stratum) = strata.get(&invitation.target) else { continue };
        let (main, reserve) = drawn.entry(stratum.clone()).or_default();
        *(if invitation.reserve { reserve } else { main }) += 1;
    }
    Ok(drawn)
}

/// The stratum whose people rate a target.
fn stratum_of(campaign: &Campaign, target: &Target) -> Stratum {
    let all = frame::rates(campaign, &target.form) == domain::survey::Rates::All;
    Stratum { form: target.form.clone(), agency: target.agencies.first().filter(|_| !all).cloned() }
}

/// The draws there were, oldest first.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn all(context: &Context, actor: &Actor, frame: &Frame) -> Result<Vec<Draw>, crate::Error> {
    ask(actor, frame, Action::ReadSurvey)?;
    Ok(frames::draws(&context.store().read().await?, &frame.settings().code).await?)
}

/// Draws from the newest list, for every stratum that is planned and from which nobody is invited yet, and makes the invitations. The
/// plan must be frozen, and fieldwork not closed.
///
/// # Errors
/// [`NotDrawn`]; [`crate::Error::Stale`] where a newer list was read in meanwhile.
pub async fn draw(context: &Context, actor: &Actor, campaign: &Code, order: &Order) -> Result<Draw, NotDrawn> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.ask(Action::RunSurvey)?;
    change.hold_campaign().await?;
    let stage = change.frame.survey().stage;
    if !matches!(stage, Stage::Frozen | Stage::Fieldwork) {
        return Err(SurveyError::Stage(stage).into());
    }
    if order.reserve > MOST_RESERVE {
        return Err(NotDrawn::Reserve);
    }
    let (tx, code) = (&change.tx, change.code());
    let list = frames::all(tx, code).await?.pop().ok_or(NotDrawn::NoList)?;
    if list.number != order.list {
        return Err(crate::Error::Stale.into());
    }
    let people = frames::people(tx, code, list.number).await?;
    let known = invitations::all(tx, code).await?;
    let before = invited(tx, &change.frame).await?;
    let drawn = drawn(change.frame.campaign(), &people, order, |stratum| before.contains_key(stratum));
    let invitations = invite(&change, &people, (&order.seed, &drawn), &known).await?;
    if invitations.is_empty() {
        return Err(NotDrawn::Nothing);
    }
    let count = |reserve: bool| invitations.iter().filter(|one| one.reserve == reserve).count();
    let number = frames::draws(tx, code).await?.last().map_or(0, |last| last.number).saturating_add(1);
    let draw = Draw {
        number,
        frame: list.number,
        seed: order.seed.as_str().to_owned(),
        reserve: order.reserve,
        main: u32::try_from(count(false)).unwrap_or(u32::MAX),
        reserved: u32::try_from(count(true)).unwrap_or(u32::MAX),
        by_code: actor.code.to_string(),
        by_name: actor.name.clone(),
        at: change.now,
    };
    frames::add_draw(tx, code, &draw).await?;
    let detail = format!("list {}, seed {}: {} asked, {} in reserve", draw.frame, draw.seed, draw.main, draw.reserved);
    change.log("survey.drawn", &number.to_string(), &detail).await?;
    change.commit().await?;
    Ok(draw)
}

/// What a draw names, stratum by stratum, but for those that are `done`.
fn drawn(campaign: &Campaign, people: &[Respondent], order: &Order, done: impl Fn(&Stratum) -> bool) -> BTreeMap<Stratum, Drawn> {
    let list: Vec<_> = people.iter().map(Respondent::listed).collect();
    let strata: BTreeSet<&Stratum> = list.iter().map(|one| &one.stratum).filter(|stratum| !done(stratum)).collect();
    let wanted: BTreeMap<Stratum, Wanted> =
        strata.into_iter().filter_map(|stratum| Some((stratum.clone(), wanted(campaign, stratum, order.reserve)?))).collect();
    let mut drawn = draw_from(&order.seed, &list, &wanted);
    drawn.retain(|stratum, _| wanted.contains_key(stratum));
    drawn
}

/// The invitations of those drawn, numbered on in the order of the draw's numbers, whatever they rate.
async fn invite(
    change: &Change<'_>,
    people: &[Respondent],
    (seed, drawn): (&Seed, &BTreeMap<Stratum, Drawn>),
    known: &[Invitation],
) -> Result<Vec<Invitation>, NotDrawn> {
    let campaign = change.frame.campaign();
    let wanted: Vec<(Code, Vec<Code>)> =
        drawn.keys().map(|stratum| (stratum.form.clone(), rated(campaign, stratum))).filter(|(_, of)| !of.is_empty()).collect();
    let targets = store::survey::targets::add(&change.tx, change.code(), &wanted).await?;
    let listed: HashMap<(&Code, &Code), &Respondent> = people.iter().map(|one| ((&one.form, &one.person), one)).collect();
    let mut chosen = Vec::new();
    for (stratum, drawn) in drawn {
        let agencies = rated(campaign, stratum);
        let Some(target) = targets.iter().find(|target| target.form == stratum.form && target.agencies == agencies) else {
            continue;
        };
        let lists = drawn.main.iter().map(|id| (id, false)).chain(drawn.reserve.iter().map(|id| (id, true)));
        let all =
            lists.filter_map(|(id, reserve)| Some((seed.number(id), target.id, *listed.get(&(&stratum.form, id))?, reserve)));
        chosen.extend(all);
    }
    chosen.sort_by_key(|(number, target, ..)| (*number, *target));
    let last = known.iter().map(|invitation| invitation.number).max().unwrap_or(0);
    let invitations: Vec<Invitation> = chosen
        .into_iter()
        .zip(last.saturating_add(1)..)
        .map(|((_, target, one, reserve), number)| Invitation {
            number,
            target,
            person: one.person.to_string(),
            name: one.name.clone(),
            email: one.email.clone(),
            place: one.place.clone(),
            language: one.language.map(|language| language.word().to_owned()),
            reserve,
            ..Invitation::default()
        })
        .collect();
    invitations::add(&change.tx, change.code(), &invitations).await?;
    Ok(invitations)
}

/// A line of a draw, for whoever repeats it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// Form and agency.
    pub stratum: Stratum,
    /// The person's key in the list.
    pub person: Code,
    /// [`domain::survey::draw::Number::hex`].
    pub number: String,
    /// `main`, `reserve` or `rest`.
    pub list: &'static str,
}

/// A draw once more, from its list and seed: everybody with their number, in the order of each stratum. Strata that another draw had
/// drawn before are all rest there, so what is told is the order; the invitations say who was asked.
///
/// # Errors
/// Where the policy does not allow it, there is no such draw, or the database does not answer.
pub async fn repeat(context: &Context, actor: &Actor, frame: &Frame, number: u32) -> Result<Vec<Line>, crate::Error> {
    ask(actor, frame, Action::ReadSurvey)?;
    let code = &frame.settings().code;
    let snapshot = context.store().read().await?;
    let draws = frames::draws(&snapshot, code).await?;
    let draw = draws.iter().find(|draw| draw.number == number).ok_or(crate::Error::NotThere)?;
    let seed = Seed::new(&draw.seed).ok_or(crate::Error::NotThere)?;
    let people = frames::people(&snapshot, code, draw.frame).await?;
    let order = Order { list: draw.frame, seed: seed.clone(), reserve: draw.reserve };
    let mut lines = Vec::new();
    for (stratum, drawn) in drawn(frame.campaign(), &people, &order, |_| false) {
        let lists = [("main", drawn.main), ("reserve", drawn.reserve), ("rest", drawn.rest)];
        for (list, person) in lists.into_iter().flat_map(|(list, ids)| ids.into_iter().map(move |id| (list, id))) {
            let number = seed.number(&person).hex();
            lines.push(Line { stratum: stratum.clone(), person, number, list });
        }
    }
    Ok(lines)
}
