//! The survey's plan on paper (phương án điều tra xã hội học): rules, groups, form catalogue, budget, and as appendices the sample of each
//! form with its working.

use crate::letter::words::pick;
use crate::letter::{Annex, Block, Cell, Column, Letter, Name, Orientation, Row, RowKind, Table};
use crate::paper::{Headings, Paper, exact, table_or};
use domain::campaign::{Averaging, BelowMinimum, Handling};
use domain::survey::cost::{FormCost, by_form, lines};
use domain::survey::planning::{FormPlan, forms};
use domain::survey::sample::Step;
use domain::survey::{Mode, Rates};
use domain::{Campaign, Settings};
use rust_decimal::Decimal;
use scoring::{Lang, Text, words};

/// What the plan is printed from.
#[derive(Clone, Debug)]
pub struct SurveyPlan<'a> {
    /// Who issues it: the institute.
    pub paper: Paper,
    /// The campaign.
    pub campaign: &'a Campaign,
    /// The version that was frozen; none while it is a draft.
    pub version: Option<u32>,
    /// SHA-256 of the design, in hexadecimal.
    pub hash: String,
    /// Each amendment: version, day and reason, oldest first.
    pub amendments: Vec<(u32, String, String)>,
}

/// The plan, with the samples as appendices.
#[must_use]
pub fn plan(input: &SurveyPlan<'_>, lang: Lang) -> Letter {
    let say = |vi, en| pick(lang, vi, en);
    let year = input.paper.year;
    let about = match lang {
        Lang::Vi => format!("Điều tra xã hội học xác định Chỉ số cải cách hành chính năm {year}"),
        Lang::En => format!("Sociological survey for the Public Administration Reform Index {year}"),
    };
    let kind = say("Phương án", "Plan");
    let mut letter = input.paper.letter(lang, format!("{kind}: {about}"));
    letter.name = Some(Name { kind: kind.to_owned(), about, note: fixed(input, lang) });
    letter.body.extend(input.paper.basis(lang));
    let mut headings = Headings::new();
    letter.body.push(headings.next(say("Phương pháp và quy tắc", "Method and rules")));
    letter.body.push(Block::List(rules(&input.campaign.settings, lang)));
    letter.body.push(headings.next(say("Nhóm đối tượng và trọng số", "Groups and weights")));
    letter.body.extend(groups(input.campaign, lang).into_iter().map(Block::Table));
    letter.body.push(headings.next(say("Danh mục phiếu", "Form catalogue")));
    let plans = forms(input.campaign);
    letter.body.push(Block::Table(catalogue(input.campaign, &plans, lang)));
    letter.body.push(headings.next(say("Dự toán", "Budget")));
    letter.body.push(table_or(budget(input.campaign, lang), say("Chưa có dòng dự toán nào.", "There are no lines yet.")));
    letter.body.push(headings.next(say("Chốt và điều chỉnh", "Freezing and amendments")));
    let sealed = [format!("{}.", fixed(input, lang)), format!("SHA-256: {}", input.hash)];
    let amendments = input.amendments.iter().map(|amendment| amended(amendment, lang));
    letter.body.push(Block::List(sealed.into_iter().chain(amendments).collect()));
    letter.annexes = plans.iter().map(|plan| annex(input, plan, lang)).collect();
    letter
}

/// Which version it is.
fn fixed(input: &SurveyPlan<'_>, lang: Lang) -> String {
    match (input.version, lang) {
        (Some(version), Lang::Vi) => format!("Phiên bản {version}, đã chốt"),
        (Some(version), Lang::En) => format!("Version {version}, frozen"),
        (None, Lang::Vi) => "Dự thảo, chưa chốt".into(),
        (None, Lang::En) => "Draft, not frozen".into(),
    }
}

fn amended((version, day, reason): &(u32, String, String), lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("Phiên bản {version}, {day}: {reason}"),
        Lang::En => format!("Version {version}, {day}: {reason}"),
    }
}

