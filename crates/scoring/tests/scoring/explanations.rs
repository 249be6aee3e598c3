//! Explanations: they end in the score, speak both languages, and read like this (tests/scoring/snapshots).

use crate::sample::*;
use scoring::criteria::{AppliesTo, Input, InputKind, Item, Kind, Level};
use scoring::formula::Formula;
use scoring::stream::Value;
use scoring::survey::{Averaging, BelowMinimum, Choice, Form, Group, Question, SurveyMethod};
use scoring::{Block, Entry, ItemExplanation, Lang, Method, Outcome, Points, Rule, Step, Stream, Text};
use std::collections::BTreeSet;

/// Every rule with figures that lead to each of its steps.
fn cases() -> Vec<(Rule, &'static [&'static [&'static str]])> {
    vec![
        (Rule::Choice(levels(&["a → 2", "b → 0.5"])), &[&["a"], &["b"], &["c"], &["–"]]),
        (Rule::Count { unit: points("0.5") }, &[&["0"], &["3"], &["1234567"]]),
        (Rule::Proportion, &[&["1", "3"], &["5", "4"], &["0", "0"]]),
        (Rule::Saturating { target: percent("80") }, &[&["4", "5"], &["1", "3"], &["9", "5"]]),
        (Rule::Floor { floor: percent("50") }, &[&["1", "2"], &["1", "3"]]),
        (
            Rule::Banded(levels(&["95 → 2", "> 90 → 1.5", "> 50 → 1", "20 → 0.5", "0 → 0"])),
            &[&["19", "20"], &["91", "100"], &["2", "3"], &["1", "2"], &["0", "9"]],
        ),
        (Rule::Deduction { each: points("0.75") }, &[&["0"], &["1"], &["3"]]),
        (Rule::Gravity(levels(&["minor → 1", "serious → 2"])), &[&["0", "0"], &["1", "0"], &["1", "1"]]),
        (Rule::Average, &[&["1", "3", "1", "7"], &["5", "4", "1", "1"]]),
        (Rule::Relative, &[&["5"], &["0"]]),
        (Rule::Formula(Formula::parse("a - 1").unwrap()), &[&["0"], &["2.5"], &["99"], &["–"]]),
        (Rule::External { full: d("100") }, &[&[]]),
    ]
}

/// The item with labels that differ between the languages.
fn bilingual(rule: Rule) -> Item {
    let named = |levels: Vec<Level>| {
        let name = |(at, level)| Level { label: Text::new(format!("mức số {at}"), format!("level number {at}")), ..level };
        levels.into_iter().enumerate().map(name).collect()
    };
    let mut item = item(rule);
    for (at, input) in item.inputs.iter_mut().enumerate() {
        input.label = Text::new(format!("số liệu {at}"), format!("input number {at}"));
    }
    item.rule = match item.rule {
        Rule::Choice(levels) => Rule::Choice(named(levels)),
        Rule::Banded(levels) => Rule::Banded(named(levels)),
        Rule::Gravity(levels) => Rule::Gravity(named(levels)),
        other => other,
    };
    item
}

/// Every explanation of [`cases`], with and without a score set by hand, and of the survey and what is not owed or does not apply.
fn explanations() -> Vec<ItemExplanation> {
    let mut all = Vec::new();
    let explain = |block: &Block, method: &Method| block.explain_item(method, Stream::Final, 0, 0).unwrap();
    for (rule, lines) in cases() {
        for figures_ in lines {
            let mut block = field(vec![("1", "2", bilingual(rule.clone()))]).block(&["A", "B"]);
            block.claim("A", "1", figures(figures_));
            if rule == Rule::Relative && figures_ != &["0"] {
                block.claim("B", "1", figures(&["7"]));
            }
            all.push(explain(&block, &method()));
            block.agency("A").external = vec![Some(d("133.3"))];
            all.push(explain(&block, &method()));
            block.say("A", Stream::Appraisal1, "1", score("1.2345"));
            all.push(explain(&block, &method()));
            block.say("A", Stream::Final, "1", score("7"));
            all.push(explain(&block, &method()));
        }
    }
    for averaging in [Averaging::PerGroup, Averaging::Pooled] {
        for below_minimum in [BelowMinimum::LeaveOut, BelowMinimum::Missing] {
            let survey = SurveyMethod { averaging, minimum_responses: 5, below_minimum };
            all.push(explain(&surveyed(), &Method { survey, ..method() }));
        }
    }
    let mut block =
        field(vec![("1", "2", Item { applies_to: AppliesTo::Optional, ..bilingual(Rule::Proportion) })]).block(&["A"]);
    all.push(explain(&block, &method()));
    block.claim("A", "1", applicable(false));
    all.push(explain(&block, &method()));
    let block =
        field(vec![("1", "2", Item { applies_to: AppliesTo::Tagged("x".into()), ..bilingual(Rule::Proportion) })]).block(&["A"]);
    all.push(explain(&block, &method()));
    let block = field(vec![("2", "2", bilingual(Rule::Proportion))]).node(Kind::Bonus, None, "B", "1", None).item(
        "1",
        "1",
        bilingual(Rule::Proportion),
    );
    all.push(explain(&block.block(&["A"]), &method()));
    all
}

/// Four groups: one that answered well, one below a minimum of 5, one that knows nothing, one that is not asked.
fn surveyed() -> Block {
    let title = Text::new("Công chức làm tốt nhiệm vụ", "Officials do their work well");
    let mut block = field(vec![("1", "2", item(Rule::Survey))]).block(&["A"]);
    for (at, (vi, en)) in
        [("Đại biểu", "Delegates"), ("Người dân", "Citizens"), ("Doanh nghiệp", "Businesses")].iter().enumerate()
    {
        block.groups.push(Group { code: (at + 1).to_string().into(), title: Text::new(*vi, *en), weight: d("0.2") });
        let choices = [("tốt", Some("100")), ("kém", Some("0")), ("không biết", None)];
        let choices = choices.iter().map(|(name, worth)| Choice { name: (*name).into(), worth: worth.map(percent) }).collect();
        let question = Question { name: "q".into(), label: title.clone(), item: Some(0), weight: d("1"), choices };
        block.forms.push(Form { code: (at + 1).to_string().into(), group: at, questions: vec![question] });
    }
    block.agency("A").tallies.forms = vec![vec![vec![4, 2, 1]], vec![vec![1, 0, 0]], vec![vec![0, 0, 9]]];
    block
}

/// What the last step that computes came to; the rounding for display comes after it.
fn last_points(steps: &[Step]) -> Option<Points> {
    Some(match steps.iter().rfind(|step| !matches!(step, Step::Shown { .. }))? {
        Step::Level { points, .. }
        | Step::PerUnit { points, .. }
        | Step::ShareOfMax { points, .. }
        | Step::TargetReached { points, .. }
        | Step::BelowTarget { points, .. }
        | Step::Band { points, .. }
        | Step::Less { points, .. }
        | Step::Mean { points, .. }
        | Step::RelativeToBest { points, .. }
        | Step::External { points, .. }
        | Step::SetByHand { points, .. } => *points,
        Step::Held { to, .. } => *to,
        Step::Formula { value, .. } => Points(*value),
        Step::BelowFloor { .. } | Step::BestIsZero => Points::ZERO,
        _ => return None,
    })
}

#[test]
fn the_last_step_comes_to_the_score() {
    let mut scored = 0;
    for why in explanations() {
        if let Outcome::Scored(points) = why.outcome {
            assert_eq!(last_points(&why.steps), Some(points), "{why:#?}");
            assert_eq!(why.shown, Some(method().rounding.show(points.0)));
            scored += 1;
        } else {
            assert_eq!(why.shown, None);
        }
    }
    assert!(scored > 60, "{scored}");
}

#[test]
fn a_figure_that_is_shown_rounded_is_said_to_be() {
    for why in explanations() {
        let points = why.outcome.points().map(|points| points.0);
        let said = matches!(why.steps.last(), Some(Step::Shown { figure, shown }) if Some(*figure) == points && Some(*shown) == why.shown);
        assert_eq!(said, points != why.shown, "{why:#?}");
    }
}

/// The words of sentences, without what stands in quotation marks.
fn words(sentences: &[String]) -> BTreeSet<String> {
    let unquoted =
        sentences.iter().flat_map(|sentence| sentence.split('“').map(|part| part.split_once('”').map_or(part, |(_, rest)| rest)));
    let words = unquoted.flat_map(|part| part.split(|c: char| !c.is_alphabetic()));
    words.filter(|word| word.is_ascii() && !word.is_empty()).map(str::to_lowercase).collect()
}

/// Everything that an explanation says in one language, beside titles and formulas.
fn sentences(why: &ItemExplanation, lang: Lang) -> Vec<String> {
    let mut said: Vec<_> =
        why.steps.iter().filter(|step| !matches!(step, Step::Formula { .. })).map(|step| step.say(lang)).collect();
    if !why.rule.vi.contains("công thức") {
        said.push(why.rule.get(lang).to_owned());
    }
    said.push(why.outcome.say(lang));
    said
}

#[test]
fn both_languages_say_everything_and_no_english_word_slips_into_vietnamese() {
    let all: Vec<_> = explanations().iter().map(|why| (sentences(why, Lang::Vi), sentences(why, Lang::En))).collect();
    let vietnamese: Vec<_> = all.iter().flat_map(|(vi, _)| vi.clone()).collect();
    let english: Vec<_> = all.iter().flat_map(|(_, en)| en.clone()).collect();
    assert!(vietnamese.iter().chain(&english).all(|sentence| sentence.trim().len() > 3));
    // “so” is Vietnamese too (so sánh).
    let shared: Vec<_> = words(&vietnamese).intersection(&words(&english)).filter(|word| *word != "so").cloned().collect();
    assert_eq!(shared, [] as [String; 0]);
    let shared: Vec<_> = vietnamese.iter().filter(|sentence| english.contains(sentence)).collect();
    assert_eq!(shared, [] as [&String; 0]);
}

/// The whole explanation of an item, as pages and the command line lay it out.
fn read_aloud(block: &Block, method: &Method, item: &str) -> String {
    let why = block.explain_item(method, Stream::Final, 0, block.place(item)).unwrap();
    let mut lines = Vec::new();
    for lang in [Lang::Vi, Lang::En] {
        lines.push(format!("{} {} (max {})", why.code, why.title.get(lang), scoring::words::number(why.max_points.0, lang)));
        lines.push(why.rule.get(lang).to_owned());
        for input in &why.inputs {
            let value = input.value.as_ref().map_or_else(
                || "–".into(),
                |(value, by)| {
                    let value = match value {
                        Value::Number(number) => scoring::words::number(*number, lang),
                        Value::Flag(flag) => flag.to_string(),
                        Value::Level(level) => level.to_string(),
                    };
                    format!("{value} ({})", scoring::words::stream(*by, lang))
                },
            );
            lines.push(format!("- {}: {value}", input.label.get(lang)));
        }
        lines.extend(why.steps.iter().map(|step| format!("  {}", step.say(lang))));
        lines.push(format!("  → {}\n", why.outcome.say(lang)));
    }
    lines.join("\n")
}

fn asks(vi: &str, en: &str, name: &str) -> Input {
    Input { name: name.into(), label: Text::new(vi, en), kind: InputKind::Integer }
}

/// An item with a title and labels as a real set has them.
fn real(rule: Rule, inputs: Vec<Input>) -> Item {
    Item { inputs, ..item(rule) }
}

fn titled(mut block: Block, vi: &str, en: &str) -> Block {
    let leaf = block.criteria.items()[0].clone();
    let drafts = block.criteria.nodes().iter().map(|node| scoring::criteria::NodeDraft {
        code: node.code.clone(),
        parent: node.parent.map(|parent| block.criteria.nodes()[parent].code.clone()),
        kind: node.kind,
        title: if node.item.is_some() { Text::new(vi, en) } else { node.title.clone() },
        max_points: node.max_points,
        item: node.item.map(|_| leaf.item.clone()),
    });
    let survey = leaf.item.rule == Rule::Survey;
    let (appraisal, other) = if survey { (Points::ZERO, leaf.max_points) } else { (leaf.max_points, Points::ZERO) };
    block.criteria = scoring::CriteriaSet::new(drafts.collect(), appraisal, other).unwrap();
    block
}

#[test]
fn a_count_that_an_appraiser_corrected() {
    let inputs = vec![asks("Số văn bản quy phạm pháp luật ban hành", "Regulations issued", "count")];
    let set = field(vec![("2.1.1", "2", real(Rule::Count { unit: points("0.5") }, inputs))]);
    let mut block = titled(set.block(&["A"]), "Xây dựng văn bản quy phạm pháp luật", "Issuing regulations");
    block.claim("A", "2.1.1", figures(&["6"]));
    block.say("A", Stream::Appraisal1, "2.1.1", figures(&["5"]));
    insta::assert_snapshot!(read_aloud(&block, &method(), "2.1.1"));
}

#[test]
fn online_payment_below_its_target() {
    let inputs = vec![
        asks("Số hồ sơ thanh toán trực tuyến", "Files paid online", "done"),
        asks("Tổng số hồ sơ có thu phí", "Files with a fee", "total"),
    ];
    let set = field(vec![("7.3", "1.5", real(Rule::Saturating { target: percent("80") }, inputs))]);
    let mut block = titled(set.block(&["A"]), "Tỷ lệ thanh toán trực tuyến", "Online payment");
    block.claim("A", "7.3", figures(&["1033", "1567"]));
    insta::assert_snapshot!(read_aloud(&block, &method(), "7.3"));
}

#[test]
fn a_rate_in_bands_whose_score_the_council_set() {
    let inputs = vec![
        asks("Số nhiệm vụ hoàn thành đúng hạn", "Tasks done on time", "done"),
        asks("Số nhiệm vụ được giao", "Tasks assigned", "total"),
    ];
    let rule = Rule::Banded(levels(&["95 → 1", "90 → 0.75", "80 → 0.5", "0 → 0"]));
    let set = field(vec![("1.2.1", "1", real(rule, inputs))]);
    let mut block = titled(set.block(&["A"]), "Thực hiện nhiệm vụ được giao", "Tasks assigned by the city");
    block.claim("A", "1.2.1", figures(&["37", "40"]));
    let first = read_aloud(&block, &method(), "1.2.1");
    block.say("A", Stream::Final, "1.2.1", Entry { score: Some(points("0.5")), ..Entry::default() });
    insta::assert_snapshot!(first + "\n" + &read_aloud(&block, &method(), "1.2.1"));
}

#[test]
fn violations_by_gravity() {
    let mut rule = levels(&["minor → 0.5", "serious → 1"]);
    rule[0].label = Text::new("Vi phạm mức độ nhẹ", "Minor violation");
    rule[1].label = Text::new("Vi phạm nghiêm trọng", "Serious violation");
    let inputs = vec![
        asks("Số vi phạm mức độ nhẹ", "Minor violations", "minor"),
        asks("Số vi phạm nghiêm trọng", "Serious violations", "serious"),
    ];
    let set = field(vec![("5.4", "1", real(Rule::Gravity(rule), inputs))]);
    let mut block = titled(set.block(&["A"]), "Kỷ luật, kỷ cương hành chính", "Administrative discipline");
    block.claim("A", "5.4", figures(&["1", "1"]));
    insta::assert_snapshot!(read_aloud(&block, &method(), "5.4"));
}

#[test]
fn a_survey_item_with_a_group_left_out() {
    let survey = SurveyMethod { minimum_responses: 5, ..SurveyMethod::default() };
    let block = titled(surveyed(), "Chất lượng phục vụ của công chức", "How officials serve");
    insta::assert_snapshot!(read_aloud(&block, &Method { survey, ..method() }, "1"));
}

#[test]
fn an_item_that_nobody_has_filled_in() {
    let inputs =
        vec![asks("Số hồ sơ giải quyết đúng hạn", "Files settled in time", "done"), asks("Tổng số hồ sơ", "All files", "total")];
    let mut block =
        titled(field(vec![("3.1", "2", real(Rule::Proportion, inputs))]).block(&["A"]), "Giải quyết hồ sơ", "Settling files");
    let nothing = read_aloud(&block, &method(), "3.1");
    block.claim("A", "3.1", figures(&["12", "–"]));
    insta::assert_snapshot!(nothing + "\n" + &read_aloud(&block, &method(), "3.1"));
}

#[test]
fn the_index_of_an_agency_from_its_halves_to_its_class() {
    let set = field(vec![
        ("1", "70", item(Rule::Proportion)),
        ("2", "30", Item { half: scoring::criteria::Half::Survey, ..item(Rule::Proportion) }),
    ]);
    let set = set.node(Kind::Bonus, None, "Sáng kiến", "2", None).item("B", "3", item(Rule::Proportion));
    let set = set.node(Kind::Penalty, None, "Chậm báo cáo", "3", None).item("P", "3", item(Rule::Proportion));
    let mut block = set.block(&["A", "B", "C"]);
    for (item, value) in [("1", "61.46"), ("2", "25.6666666"), ("B", "3"), ("P", "1.5")] {
        block.claim("A", item, score(value));
    }
    for (item, value) in [("1", "69"), ("2", "30"), ("B", "3")] {
        block.claim("B", item, score(value));
    }
    block.claim("C", "1", score("60"));
    let results = block.score(&method(), Stream::Final);
    let mut lines = Vec::new();
    for (lang, result) in
        [Lang::Vi, Lang::En].into_iter().flat_map(|lang| results.agencies.iter().map(move |result| (lang, result)))
    {
        let why = block.explain_agency(&method(), Stream::Final, &results, result).unwrap();
        lines.push(why.name.get(lang).to_owned());
        lines.extend(why.steps.iter().map(|step| format!("  {}", step.say(lang))));
    }
    insta::assert_snapshot!(lines.join("\n"));
}
