//! Rules: the inputs, levels, parameter and formula that each needs.

use super::{Check, plain};
use crate::criteria::{InputRow, InputType, LevelRow, RuleName};
use crate::model::ItemRows;
use rust_decimal::Decimal;
use scoring::formula::{Formula, FormulaErrorKind, Kind};

/// Something wrong with an item: sheet, row, column, what is wrong, what would be right.
type Finding = (&'static str, u32, &'static str, [String; 2], [String; 2]);

impl Check<'_, '_> {
    pub(super) fn rules(&mut self) {
        let draft = self.draft;
        for numbered in &draft.inputs {
            let input = &numbered.row;
            if !self.rows.items.contains_key(&(&input.block, &input.item)) {
                self.unknown("inputs", numbered.number, "item", input.item.as_str(), "criteria");
            }
            if !is_name(input.name.as_str()) {
                let what = [format!("“{}” không dùng làm tên được", input.name), format!("“{}” cannot be a name", input.name)];
                let instead = plain(
                    "một chữ cái, rồi chữ cái, chữ số và _; không phải max_points hay từ dành riêng của CEL",
                    "a letter, then letters, digits and _; neither max_points nor a reserved word of CEL",
                );
                self.say("inputs", numbered.number, "name", what, instead);
            }
            let (lowest, highest) = (input.min.unwrap_or_default(), input.max);
            if highest.is_some_and(|highest| highest < lowest) {
                let what = plain("giá trị lớn nhất nhỏ hơn giá trị nhỏ nhất", "the highest value is below the lowest");
                self.say("inputs", numbered.number, "max", what, plain("số từ min trở lên", "a number from min on"));
            }
        }
        for numbered in &draft.levels {
            let level = &numbered.row;
            if !self.rows.items.contains_key(&(&level.block, &level.item)) {
                self.unknown("levels", numbered.number, "item", level.item.as_str(), "criteria");
            }
            if level.points < Decimal::ZERO {
                self.say(
                    "levels",
                    numbered.number,
                    "points",
                    plain("nhỏ hơn 0", "is below 0"),
                    plain("số từ 0 trở lên", "a number from 0 on"),
                );
            }
        }
        let mut findings = Vec::new();
        for (key, rows) in &self.rows.items {
            let row = self.rows.item_rows.get(key).copied().unwrap_or(0);
            let mut item = ItemCheck { check: self, rows, row, findings: &mut findings };
            match rows.criterion.rule {
                Some(rule) => item.rule(rule),
                None => item.no_rule(),
            }
        }
        for (sheet, row, column, what, instead) in findings {
            self.say(sheet, row, column, what, instead);
        }
    }

    fn row_of_input(&self, input: &InputRow) -> u32 {
        self.rows.input_rows.get(&std::ptr::from_ref(input)).copied().unwrap_or(0)
    }

    fn row_of_level(&self, level: &LevelRow) -> u32 {
        self.rows.level_rows.get(&std::ptr::from_ref(level)).copied().unwrap_or(0)
    }
}

/// Whether formulas can call an input so.
fn is_name(name: &str) -> bool {
    let alone = Formula::parse(name).is_ok_and(|formula| formula.names().eq([name]));
    alone && name != "max_points" && name.starts_with(|first: char| first.is_ascii_alphabetic())
}

struct ItemCheck<'c, 'a, 'p> {
    check: &'c Check<'a, 'p>,
    rows: &'c ItemRows<'a>,
    row: u32,
    findings: &'c mut Vec<Finding>,
}