fn rules(settings: &Settings, lang: Lang) -> Vec<String> {
    let n = |figure: Decimal| words::number(figure, lang);
    let precision = settings.precision();
    let minimum = settings.minimum_responses.unwrap_or(0);
    let small = settings.small_cell.unwrap_or(5);
    let share = settings.valid_share.unwrap_or_default();
    let leave_out = settings.below_minimum != Some(BelowMinimum::Missing);
    let pooled = settings.averaging == Some(Averaging::Pooled);
    let does = |handling: Option<Handling>| match (handling.unwrap_or(Handling::Flag), lang) {
        (Handling::Ignore, Lang::Vi) => "vẫn tính",
        (Handling::Ignore, Lang::En) => "counts",
        (Handling::Flag, Lang::Vi) => "gắn cờ để người rà soát quyết định",
        (Handling::Flag, Lang::En) => "is flagged, and people decide",
        (Handling::Reject, Lang::Vi) => "không hợp lệ",
        (Handling::Reject, Lang::En) => "is not valid",
    };
    let mut rules = match lang {
        Lang::Vi => vec![
            format!(
                "Cỡ mẫu: công thức Slovin n = N ÷ (1 + N × e²), sai số e = {}%, làm tròn lên; dự kiến {}% người được mời trả lời.",
                n(precision.error),
                n(precision.response)
            ),
            if pooled {
                "Tính điểm: gộp tất cả câu trả lời, không phân biệt nhóm.".into()
            } else {
                "Tính điểm: bình quân trong từng nhóm, sau đó bình quân các nhóm theo trọng số.".into()
            },
            format!(
                "Nhóm có ít hơn {minimum} phiếu hợp lệ về một đơn vị: {}.",
                if leave_out {
                    "không tính, các nhóm khác thay thế theo trọng số"
                } else {
                    "tiêu chí đó chưa có điểm"
                }
            ),
            format!("Phiếu hợp lệ khi trả lời ít nhất {}% số câu được hỏi.", n(share)),
            format!("Phiếu trả lời mọi câu như nhau: {}.", does(settings.straight_line)),
            format!("Số liệu của ít hơn {small} người trả lời không được công bố."),
        ],
        Lang::En => vec![
            format!(
                "Samples: Slovin's formula n = N ÷ (1 + N × e²), error e = {} %, rounded up; {} % of those asked are expected to answer.",
                n(precision.error),
                n(precision.response)
            ),
            if pooled {
                "Points: every answer counts the same, whatever its group.".into()
            } else {
                "Points: a mean in each group, then the groups by their weights.".into()
            },
            format!(
                "A group with fewer than {minimum} valid forms about an agency: {}.",
                if leave_out { "is left out, and the others stand in by their weights" } else { "the item stays missing" }
            ),
            format!("A form is valid when at least {} % of the questions asked are answered.", n(share)),
            format!("A form that answers every question alike: {}.", does(settings.straight_line)),
            format!("Figures of fewer than {small} respondents are not published."),
        ],
    };
    if let Some(seconds) = settings.fast_seconds {
        let does = does(settings.too_fast);
        rules.push(match lang {
            Lang::Vi => format!("Phiếu trả lời trong chưa đầy {seconds} giây: {does}."),
            Lang::En => format!("A form answered in less than {seconds} seconds: {does}."),
        });
    }
    rules
}

fn mode(mode: Option<Mode>, lang: Lang) -> &'static str {
    match mode.unwrap_or(Mode::Online) {
        Mode::Online => pick(lang, "trực tuyến", "online"),
        Mode::Paper => pick(lang, "phiếu giấy", "on paper"),
        Mode::Both => pick(lang, "trực tuyến, phiếu giấy", "online, on paper"),
        Mode::Imported => pick(lang, "nhập từ nguồn khác", "imported"),
    }
}

