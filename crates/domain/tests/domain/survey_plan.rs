//! The survey's plan: who is listed, what is planned, what is missing, what a form costs, what an amendment changed.

use crate::sample::campaign;
use domain::Campaign;
use domain::budget::BudgetLine;
use domain::survey::amendment::{Changed, changed};
use domain::survey::cost::by_form;
use domain::survey::design::document;
use domain::survey::draw::{Stratum, Wanted};
use domain::survey::frame::{Respondent, is_asked, rated, read};
use domain::survey::planning::{Gap, forms, gaps, plan_by_formula, wanted};
use domain::survey::sample::Basis;
use domain::survey::{Rates, Sample};
use domain::workbook::{self, Code, Table, TableRow};
use rust_decimal::Decimal;

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn sample(agency: &str, form: &str, population: u32, planned: u32, reason: Option<&str>) -> Sample {
    Sample { agency: code(agency), form: code(form), population: Some(population), planned, reason: reason.map(Into::into) }
}

/// The sample, with two agencies of its block planned by the formula at 5 %, and imported figures of the other group.
fn planned() -> Campaign {
    let mut campaign = campaign();
    campaign.settings.survey_response = Some(Decimal::from(80));
    campaign.sample = vec![sample("A", "F1", 100, 80, None), sample("A", "F2", 500, 60, None), sample("B", "F1", 60, 53, None)];
    campaign
}

fn list(rows: &[&str]) -> Table {
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
    let rows = rows.iter().zip(2..).map(|(line, number)| TableRow { number, cells: cells(line) });
    let columns = cells("form|person|name|email|agency|place|language");
    Table { name: "Trang tính 1".into(), columns, rows: rows.collect() }
}

/// Place and English of what is wrong with a list.
fn faults(campaign: &Campaign, rows: &[&str]) -> Vec<String> {
    let problems = read(&list(rows), campaign).unwrap_err();
    problems.iter().map(|problem| format!("{}:{} {}", problem.row, problem.column, problem.fault.what.en)).collect()
}

#[test]
fn a_list_names_people_in_whatever_order_and_sheet() {
    let campaign = planned();
    let people = read(&list(&["F1|P2|Người 2|p2@a.vn|B|Phòng 1|en", "F1|P1|Người 1||A||"]), &campaign).unwrap();
    let [first, second] = people.as_slice() else { panic!("{people:?}") };
    assert_eq!((first.person.as_str(), second.person.as_str()), ("P1", "P2"));
    assert_eq!((second.email.as_deref(), second.place.as_deref()), (Some("p2@a.vn"), Some("Phòng 1")));
    let stratum = |one: &Respondent| one.listed().stratum;
    assert_eq!(stratum(first), Stratum { form: code("F1"), agency: Some(code("A")) });
}

#[test]
fn what_is_wrong_with_a_list_is_said_by_row() {
    let campaign = planned();
    assert_eq!(
        faults(
            &campaign,
            &["F1|P1|A||A||", "F1|P1|A||B||", "F9|P3|A||A||", "F2|P4|A||A||", "F1|P5|A|a@b|C||", "F1|P6|A||Q||", "F1|P7|A||||"]
        ),
        [
            "3:person repeats row 2 (form + person)",
            "4:form there is no form “F9”",
            "5:form this group is not asked: its results are imported",
            "6:email is not an e-mail address",
            "6:agency “C” is no agency of block d that is assessed",
            "7:agency “Q” is no agency of block d that is assessed",
            "8:agency is blank: which agency do they rate",
        ]
    );
    assert_eq!(faults(&campaign, &[]), ["1: the list names nobody"]);
    let mut matrix = campaign;
    matrix.groups[0].rates = Some(Rates::All);
    assert_eq!(faults(&matrix, &["F1|P1|A||A||"]), ["2:agency this group rates every agency of the block"]);
    assert!(read(&list(&["F1|P1|A||||"]), &matrix).is_ok());
}

#[test]
fn a_figure_is_the_formulas_or_set_by_hand() {
    let campaign = planned();
    let precision = campaign.settings.precision();
    let basis = |sample: Sample| sample.basis(precision);
    assert_eq!(basis(sample("A", "F1", 100, 80, None)), Basis::Slovin);
    assert_eq!(basis(sample("A", "F1", 100, 81, None)), Basis::ByHand { forms: 81, reason: None });
    let because = basis(sample("A", "F1", 100, 80, Some("Tròn số")));
    assert_eq!(because, Basis::ByHand { forms: 80, reason: Some("Tròn số".into()) }, "whoever gives a reason has set it");
}

#[test]
fn the_formula_fills_what_is_asked_and_leaves_what_is_imported() {
    let mut campaign = planned();
    campaign.sample[0] = sample("A", "F1", 100, 10, Some("Ít người"));
    campaign.sample[2].population = None;
    plan_by_formula(&mut campaign);
    let figures: Vec<_> = campaign.sample.iter().map(|sample| (sample.planned, sample.reason.is_some())).collect();
    assert_eq!(figures, [(80, false), (60, false), (53, false)], "without a population a figure stays");
}

