//! `parindex explain`.

use super::{Done, Failure, computed, in_lang};
use crate::Source;
use crate::output::{self, Cell, Column, Format};
use app::explanation::{InputUsed, ItemExplanation, Step};
use app::{Code, Computed, Lang, Place, Stream, Value, words};

pub(crate) fn explain(source: &Source, agency: &str, item: Option<&str>, stream: Stream, format: Format, lang: Lang) -> Done {
    let computed = computed(source, lang)?;
    let place = Code::new(agency).and_then(|code| computed.place(&code)).ok_or_else(|| no(lang, "đơn vị", "agency", agency))?;
    let items = match item {
        Some(code) => vec![computed.explain_item(place, stream, code).ok_or_else(|| no(lang, "mục chấm điểm", "item", code))?],
        None => place
            .block
            .criteria
            .items()
            .iter()
            .filter_map(|leaf| place.block.criteria.node_of(leaf))
            .filter_map(|node| computed.explain_item(place, stream, &node.code))
            .collect(),
    };
    let index = if item.is_none() { computed.explain_agency(place, stream) } else { None };
    let index_steps = index.map(|explained| explained.steps).unwrap_or_default();
    if format == Format::Table {
        return for_people(&computed, place, &index_steps, &items, lang);
    }
    let columns = ["item", "step", "says"].map(|name| Column::text(name, name));
    let mut rows: Vec<Vec<Cell>> = Vec::new();
    let mut add = |code: &str, lines: Vec<String>| {
        rows.extend(
            lines.into_iter().zip(1..).map(|(line, at)| vec![Cell::same(code), Cell::same(at.to_string()), Cell::same(line)]),
        );
    };
    add("", index_steps.iter().map(|step| step.say(lang)).collect());
    for explained in &items {
        add(&explained.code, lines(explained, lang));
    }
    output::table(format, &columns, &rows, computed.notice().as_deref())?;
    Ok(())
}

fn no(lang: Lang, vi: &str, en: &str, code: &str) -> Failure {
    Failure::not_there(in_lang(lang, format!("không có {vi} “{code}”"), format!("there is no {en} “{code}”")))
}

fn for_people(computed: &Computed, place: Place<'_>, index: &[Step], items: &[ItemExplanation], lang: Lang) -> Done {
    output::print(&format!("{} — {}", place.agency.code, place.agency.name.get(lang)))?;
    for step in index {
        output::print(&format!("  {}", step.say(lang)))?;
    }
    for explained in items {
        let max = words::number(explained.max_points.0, lang);
        let shown = match explained.shown {
            Some(shown) => format!("{} / {max}", words::rounded(shown, lang)),
            None => explained.outcome.say(lang),
        };
        output::print(&format!("\n{} {}: {shown}", explained.code, explained.title.get(lang)))?;
        for line in lines(explained, lang) {
            output::print(&format!("  {line}"))?;
        }
    }
    if let Some(notice) = computed.notice() {
        output::print(&format!("\n{notice}"))?;
    }
    Ok(())
}

/// The rule, the figures used, the steps.
fn lines(explained: &ItemExplanation, lang: Lang) -> Vec<String> {
    let rule = [explained.rule.get(lang).to_owned()];
    let inputs = explained.inputs.iter().map(|input| input_line(input, lang));
    let steps = explained.steps.iter().map(|step| step.say(lang));
    let missing = (explained.shown.is_none() && explained.steps.is_empty()).then(|| explained.outcome.say(lang));
    rule.into_iter().chain(inputs).chain(steps).chain(missing).collect()
}

fn input_line(input: &InputUsed, lang: Lang) -> String {
    let label = input.label.get(lang);
    let Some((value, by)) = &input.value else { return format!("{label}: –") };
    let value = match (value, &input.level) {
        (_, Some(level)) => level.get(lang).to_owned(),
        (Value::Number(number), _) => words::number(*number, lang),
        (Value::Flag(flag), _) => in_lang(lang, if *flag { "có" } else { "không" }, if *flag { "yes" } else { "no" }),
        (Value::Level(level), _) => level.to_string(),
    };
    format!("{label}: {value} ({})", words::stream(*by, lang))
}