fn groups(campaign: &Campaign, lang: Lang) -> Vec<Table> {
    let say = |vi, en| pick(lang, vi, en);
    let table = |block: &domain::agencies::Block| {
        let columns = vec![
            Column::mark(say("Nhóm", "Group"), 14),
            Column::text(say("Đối tượng", "Respondents"), 90),
            Column::figure(say("Trọng số", "Weight"), 20),
            Column::text(say("Hình thức", "How"), 34),
            Column::text(say("Đánh giá", "Rates"), 34),
        ];
        let of_block = campaign.groups.iter().filter(|group| group.block == block.code);
        let rows = of_block.map(|group| {
            let rates = match group.rates.unwrap_or(Rates::One) {
                Rates::One => say("một đơn vị", "one agency"),
                Rates::All => say("mọi đơn vị của khối", "every agency of the block"),
            };
            let title = group.title().get(lang).to_owned();
            let cells: [Cell; 5] = [
                group.code.to_string().into(),
                title.into(),
                exact(group.weight, lang),
                mode(group.mode, lang).into(),
                rates.into(),
            ];
            Row::item(cells)
        });
        Table { title: block.title().get(lang).to_owned(), columns, rows: rows.collect() }
    };
    campaign.blocks.iter().map(table).filter(|table| !table.rows.is_empty()).collect()
}

fn title(plan: &FormPlan<'_>) -> Text {
    Text::new(&*plan.form.title, plan.form.title_en.as_deref().unwrap_or_default())
}