#[test]
fn a_plan_is_fixed_only_when_nothing_is_missing() {
    let mut campaign = planned();
    assert_eq!(gaps(&campaign), []);
    campaign.sample[0].planned = 10;
    campaign.sample[2].planned = 0;
    assert_eq!(gaps(&campaign), [Gap::NoReason(campaign.sample[0].clone()), Gap::Unplanned(campaign.sample[2].clone())]);
    campaign.sample.clear();
    campaign.questions.retain(|question| question.list().is_none());
    assert_eq!(gaps(&campaign), [Gap::NoQuestions(code("F1")), Gap::NoSample(code("F1"))], "F2 is imported");
}

#[test]
fn a_stratum_is_drawn_for_its_largest_cell() {
    let mut campaign = planned();
    let of = |agency: Option<&str>| Stratum { form: code("F1"), agency: agency.map(code) };
    // 80 ÷ 0.8 = 100, and 20 % of that; 53 ÷ 0.8 = 66.25, of 60.
    assert_eq!(wanted(&campaign, &of(Some("A")), 20), Some(Wanted { main: 100, reserve: 20 }));
    assert_eq!(wanted(&campaign, &of(Some("B")), 15), Some(Wanted { main: 60, reserve: 9 }));
    assert_eq!(wanted(&campaign, &of(Some("C")), 20), None);
    assert_eq!(rated(&campaign, &of(Some("B"))), [code("B")]);
    campaign.groups[0].rates = Some(Rates::All);
    assert_eq!(wanted(&campaign, &of(None), 0), Some(Wanted { main: 100, reserve: 0 }));
    assert_eq!(rated(&campaign, &of(None)), [code("A"), code("B")], "C is not assessed");
}

#[test]
fn people_who_rate_every_agency_count_once() {
    let mut campaign = planned();
    let of_delegates = |campaign: &Campaign| {
        let plans = forms(campaign);
        (plans[0].population(), plans[0].planned(), plans[0].invited())
    };
    assert_eq!(of_delegates(&campaign), (160, 133, Some(160)));
    campaign.groups[0].rates = Some(Rates::All);
    assert_eq!(of_delegates(&campaign), (100, 80, Some(100)));
    assert_eq!(forms(&campaign)[1].invited(), None, "nobody is asked whose results are imported");
    assert!(is_asked(&campaign, &code("F1")) && !is_asked(&campaign, &code("F2")));
}

/// Lines that pay for one form, and for all: what is spread adds up to what is paid.
#[test]
fn a_line_is_spread_over_its_forms() {
    let mut campaign = planned();
    campaign.groups[1].mode = None;
    let line = |name: &str, quantity: u32, each: u32, forms: Option<&str>| BudgetLine {
        code: code(name),
        task: None,
        title: name.into(),
        title_en: None,
        unit: None,
        unit_en: None,
        quantity: quantity.into(),
        unit_cost: each.into(),
        forms: forms.map(Into::into),
        note: None,
    };
    campaign.budget = vec![line("1", 1, 1_930, Some("all")), line("2", 133, 10, Some("F1")), line("3", 9, 999, None)];
    let costs = by_form(&campaign);
    let [first, second] = costs.as_slice() else { panic!("{costs:?}") };
    assert_eq!((first.planned, second.planned), (133, 60));
    assert_eq!((first.cost, second.cost), (Decimal::from(1_330 + 1_330), Decimal::from(600)));
    assert_eq!((first.each(), second.each()), (Some(Decimal::from(20)), Some(Decimal::from(10))));
    let spread: Decimal = costs.iter().map(|cost| cost.cost).sum();
    assert_eq!(spread, Decimal::from(1_930 + 1_330), "the third is none of the survey's");
}

#[test]
fn an_amendment_tells_each_cell_it_changed() {
    let before = planned();
    let mut after = before.clone();
    after.settings.valid_share = Some(Decimal::from(75));
    after.groups[0].weight = Decimal::new(7, 1);
    after.sample[0] = sample("A", "F1", 100, 40, Some("Tab\tvà\ndòng mới, \\ nữa"));
    after.sample.pop();
    after.choices[0].label = "Rất tốt".into();
    let changes = changed(&document(&before), &document(&after));
    let says = |change: &Changed| {
        let side = |side: &Option<String>| side.clone().unwrap_or_else(|| "–".into());
        format!("{} {} {}: {} → {}", change.sheet, change.row.join("/"), change.column, side(&change.before), side(&change.after))
    };
    assert_eq!(
        changes.iter().map(says).collect::<Vec<_>>(),
        [
            "campaign valid_share value: – → 75",
            "choices channels/desk label: Một cửa → Rất tốt",
            "groups d/1 weight: 0.6 → 0.7",
            "sample A/F1 planned: 80 → 40",
            "sample A/F1 reason: – → Tab\tvà\ndòng mới, \\ nữa",
            "sample B/F1 planned: 53 → –",
            "sample B/F1 population: 60 → –",
        ]
    );
    assert_eq!(changed(&document(&after), &document(&after)), []);
}

/// What is planned here passes every check of the workbook, and comes back as it was.
#[test]
fn a_plan_is_a_workbook() {
    let mut campaign = planned();
    campaign.groups[0].rates = Some(Rates::All);
    campaign.sample[0].reason = Some("Theo công văn".into());
    assert_eq!(workbook::read(&workbook::write(&campaign)).unwrap(), campaign);
    campaign.budget[0].forms = Some("F1 F9".into());
    let problems = workbook::read(&workbook::write(&campaign)).unwrap_err();
    assert_eq!(
        problems.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["budget!2:forms there is no “F9” — a code of the sheet forms"]
    );
}
