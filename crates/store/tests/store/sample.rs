//! Campaigns to be stored.

use chrono::{DateTime, NaiveDate, Utc};
use domain::accounts::{Person, Role};
use domain::agencies::{Agency, Band, Block};
use domain::assessment::{Claim, Stream};
use domain::budget::BudgetLine;
use domain::campaign::{Averaging, BelowMinimum, Campaign, Handling, Phase, Rounding, Settings, Ties};
use domain::criteria::{CriterionRow, Half, InputRow, InputType, Kind, LevelRow, RuleName};
use domain::plan::{Status, Task, Window};
use domain::survey::{ChoiceRow, External, FormRow, GroupRow, Mode, QuestionRow, Rates, Sample, TallyRow};
use domain::{Code, audit::Event};
use rust_decimal::Decimal;
use store::Recorded;

pub(crate) fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

pub(crate) fn number(text: &str) -> Decimal {
    text.parse().unwrap()
}

pub(crate) fn instant(minute: i64) -> DateTime<Utc> {
    DateTime::from_timestamp(1_701_335_700 + 60 * minute, 250_001_000).unwrap()
}

pub(crate) fn recorded(minute: i64) -> Recorded {
    Recorded { by: "lan".into(), at: instant(minute) }
}

pub(crate) fn event(detail: &str) -> Event {
    Event {
        at: instant(0),
        actor_code: "lan".into(),
        actor_name: "Nguyễn Thị Lan".into(),
        actor_role: "standing_body".into(),
        action: "campaign.imported".into(),
        subject: "hanoi-2023".into(),
        detail: detail.into(),
    }
}

pub(crate) fn claim(item: &str, stream: Stream, input: Option<&str>, value: &str) -> Claim {
    Claim {
        agency: code("so-noi-vu"),
        item: code(item),
        stream,
        input: input.map(code),
        value: Some(value.into()),
        score: None,
        applicable: None,
        remark: None,
    }
}

/// A small campaign, every sheet in canonical order.
pub(crate) fn small() -> Campaign {
    let mut campaign = Dice(7).campaign(2);
    campaign.settings.code = code("hanoi-2023");
    campaign.agencies = vec![
        Agency { code: code("so-noi-vu"), block: code("b1"), successor: None, ..Dice(1).agency() },
        Agency { code: code("x2"), ..Dice(2).agency() },
        Agency { code: code("x10"), ..Dice(3).agency() },
    ];
    campaign.sample = vec![Sample { agency: code("x2"), form: code("f1"), population: None, planned: 12, reason: None }];
    campaign.tallies = vec![TallyRow {
        agency: code("x10"),
        form: code("f1"),
        question: code("q0"),
        choice: code("good"),
        count: 1_000_000_000,
    }];
    campaign.external = vec![External {
        agency: code("x2"),
        item: code("1.1"),
        value: number("85.73"),
        n: Some(400),
        source: "SIPAS 2023".into(),
    }];
    campaign.people = vec![Person { code: code("lan"), agency: Some(code("so-noi-vu")), ..Dice(4).person() }];
    campaign.claims = vec![
        Claim {
            score: Some(number("0.75")),
            value: None,
            remark: Some("thiếu minh chứng".into()),
            ..claim("1.1", Stream::SelfAssessed, None, "")
        },
        claim("1.1", Stream::SelfAssessed, Some("done"), "9"),
        claim("1.1", Stream::SelfAssessed, Some("total"), "12"),
        Claim { applicable: Some(false), value: None, ..claim("1.1", Stream::Final, None, "") },
    ];
    campaign
}