impl ItemCheck<'_, '_, '_> {
    fn criterion(&mut self, column: &'static str, what: [String; 2], instead: [String; 2]) {
        self.findings.push(("criteria", self.row, column, what, instead));
    }

    fn level(&mut self, level: &LevelRow, column: &'static str, what: [String; 2], instead: [String; 2]) {
        self.findings.push(("levels", self.check.row_of_level(level), column, what, instead));
    }

    fn no_rule(&mut self) {
        let code = &self.rows.criterion.code;
        let stray: Vec<_> = self.rows.inputs.iter().map(|input| ("inputs", self.check.row_of_input(input))).collect();
        let levels = self.rows.levels.iter().map(|level| ("levels", self.check.row_of_level(level)));
        for (sheet, row) in stray.into_iter().chain(levels.collect::<Vec<_>>()) {
            let what = [format!("{code} không được chấm trực tiếp"), format!("{code} is not scored itself")];
            self.findings.push((sheet, row, "item", what, plain("mã của một mục có quy tắc", "the code of an item with a rule")));
        }
    }

    fn rule(&mut self, rule: RuleName) {
        self.parameter(rule);
        self.formula(rule);
        if !self.unread("levels") && !self.unread("inputs") {
            self.inputs(rule);
        }
        self.levels(rule);
    }

    /// Whether rows of the sheet that speak of this item could not be read.
    fn unread(&self, sheet: &'static str) -> bool {
        self.check.draft.unread.holds(sheet, "item", self.rows.criterion.code.as_str())
    }

    fn parameter(&mut self, rule: RuleName) {
        let parameter = self.rows.criterion.parameter;
        let percent = rule == RuleName::Saturating || rule == RuleName::Floor;
        let needed = percent || rule == RuleName::Count;
        let taken = needed || rule == RuleName::Deduction || rule == RuleName::External;
        match parameter {
            None if needed => {
                let what = [format!("quy tắc {} cần tham số", rule.word()), format!("rule {} needs a parameter", rule.word())];
                let instead = if percent {
                    plain("tỷ lệ %, ví dụ 80", "a rate in %, such as 80")
                } else {
                    plain("điểm cho mỗi đơn vị", "points per unit")
                };
                self.criterion("parameter", what, instead);
            }
            Some(_) if !taken => {
                let what =
                    [format!("quy tắc {} không dùng tham số", rule.word()), format!("rule {} takes no parameter", rule.word())];
                self.criterion("parameter", what, plain("để trống", "leave it blank"));
            }
            Some(value) if value <= Decimal::ZERO || (percent && value > Decimal::ONE_HUNDRED) => {
                let instead = if percent {
                    plain("lớn hơn 0, đến 100", "above 0, up to 100")
                } else {
                    plain("số lớn hơn 0", "a number above 0")
                };
                self.criterion("parameter", plain("ngoài phạm vi", "is out of range"), instead);
            }
            _ => {}
        }
    }

    fn formula(&mut self, rule: RuleName) {
        let source = self.rows.criterion.formula.as_deref();
        match (rule == RuleName::Formula, source) {
            (true, None) => self.criterion(
                "formula",
                plain("thiếu công thức", "the formula is missing"),
                plain("ví dụ max_points * done / total", "such as max_points * done / total"),
            ),
            (false, Some(_)) => {
                let what =
                    [format!("quy tắc {} không dùng công thức", rule.word()), format!("rule {} takes no formula", rule.word())];
                self.criterion(
                    "formula",
                    what,
                    plain("để trống, hoặc chọn quy tắc formula", "leave it blank, or choose the rule formula"),
                );
            }
            (true, Some(source)) => {
                let kind_of = |name: &str| {
                    if name == "max_points" {
                        return Some(Kind::Number);
                    }
                    self.rows.inputs.iter().find(|input| input.name.as_str() == name).map(|input| match input.kind {
                        InputType::Integer | InputType::Number | InputType::Percent => Kind::Number,
                        InputType::Boolean => Kind::Flag,
                        InputType::Choice => Kind::Text,
                    })
                };
                let names: Vec<_> =
                    self.rows.inputs.iter().map(|input| input.name.to_string()).chain(["max_points".into()]).collect();
                let names = names.join(", ");
                let instead = [format!("công thức CEL trên: {names}"), format!("CEL over: {names}")];
                match Formula::parse(source).and_then(|formula| formula.check_kinds(&kind_of)) {
                    Err(error) if matches!(error.kind, FormulaErrorKind::UnknownName(_)) && self.unread("inputs") => {}
                    Err(error) => self.criterion("formula", [error.vi(), error.to_string()], instead),
                    Ok(Kind::Number) => {}
                    Ok(_) => self.criterion("formula", plain("kết quả không phải là số", "does not give a number"), instead),
                }
            }
            (false, None) => {}
        }
    }

    fn inputs(&mut self, rule: RuleName) {
        let Some(expected) = self.rows.expected_inputs() else {
            return;
        };
        for name in &expected {
            match self.rows.inputs.iter().find(|input| input.name.as_str() == name) {
                None => {
                    let what = [
                        format!("quy tắc {} cần số liệu “{name}”", rule.word()),
                        format!("rule {} needs the input “{name}”", rule.word()),
                    ];
                    self.criterion(
                        "rule",
                        what,
                        [format!("thêm dòng {name} vào trang inputs"), format!("add a row {name} to the sheet inputs")],
                    );
                }
                Some(input)
                    if (rule == RuleName::Choice) != (input.kind == InputType::Choice) || input.kind == InputType::Boolean =>
                {
                    let row = self.check.row_of_input(input);
                    let instead = if rule == RuleName::Choice {
                        plain("choice", "choice")
                    } else {
                        plain("integer, number hoặc percent", "integer, number or percent")
                    };
                    self.findings.push((
                        "inputs",
                        row,
                        "type",
                        plain("không hợp với quy tắc", "does not suit the rule"),
                        instead,
                    ));
                }
                Some(input) if input.min.is_some_and(|min| min < Decimal::ZERO) => {
                    let row = self.check.row_of_input(input);
                    let what = [
                        format!("quy tắc {} không nhận số âm", rule.word()),
                        format!("rule {} takes no negative figures", rule.word()),
                    ];
                    self.findings.push(("inputs", row, "min", what, plain("0, hoặc để trống", "0, or leave it blank")));
                }
                Some(_) => {}
            }
        }
        for input in self.rows.inputs.iter().filter(|input| !expected.iter().any(|name| name == input.name.as_str())) {
            let (row, name) = (self.check.row_of_input(input), &input.name);
            let what =
                [format!("quy tắc {} không dùng “{name}”", rule.word()), format!("rule {} does not use “{name}”", rule.word())];
            let names = if expected.is_empty() { "–".into() } else { expected.join(", ") };
            self.findings.push(("inputs", row, "name", what, [format!("các tên: {names}"), format!("the names: {names}")]));
        }
    }

    fn levels(&mut self, rule: RuleName) {
        let max = self.rows.criterion.max_points;
        let by_gravity = rule == RuleName::Deduction && self.rows.criterion.parameter.is_none();
        let has_choice = self.rows.inputs.iter().any(|input| input.kind == InputType::Choice);
        let wanted = matches!(rule, RuleName::Choice | RuleName::Banded) || by_gravity || has_choice;
        let unread = self.unread("levels");
        if wanted && self.rows.levels.is_empty() && !unread {
            let what = [format!("quy tắc {} cần các mức", rule.word()), format!("rule {} needs levels", rule.word())];
            self.criterion("rule", what, plain("thêm các dòng vào trang levels", "add rows to the sheet levels"));
        }
        let levels = self.rows.levels.clone();
        for level in &levels {
            if !wanted {
                let what = [format!("quy tắc {} không dùng mức", rule.word()), format!("rule {} takes no levels", rule.word())];
                self.level(level, "item", what, plain("bỏ dòng này", "remove the row"));
            } else if level.points > max && !by_gravity {
                let max = max.normalize();
                let what = [format!("nhiều hơn điểm tối đa {max}"), format!("is more than the item's {max}")];
                self.level(level, "points", what, [format!("0–{max}"), format!("0–{max}")]);
            }
            match (rule == RuleName::Banded, level.from) {
                (true, None) => {
                    self.level(level, "from", plain("thiếu cận dưới", "the lower bound is missing"), plain("0–100", "0–100"))
                }
                (true, Some(from)) if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&from) => {
                    self.level(level, "from", plain("ngoài khoảng 0–100", "is outside 0–100"), plain("0–100", "0–100"));
                }
                (false, Some(_)) => {
                    let what = plain("chỉ dùng cho quy tắc banded", "is for rule banded only");
                    self.level(level, "from", what, plain("để trống", "leave it blank"));
                }
                _ => {}
            }
        }
        let earns = matches!(rule, RuleName::Choice | RuleName::Banded) && !unread;
        if earns && !levels.is_empty() && levels.iter().all(|level| level.points < max) {
            let max = max.normalize();
            let what = [format!("không mức nào đạt {max} điểm"), format!("no level reaches {max} points")];
            self.criterion("max_points", what, [format!("mức cao nhất là {max}"), format!("let the highest level be {max}")]);
        }
        if rule == RuleName::Banded {
            self.bands(levels);
        }
    }

    fn bands(&mut self, mut levels: Vec<&LevelRow>) {
        levels.retain(|level| level.from.is_some());
        levels.sort_by_key(|level| level.from);
        for pair in levels.windows(2) {
            if let [lower, upper] = pair
                && lower.from == upper.from
            {
                let (lower, from) = (&lower.level, upper.from.unwrap_or_default().normalize());
                let what = [
                    format!("chồng lên khoảng {lower}: cùng bắt đầu từ {from}"),
                    format!("overlaps {lower}: both start at {from}"),
                ];
                self.level(upper, "from", what, plain("một cận dưới khác", "another lower bound"));
            }
        }
        if let Some(lowest) = levels.first()
            && !self.unread("levels")
            && (lowest.from != Some(Decimal::ZERO) || lowest.inclusive == Some(false))
        {
            let from = lowest.from.unwrap_or_default().normalize();
            let what = [format!("tỷ lệ dưới {from} % không thuộc khoảng nào"), format!("rates below {from} % lie in no band")];
            self.level(lowest, "from", what, plain("khoảng thấp nhất bắt đầu từ 0", "let the lowest band start at 0"));
        }
    }
}
