//! What an agency sends: its self-assessment sheet and its report.

use super::scores::{self, Line};
use super::{Source, papers};
use crate::{Error, Place};
use documents::assessment::{self, Line as Printed, Report, Section, Sheet};
use documents::letter::Letter;
use documents::letter::words::day;
use documents::paper::{Level, Paper, Score, Signer};
use domain::Code;
use domain::assessment::Claim;
use domain::assessment::Stream as Speaker;
use domain::assessment::overview::Part;
use domain::evidence::{Link, Revision};
use scoring::{AgencyResult, Lang, Stream, Text};
use std::collections::BTreeMap;

pub(super) async fn sheet(source: &Source<'_>, lang: Lang) -> Result<Letter, Error> {
    let computed = source.context.computed(source.frame).await?;
    let place = computed.place(source.agency).ok_or(Error::NotThere)?;
    let result = computed.result(place, Stream::SelfAssessed).ok_or(Error::NotThere)?;
    let plain = papers::plain(&source.snapshot, source.frame, source.context.now()).await?;
    let input = Sheet {
        paper: papers::of_agency(plain, source.frame, source.agency, &place.agency.name),
        agency: place.agency.name.clone(),
        lines: lines(source, &place, result, computed.claims(source.agency), lang).await?,
        totals: scores::totals(&place, result),
        drawn_up_by: Signer { position: Text::new("Người lập biểu", "Drawn up by"), ..Signer::default() },
    };
    Ok(assessment::sheet(&input, lang))
}

pub(super) async fn report(source: &Source<'_>, lang: Lang) -> Result<Letter, Error> {
    let computed = source.context.computed(source.frame).await?;
    let place = computed.place(source.agency).ok_or(Error::NotThere)?;
    let result = computed.result(place, Stream::SelfAssessed).ok_or(Error::NotThere)?;
    let plain = papers::plain(&source.snapshot, source.frame, source.context.now()).await?;
    let paper = papers::of_agency(plain, source.frame, source.agency, &place.agency.name);
    let lines = lines(source, &place, result, computed.claims(source.agency), lang).await?;
    let outline = scores::lines(&place);
    let fields = outline.iter().zip(&lines).filter(|(at, _)| scores::is_appraised_field(&place, at));
    let not_full = outline.iter().zip(&lines).filter(|(at, line)| match line.score {
        Score::Points(points) => line.level == Level::Item && scores::is_in_field(&place, at) && points < line.max,
        _ => false,
    });
    let not_applicable = lines.iter().filter(|line| line.level == Level::Item && line.score == Score::NotApplicable);
    let overview = store::assessment::overviews::newest(&source.snapshot, &source.frame.settings().code, source.agency).await?;
    let overview = overview.map(|written| written.says()).unwrap_or_default();
    let sections = |parts: &[Part]| overview.said().filter(|(part, _)| parts.contains(part)).map(section).collect();
    let input = Report {
        paper: Paper { symbol: papers::symbol(source.agency), recipients: papers::to_working_group(), ..paper },
        agency: place.agency.name.clone(),
        before: sections(&[Part::Results]),
        fields: fields.map(|(at, line)| Printed { max: scores::appraised(&place, at), ..line.clone() }).collect(),
        totals: scores::totals(&place, result),
        not_full: not_full.map(|(_, line)| line.clone()).collect(),
        not_applicable: not_applicable.cloned().collect(),
        after: sections(&[Part::Limits, Part::Causes, Part::Proposals]),
        lines: lines.clone(),
    };
    Ok(assessment::report(&input, lang))
}

/// A part of what the agency has written, a paragraph a line.
fn section((part, text): (Part, &str)) -> Section {
    let paragraphs = text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned);
    Section { title: part.title(), paragraphs: paragraphs.collect() }
}

async fn lines(
    source: &Source<'_>,
    place: &Place<'_>,
    result: &AgencyResult,
    claims: &[Claim],
    lang: Lang,
) -> Result<Vec<Printed>, Error> {
    let campaign = &source.frame.settings().code;
    let links = store::evidence::links(&source.snapshot, campaign, source.agency, None).await?;
    let documents = store::evidence::revisions(&source.snapshot, campaign, source.agency).await?;
    let proofs = proofs(&links, &documents, lang);
    let printed = |line: Line<'_>| {
        let item = line.item();
        Printed {
            code: line.node.code.to_string(),
            title: line.node.title.clone(),
            level: line.level,
            max: line.node.max_points.0,
            score: scores::score(place, result, &line),
            remark: item.as_ref().map(|item| remark(claims, item)).unwrap_or_default(),
            evidence: item.and_then(|item| proofs.get(&item).cloned()).unwrap_or_default(),
        }
    };
    Ok(scores::lines(place).into_iter().map(printed).collect())
}

/// What the agency remarks on an item, or why it does not apply.
fn remark(claims: &[Claim], item: &Code) -> String {
    let own = claims.iter().filter(|claim| claim.stream == Speaker::SelfAssessed && claim.item == *item);
    let mut said: Vec<&str> = own.filter_map(|claim| claim.remark.as_deref()).collect();
    said.dedup();
    said.join("\n")
}

/// The documents that prove each item, in words. Of each document and link the newest revision counts; both lists come oldest first.
fn proofs(links: &[Link], revisions: &[Revision], lang: Lang) -> BTreeMap<Code, Vec<String>> {
    let documents: BTreeMap<u32, &Revision> = revisions.iter().map(|revision| (revision.document, revision)).collect();
    let newest: BTreeMap<(&Code, u32), &Link> = links.iter().map(|link| ((&link.item, link.document), link)).collect();
    let mut proofs: BTreeMap<Code, Vec<String>> = BTreeMap::new();
    for link in newest.into_values().filter(|link| !link.withdrawn) {
        if let Some(document) = documents.get(&link.document) {
            proofs.entry(link.item.clone()).or_default().push(proof(document, link, lang));
        }
    }
    proofs
}

/// Number, day, subject and pages; the file's name where nobody has said what it is.
fn proof(document: &Revision, link: &Link, lang: Lang) -> String {
    let about = &document.description;
    let signed = about.signed_on.map(|signed| match lang {
        Lang::Vi => format!("ngày {}", day(signed, lang)),
        Lang::En => format!("of {}", day(signed, lang)),
    });
    let known = about.number.is_some() || about.title.is_some();
    let name = (!known).then(|| document.name.clone());
    let named: Vec<String> = [name, about.number.clone(), signed, about.title.clone()].into_iter().flatten().collect();
    let pages = link.place.pages.as_ref().map(|pages| match lang {
        Lang::Vi => format!(", trang {pages}"),
        Lang::En => format!(", pages {pages}"),
    });
    named.join(" ") + pages.as_deref().unwrap_or_default()
}
