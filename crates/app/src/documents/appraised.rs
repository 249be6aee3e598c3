//! What the working group sends to an agency: the draft of a round, and the request to explain.

use super::scores::{self, Line};
use super::{Source, papers};
use crate::{Computed, Error, Place};
use chrono::NaiveDate;
use documents::appraisal::{self, Compared, Notice, Question, Request, Sums};
use documents::letter::Letter;
use documents::paper::{Level, Paper};
use domain::Code;
use domain::appraisal::{ItemEvent, Reason, Round};
use domain::assessment::{Claim, Stream as Speaker};
use scoring::{AgencyResult, Lang, Stream, Text};
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

pub(super) async fn notice(
    source: &Source<'_>,
    round: Round,
    explain_by: Option<NaiveDate>,
    lang: Lang,
) -> Result<Letter, Error> {
    let drafts = Drafts::read(source, round).await?;
    let place = drafts.place(source)?;
    let lines = drafts.compared(&place, lang)?;
    let differs = |line: &&Compared| {
        line.level == Level::Item
            && match round {
                Round::First => is_asked(line),
                Round::Second => line.round2 != line.claimed || line.round2 != line.round1,
            }
    };
    let outline = scores::lines(&place);
    let fields = outline.iter().zip(&lines).filter(|(at, _)| scores::is_appraised_field(&place, at));
    let [own, first, second] = drafts.results(&place)?;
    let sums = scores::totals(&place, own).into_iter().zip(scores::totals(&place, first)).zip(scores::totals(&place, second));
    let input = Notice {
        paper: drafts.paper(source, "TB-TCT", &place.agency.name).await?,
        agency: place.agency.name.clone(),
        round,
        fields: fields.map(|(at, line)| Compared { max: scores::appraised(&place, at), ..line.clone() }).collect(),
        sums: sums.map(|((own, first), last)| Sums { claimed: own, round1: first.score, round2: last.score }).collect(),
        differing: lines.iter().filter(differs).cloned().collect(),
        lines: lines.clone(),
        explain_by: explain_by.filter(|_| round == Round::First),
        contact: Text::default(),
    };
    Ok(appraisal::notice(&input, lang))
}

/// Whether round 1 differs from what the agency claims, so that there is something to explain.
pub(super) async fn asks(source: &Source<'_>) -> Result<bool, Error> {
    let drafts = Drafts::read(source, Round::First).await?;
    let lines = drafts.compared(&drafts.place(source)?, Lang::Vi)?;
    Ok(lines.iter().any(is_asked))
}

fn is_asked(line: &Compared) -> bool {
    line.level == Level::Item && line.round1 != line.claimed
}

pub(super) async fn request(source: &Source<'_>, explain_by: NaiveDate, lang: Lang) -> Result<Letter, Error> {
    let drafts = Drafts::read(source, Round::First).await?;
    let place = drafts.place(source)?;
    let lines = drafts.compared(&place, lang)?;
    let differing = lines.into_iter().filter(is_asked);
    let question = |line: Compared| Question {
        code: line.code,
        title: line.title,
        claimed: line.claimed,
        appraised: line.round1,
        question: line.reason,
    };
    let input = Request {
        paper: drafts.paper(source, "TCT", &place.agency.name).await?,
        agency: place.agency.name.clone(),
        items: differing.map(question).collect(),
        explain_by,
        contact: Text::default(),
    };
    Ok(appraisal::request(&input, lang))
}

/// The streams as the rounds left them, and why they differ.
struct Drafts {
    round: Round,
    computed: Arc<Computed>,
    /// By item: reason and remark of what was decided last in the round.
    reasons: HashMap<Code, (Option<Reason>, Option<String>)>,
    /// By item.
    explanations: HashMap<Code, String>,
}

impl Drafts {
    async fn read(source: &Source<'_>, round: Round) -> Result<Self, Error> {
        let (snapshot, campaign, agency) = (&source.snapshot, &source.frame.settings().code, source.agency);
        let mut computed = source.context.computed(source.frame).await?;
        let mut reasons = HashMap::new();
        let mut by_council = BTreeMap::new();
        for event in store::assessment::items::events(snapshot, campaign, agency, None).await? {
            let Some(what) = ItemEvent::from_word(&event.event) else { continue };
            let of = match what {
                ItemEvent::Accept1 | ItemEvent::Adjust1 | ItemEvent::Clear1 => Round::First,
                ItemEvent::Keep2 | ItemEvent::Accept2 | ItemEvent::Adjust2 => Round::Second,
                ItemEvent::Decide => {
                    by_council.entry(event.item).or_insert(event.at);
                    continue;
                }
                ItemEvent::Explain => continue,
            };
            // In round 2 the reason of round 1 goes on counting where nothing new was said.
            if of == Round::First || round == Round::Second {
                reasons.insert(event.item, (event.reason, event.remark));
            }
        }
        if round == Round::Second {
            for (item, decided) in by_council {
                computed = Arc::new(before_council(source, &computed, &item, decided).await?);
            }
        }
        let explanations = match round {
            Round::First => Vec::new(),
            Round::Second => store::assessment::explanations::newest(snapshot, campaign, agency).await?,
        };
        let explanations = explanations.into_iter().map(|explanation| (explanation.item, explanation.text)).collect();
        Ok(Self { round, computed, reasons, explanations })
    }