/// Chance, from a seed. Rows come with every optional column now filled, now blank.
pub(crate) struct Dice(pub(crate) u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        // SplitMix64.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (mixed ^ (mixed >> 31)) % below
    }

    fn maybe<T>(&mut self, value: impl FnOnce(&mut Self) -> T) -> Option<T> {
        (self.roll(2) == 0).then(|| value(self))
    }

    fn of<T: Copy>(&mut self, all: &[T]) -> T {
        all[self.roll(all.len() as u64) as usize]
    }

    fn text(&mut self) -> String {
        let words = ["", "Sở Nội vụ", "“ngoặc”, 'nháy'; --", "dòng 1\ndòng 2\t", "%_\\", "😀", "NULL", "0", " trống "];
        format!("{}{}", self.of(&words), self.of(&words))
    }

    fn decimal(&mut self) -> Decimal {
        let digits = self.of(&[1, 1_000, 1_000_000_000_000]);
        Decimal::new(self.roll(digits) as i64, self.roll(7) as u32)
    }

    fn date(&mut self) -> NaiveDate {
        NaiveDate::from_ymd_opt(1900 + self.roll(300) as i32, 1 + self.roll(12) as u32, 1 + self.roll(28) as u32).unwrap()
    }

    fn count(&mut self) -> u32 {
        let below = self.of(&[2, 1_000, 1_000_000_000]);
        self.roll(below) as u32
    }

    fn yes(&mut self) -> bool {
        self.roll(2) == 0
    }

    pub(crate) fn agency(&mut self) -> Agency {
        Agency {
            code: code("a"),
            block: code("b1"),
            name: self.text(),
            name_en: self.maybe(Self::text),
            org_code: self.maybe(Self::text),
            admin_code: self.maybe(Self::text),
            tags: self.maybe(Self::text),
            valid_from: self.maybe(Self::date),
            valid_to: self.maybe(Self::date),
            successor: self.maybe(|_| code("anybody")),
            assessed: self.maybe(Self::yes),
            note: self.maybe(Self::text),
        }
    }

    pub(crate) fn person(&mut self) -> Person {
        Person {
            code: code("p"),
            name: self.text(),
            email: self.maybe(Self::text),
            role: self.of(Role::ALL),
            agency: None,
            fields: self.maybe(Self::text),
            active: self.maybe(Self::yes),
        }
    }

    fn settings(&mut self) -> Settings {
        Settings {
            code: code("random"),
            title: self.text(),
            title_en: self.maybe(Self::text),
            year: self.count(),
            authority: self.text(),
            authority_en: self.maybe(Self::text),
            legal_basis: self.maybe(Self::text),
            legal_basis_en: self.maybe(Self::text),
            period_start: self.date(),
            period_end: self.date(),
            timezone: self.maybe(Self::text),
            phase: self.maybe(|dice| dice.of(Phase::ALL)),
            sample_criteria: self.maybe(Self::yes),
            simulated: self.maybe(Self::yes),
            decimals: self.maybe(Self::count),
            rounding: self.maybe(|dice| dice.of(Rounding::ALL)),
            ties: self.maybe(|dice| dice.of(Ties::ALL)),
            tiebreakers: self.maybe(Self::text),
            averaging: self.maybe(|dice| dice.of(Averaging::ALL)),
            minimum_responses: self.maybe(Self::count),
            below_minimum: self.maybe(|dice| dice.of(BelowMinimum::ALL)),
            small_cell: self.maybe(Self::count),
            survey_error: self.maybe(Self::decimal),
            survey_response: self.maybe(Self::decimal),
            valid_share: self.maybe(Self::decimal),
            straight_line: self.maybe(|dice| dice.of(Handling::ALL)),
            too_fast: self.maybe(|dice| dice.of(Handling::ALL)),
            fast_seconds: self.maybe(Self::count),
        }
    }

    fn criterion(&mut self, at: &str) -> CriterionRow {
        CriterionRow {
            block: code("b1"),
            code: code(at),
            parent: self.maybe(|_| code("1")),
            kind: self.of(Kind::ALL),
            title: self.text(),
            title_en: self.maybe(Self::text),
            max_points: self.decimal(),
            half: self.maybe(|dice| dice.of(Half::ALL)),
            rule: self.maybe(|dice| dice.of(RuleName::ALL)),
            parameter: self.maybe(Self::decimal),
            formula: self.maybe(Self::text),
            applies_to: self.maybe(Self::text),
            guidance: self.maybe(Self::text),
            guidance_en: self.maybe(Self::text),
            evidence: self.maybe(Self::text),
            evidence_en: self.maybe(Self::text),
            appraising_body: self.maybe(Self::text),
        }
    }

    fn input(&mut self, item: &str, name: &str) -> InputRow {
        InputRow {
            block: code("b1"),
            item: code(item),
            name: code(name),
            label: self.text(),
            label_en: self.maybe(Self::text),
            kind: self.of(InputType::ALL),
            unit: self.maybe(Self::text),
            min: self.maybe(|dice| -dice.decimal()),
            max: self.maybe(Self::decimal),
        }
    }

    fn question(&mut self, name: &str) -> QuestionRow {
        QuestionRow {
            form: code("f1"),
            name: code(name),
            kind: self.text(),
            label: self.text(),
            label_en: self.maybe(Self::text),
            hint: self.maybe(Self::text),
            hint_en: self.maybe(Self::text),
            required: self.maybe(Self::yes),
            relevant: self.maybe(Self::text),
            constraint: self.maybe(Self::text),
            item: self.maybe(|_| code("1.1")),
            weight: self.maybe(Self::decimal),
            order: self.maybe(Self::count),
        }
    }

    fn task(&mut self, at: &str) -> Task {
        Task {
            code: code(at),
            section: self.maybe(Self::text),
            section_en: self.maybe(Self::text),
            title: self.text(),
            title_en: self.maybe(Self::text),
            product: self.maybe(Self::text),
            product_en: self.maybe(Self::text),
            owner: self.text(),
            owner_en: self.maybe(Self::text),
            start: self.maybe(Self::date),
            due: self.maybe(Self::date),
            due_text: self.maybe(Self::text),
            due_text_en: self.maybe(Self::text),
            status: self.maybe(|dice| dice.of(Status::ALL)),
            done_on: self.maybe(Self::date),
            note: self.maybe(Self::text),
            window: self.maybe(|dice| dice.of(Window::ALL)),
        }
    }

    /// A campaign with about `size` rows in each sheet; which ones is chance, so that two of them overlap.
    /// What other rows may refer to is always there.
    pub(crate) fn campaign(&mut self, size: usize) -> Campaign {
        let block = Block {
            code: code("b1"),
            title: self.text(),
            title_en: self.maybe(Self::text),
            appraisal_points: self.decimal(),
            survey_points: self.decimal(),
        };
        let group = GroupRow {
            block: code("b1"),
            code: code("g1"),
            title: self.text(),
            title_en: self.maybe(Self::text),
            weight: self.decimal(),
            mode: self.maybe(|dice| dice.of(Mode::ALL)),
            rates: self.maybe(|dice| dice.of(Rates::ALL)),
        };
        let form = FormRow {
            code: code("f1"),
            block: code("b1"),
            group: code("g1"),
            title: self.text(),
            title_en: self.maybe(Self::text),
            intro: self.maybe(Self::text),
            intro_en: self.maybe(Self::text),
        };
        let mut some = |prefix: &str| -> Vec<Code> {
            (1..=2 * size).filter(|_| self.yes()).map(|at| code(&format!("{prefix}{at}"))).collect()
        };
        let [agencies, items, names, questions, tasks, people] = ["a", "1.", "n", "q", "t", "p"].map(&mut some);
        let settings = self.settings();
        let band = |(from, dice): (u32, &mut Self)| Band {
            block: code("b1"),
            label: dice.text(),
            label_en: dice.maybe(Self::text),
            from: Decimal::new(i64::from(from), 1),
            inclusive: dice.maybe(Self::yes),
        };
        let mut claims = Vec::new();
        let mut tallies = Vec::new();
        let mut sample = Vec::new();
        let mut external = Vec::new();
        for agency in &agencies {
            sample.push(Sample {
                agency: agency.clone(),
                form: code("f1"),
                population: self.maybe(Self::count),
                planned: self.count(),
                reason: self.maybe(Self::text),
            });
            for item in &items {
                external.push(External {
                    agency: agency.clone(),
                    item: item.clone(),
                    value: self.decimal(),
                    n: self.maybe(Self::count),
                    source: self.text(),
                });
                for (stream, input) in
                    [(Stream::SelfAssessed, None), (Stream::SelfAssessed, names.first()), (Stream::Final, names.last())]
                {
                    claims.push(Claim {
                        agency: agency.clone(),
                        item: item.clone(),
                        stream,
                        input: input.cloned(),
                        value: self.maybe(Self::text),
                        score: self.maybe(Self::decimal),
                        applicable: self.maybe(Self::yes),
                        remark: self.maybe(Self::text),
                    });
                }
            }
            for question in &questions {
                tallies.push(TallyRow {
                    agency: agency.clone(),
                    form: code("f1"),
                    question: question.clone(),
                    choice: code("good"),
                    count: self.count(),
                });
            }
        }
        claims.dedup_by(|a, b| (&a.agency, &a.item, a.stream, &a.input) == (&b.agency, &b.item, b.stream, &b.input));
        Campaign {
            settings,
            bands: (0..self.roll(5) as u32).map(|from| band((from * 105, self))).collect(),
            agencies: agencies.iter().map(|code| Agency { code: code.clone(), ..self.agency() }).collect(),
            criteria: ["1"].into_iter().chain(items.iter().map(Code::as_str)).map(|at| self.criterion(at)).collect(),
            inputs: items
                .iter()
                .flat_map(|item| names.iter().map(|name| (item.as_str(), name.as_str())).collect::<Vec<_>>())
                .map(|(item, name)| self.input(item, name))
                .collect(),
            levels: items
                .iter()
                .map(|item| LevelRow {
                    block: code("b1"),
                    item: item.clone(),
                    level: code("good"),
                    label: self.text(),
                    label_en: self.maybe(Self::text),
                    points: self.decimal(),
                    from: self.maybe(Self::decimal),
                    inclusive: self.maybe(Self::yes),
                })
                .collect(),
            questions: ["q0"].into_iter().chain(questions.iter().map(Code::as_str)).map(|name| self.question(name)).collect(),
            choices: names
                .iter()
                .map(|name| ChoiceRow {
                    list: code("quality5"),
                    name: name.clone(),
                    label: self.text(),
                    label_en: self.maybe(Self::text),
                    points: self.maybe(Self::decimal),
                    order: self.maybe(Self::count),
                })
                .collect(),
            budget: tasks
                .iter()
                .map(|task| BudgetLine {
                    code: task.clone(),
                    task: self.maybe(|_| task.clone()),
                    title: self.text(),
                    title_en: self.maybe(Self::text),
                    unit: self.maybe(Self::text),
                    unit_en: self.maybe(Self::text),
                    quantity: self.decimal(),
                    unit_cost: self.decimal(),
                    forms: self.maybe(Self::text),
                    note: self.maybe(Self::text),
                })
                .collect(),
            tasks: tasks.iter().map(|at| self.task(at.as_str())).collect(),
            people: people
                .iter()
                .map(|at| {
                    let agency = self.maybe(|dice| dice.roll(64)).and_then(|at| agencies.get(at as usize).cloned());
                    Person { code: at.clone(), agency, ..self.person() }
                })
                .collect(),
            blocks: vec![block],
            groups: vec![group],
            forms: vec![form],
            sample,
            claims,
            tallies,
            external,
        }
    }
}