fn catalogue(campaign: &Campaign, plans: &[FormPlan<'_>], lang: Lang) -> Table {
    let say = |vi, en| pick(lang, vi, en);
    let costs = by_form(campaign);
    let columns = vec![
        Column::mark(say("Mã phiếu", "Code"), 24),
        Column::text(say("Tên phiếu", "Title"), 70),
        Column::figure(say("Tổng thể", "Population"), 20),
        Column::figure(say("Số phiếu", "Forms"), 18),
        Column::figure(say("Số người mời", "Asked"), 20),
        Column::figure(say("Chi phí (đồng)", "Cost (đồng)"), 26),
        Column::figure(say("Một phiếu (đồng)", "Each (đồng)"), 22),
    ];
    let whole = |count: u64| exact(count.into(), lang);
    let rows = plans.iter().map(|plan| {
        let cost = costs.iter().find(|cost| cost.form == plan.form.code);
        let dong = |figure: Option<Decimal>| figure.map_or_else(|| Cell::from("–"), |figure| exact(figure.round(), lang));
        let invited = plan.invited().map_or_else(|| Cell::from(mode(Some(Mode::Imported), lang)), whole);
        let cells: [Cell; 7] = [
            plan.form.code.to_string().into(),
            title(plan).get(lang).into(),
            whole(plan.population()),
            whole(plan.planned()),
            invited,
            dong(cost.map(|cost| cost.cost)),
            dong(cost.and_then(FormCost::each)),
        ];
        Row::item(cells)
    });
    Table { title: String::new(), columns, rows: rows.collect() }
}

fn budget(campaign: &Campaign, lang: Lang) -> Table {
    let say = |vi, en| pick(lang, vi, en);
    let columns = vec![
        Column::mark(say("Mã", "Code"), 16),
        Column::mark(say("Nhiệm vụ", "Task"), 16),
        Column::text(say("Nội dung", "What"), 70),
        Column::figure(say("Số lượng", "Quantity"), 20),
        Column::figure(say("Đơn giá (đồng)", "Unit cost (đồng)"), 26),
        Column::figure(say("Thành tiền (đồng)", "Cost (đồng)"), 28),
    ];
    let row = |line: &domain::budget::BudgetLine| {
        let task = line.task.as_ref().map(ToString::to_string).unwrap_or_default();
        let cells: [Cell; 6] = [
            line.code.to_string().into(),
            task.into(),
            line.title().get(lang).into(),
            exact(line.quantity, lang),
            exact(line.unit_cost, lang),
            exact(line.cost(), lang),
        ];
        Row::item(cells)
    };
    let mut rows: Vec<Row> = lines(campaign).map(row).collect();
    if !rows.is_empty() {
        let total: Decimal = lines(campaign).map(domain::budget::BudgetLine::cost).sum();
        let empty = || Cell::from("");
        let cells = vec![empty(), empty(), say("Cộng", "Total").into(), empty(), empty(), exact(total, lang)];
        rows.push(Row { kind: RowKind::Total, cells });
    }
    Table { title: String::new(), columns, rows }
}

/// The sample of a form: what is shown of the working in each row is what differs from row to row; the first is shown in full.
fn annex(input: &SurveyPlan<'_>, plan: &FormPlan<'_>, lang: Lang) -> Annex {
    let say = |vi, en| pick(lang, vi, en);
    let name = |code: &domain::Code| {
        let agency = input.campaign.agencies.iter().find(|agency| agency.code == *code);
        agency.map_or_else(|| code.to_string(), |agency| agency.name().get(lang).to_owned())
    };
    let mut body = vec![Block::Paragraph(title(plan).get(lang).to_owned())];
    if plan.rates_all() {
        let every = say(
            "Mỗi người của nhóm đánh giá mọi đơn vị của khối trên cùng một phiếu.",
            "Each person of the group rates every agency of the block on one form.",
        );
        body.push(Block::Note(every.into()));
    }
    if !plan.asked {
        let imported = say(
            "Nhóm này không hỏi trực tiếp: kết quả được nhập từ cuộc đo lường khác, cỡ mẫu theo kế hoạch của cuộc đo lường đó.",
            "This group is not asked: its results come from another survey, whose plan gives the samples.",
        );
        body.push(Block::Note(imported.into()));
    }
    let example = plan.cells.iter().find_map(|(sample, plan)| Some((sample, plan.as_ref().ok()?))).filter(|_| plan.asked);
    if let Some((sample, planned)) = example {
        body.push(Block::Subheading(format!("{} {}", say("Cách tính, ví dụ", "The working, for"), name(&sample.agency))));
        body.push(Block::List(planned.steps.iter().map(|step| step.say(lang)).collect()));
    }
    let columns = vec![
        Column::mark(say("TT", "No."), 10),
        Column::text(say("Đơn vị", "Agency"), 50),
        Column::figure(say("Tổng thể N", "Population N"), 20),
        Column::figure(say("Số phiếu n", "Forms n"), 18),
        Column::figure(say("Số người mời", "Asked"), 18),
        Column::text(say("Cách tính", "Working"), 124),
    ];
    let row = |(number, (sample, planned)): (u32, &(&domain::survey::Sample, _))| {
        let planned: &Result<domain::survey::sample::Plan, domain::survey::sample::NoPlan> = planned;
        let shown = |step: &&Step| !matches!(step, Step::Population { .. } | Step::Unlimited { .. } | Step::Corrected { .. });
        let working = match planned {
            // Every row tells of the same people: the example has told it.
            Ok(_) if plan.rates_all() => String::new(),
            Ok(of) if plan.asked => of.steps.iter().filter(shown).map(|step| step.say(lang)).collect::<Vec<_>>().join(" "),
            Ok(_) => sample.reason.clone().unwrap_or_default(),
            Err(why) => why.say(lang).to_owned(),
        };
        let figure = |figure: Option<u32>| figure.map_or_else(|| Cell::from("–"), |figure| exact(figure.into(), lang));
        let invited = planned.as_ref().ok().filter(|_| plan.asked).map(|of| of.invited);
        let cells: [Cell; 6] = [
            number.to_string().into(),
            name(&sample.agency).into(),
            figure(sample.population),
            exact(sample.planned.into(), lang),
            figure(invited),
            working.into(),
        ];
        Row::item(cells)
    };
    let rows = (1..).zip(&plan.cells).map(row).collect();
    body.push(Block::Table(Table { title: String::new(), columns, rows }));
    Annex {
        title: match lang {
            Lang::Vi => format!("Cỡ mẫu phiếu {}", plan.form.code),
            Lang::En => format!("Sample of form {}", plan.form.code),
        },
        orientation: Orientation::Landscape,
        body,
    }
}