    fn place(&self, source: &Source<'_>) -> Result<Place<'_>, Error> {
        self.computed.place(source.agency).ok_or(Error::NotThere)
    }

    /// By self-assessment, round 1 and round 2; a notice of round 1 never looks at round 2.
    fn results(&self, place: &Place<'_>) -> Result<[&AgencyResult; 3], Error> {
        let after = |stream| self.computed.result(*place, stream).ok_or(Error::NotThere);
        let last = if self.round == Round::First { Stream::Appraisal1 } else { Stream::Final };
        Ok([after(Stream::SelfAssessed)?, after(Stream::Appraisal1)?, after(last)?])
    }

    fn compared(&self, place: &Place<'_>, lang: Lang) -> Result<Vec<Compared>, Error> {
        let results = self.results(place)?;
        let compared = |line: Line<'_>| {
            let [claimed, round1, round2] = results.map(|result| scores::score(place, result, &line));
            let item = line.item();
            Compared {
                code: line.node.code.to_string(),
                title: line.node.title.clone(),
                level: line.level,
                max: line.node.max_points.0,
                claimed,
                round1,
                round2,
                reason: item.as_ref().map(|item| self.reason(place, item, lang)).unwrap_or_default(),
                explanation: item.and_then(|item| self.explanations.get(&item).cloned()).unwrap_or_default(),
            }
        };
        Ok(scores::lines(place).into_iter().map(compared).collect())
    }

    /// Why an item differs, as the round says; what was imported says it beside its figures.
    fn reason(&self, place: &Place<'_>, item: &Code, lang: Lang) -> String {
        if let Some(why) = self.reasons.get(item) {
            return said(why, lang);
        }
        let agency = Code::new(&place.agency.code);
        let claims = agency.as_ref().map_or(&[][..], |agency| self.computed.claims(agency));
        let remarks = |stream| {
            let of = claims.iter().filter(move |claim| claim.item == *item && claim.stream == stream);
            let mut said: Vec<&str> = of.filter_map(|claim| claim.remark.as_deref()).collect();
            said.dedup();
            said.join("\n")
        };
        let last = Some(remarks(Speaker::Final)).filter(|said| self.round == Round::Second && !said.is_empty());
        last.unwrap_or_else(|| remarks(Speaker::Appraisal1))
    }

    async fn paper(&self, source: &Source<'_>, symbol: &str, to: &Text) -> Result<Paper, Error> {
        let plain = papers::plain(&source.snapshot, source.frame, source.context.now()).await?;
        Ok(papers::of_working_group(plain, symbol, to))
    }
}

/// The results as they were before the council decided on an item: round 2 stands in the same stream.
async fn before_council(
    source: &Source<'_>,
    computed: &Computed,
    item: &Code,
    decided: chrono::DateTime<chrono::Utc>,
) -> Result<Computed, Error> {
    let campaign = &source.frame.settings().code;
    let mut said = store::assessment::history(&source.snapshot, campaign, source.agency, item).await?;
    said.retain(|revision| revision.claim.stream == Speaker::Final && revision.recorded.at < decided);
    said.sort_by_key(|revision| revision.recorded.at);
    let newest: BTreeMap<_, _> = said.iter().map(|revision| (revision.claim.input.clone(), revision)).collect();
    let claims: Vec<Claim> =
        newest.into_values().filter(|revision| !revision.retracted).map(|revision| revision.claim.clone()).collect();
    Ok(if claims.is_empty() { computed.without_final(source.agency, item) } else { computed.with_final(&[&claims]) })
}

/// Why something differs: the reason, and the remark behind it.
fn said((reason, remark): &(Option<Reason>, Option<String>), lang: Lang) -> String {
    // Of the other reasons the remark itself tells.
    let reason = reason.filter(|reason| *reason != Reason::Other);
    let reason = reason.map(|reason| reason.text().get(lang).to_owned());
    reason.into_iter().chain(remark.clone()).collect::<Vec<_>>().join(". ")
}
