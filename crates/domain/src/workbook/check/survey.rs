//! The survey: groups, forms, questions and what they feed.

use super::{Check, each, plain};
use crate::criteria::RuleName;
use crate::survey::QuestionRow;
use crate::workbook::Code;
use crate::workbook::table::Numbered;
use rust_decimal::Decimal;
use std::collections::{HashMap, HashSet};

/// Largest weight: products of counts and weights stay well within what decimals hold.
const LARGEST_WEIGHT: u32 = 1_000;

impl<'a> Check<'a, '_> {
    pub(super) fn survey(&mut self) {
        let draft = self.draft;
        for numbered in &draft.groups {
            self.knows_block(numbered, &numbered.row.block);
            self.weight("groups", numbered.number, Some(numbered.row.weight), true);
        }
        let mut by_group: HashMap<_, (&Code, u32)> = HashMap::new();
        for numbered in &draft.forms {
            let form = &numbered.row;
            self.knows_block(numbered, &form.block);
            if !self.rows.groups.contains(&(&form.block, &form.group)) {
                self.unknown("forms", numbered.number, "group", form.group.as_str(), "groups");
            }
            let twin = by_group.insert((&form.block, &form.group), (&form.code, numbered.number));
            if let Some((code, row)) = twin {
                let (first, second) = if row < numbered.number { (code, numbered.number) } else { (&form.code, row) };
                let what = [format!("nhóm này đã có phiếu {first}"), format!("the group already has form {first}")];
                self.say("forms", second, "group", what, plain("mỗi nhóm một mẫu phiếu", "one form per group"));
            }
        }
        for numbered in &draft.choices {
            if numbered.row.points.is_some_and(|points| !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&points)) {
                self.say(
                    "choices",
                    numbered.number,
                    "points",
                    plain("ngoài khoảng 0–100", "is outside 0–100"),
                    plain("0–100", "0–100"),
                );
            }
        }
        for numbered in &draft.questions {
            self.question(numbered);
        }
        self.fed_items();
        for numbered in &draft.sample {
            let agency = self.knows_agency(numbered, &numbered.row.agency);
            self.form_of("sample", numbered.number, agency.map(|agency| &agency.block), &numbered.row.form);
            if numbered.row.population.is_some_and(|population| population < numbered.row.planned) {
                let what = plain("kế hoạch nhiều hơn tổng thể", "more is planned than there are people");
                self.say("sample", numbered.number, "planned", what, plain("không quá population", "at most population"));
            }
        }
    }

    fn weight(&mut self, sheet: &str, row: u32, weight: Option<Decimal>, may_be_zero: bool) {
        let Some(weight) = weight else { return };
        let lowest_ok = if may_be_zero { weight >= Decimal::ZERO } else { weight > Decimal::ZERO };
        if !lowest_ok || weight > LARGEST_WEIGHT.into() {
            let from = if may_be_zero { "0–1000" } else { "> 0, ≤ 1000" };
            self.say(sheet, row, "weight", plain("trọng số ngoài phạm vi", "the weight is out of range"), plain(from, from));
        }
    }

    fn question(&mut self, numbered: &'a Numbered<QuestionRow>) {
        let (row, question) = (numbered.number, &numbered.row);
        self.weight("questions", row, question.weight, false);
        let form = self.rows.forms.get(&question.form).copied();
        if form.is_none() {
            self.unknown("questions", row, "form", question.form.as_str(), "forms");
        }
        let plain_type = matches!(question.kind.as_str(), "integer" | "text" | "note" | "begin_group" | "end_group");
        match question.list() {
            None if !plain_type => {
                let what =
                    [format!("loại “{}” không được hỗ trợ", question.kind), format!("type “{}” is not supported", question.kind)];
                let instead = plain(
                    "select_one LIST, select_multiple LIST, integer, text, note, begin_group, end_group",
                    "select_one LIST, select_multiple LIST, integer, text, note, begin_group, end_group",
                );
                self.say("questions", row, "type", what, instead);
            }
            Some(list) if !self.rows.choices.contains_key(list) => self.unknown("questions", row, "type", list, "choices"),
            _ => {}
        }
        let (Some(item), Some(form)) = (&question.item, form) else { return };
        let fed = self.rows.items.get(&(&form.block, item)).map(|rows| rows.criterion.rule);
        match fed {
            None => self.unknown("questions", row, "item", item.as_str(), "criteria"),
            Some(Some(RuleName::Survey)) => {}
            Some(_) => {
                let what = [format!("{item} không chấm bằng điều tra"), format!("{item} is not scored by the survey")];
                self.say("questions", row, "item", what, plain("một mục có quy tắc survey", "an item with rule survey"));
            }
        }
        match question.select_one() {
            None => {
                let what = plain("chỉ câu select_one mới tính điểm được", "only a select_one question can earn points");
                self.say(
                    "questions",
                    row,
                    "item",
                    what,
                    plain("để trống, hoặc dùng select_one", "leave it blank, or use select_one"),
                );
            }
            Some(list) => {
                let worth_nothing =
                    self.rows.choices.get(list).is_some_and(|choices| choices.iter().all(|choice| choice.points.is_none()));
                if worth_nothing && !self.draft.unread.holds("choices", "list", list) {
                    let what = [format!("danh sách {list} không có điểm"), format!("the list {list} has no points")];
                    self.say("questions", row, "item", what, plain("thêm điểm vào trang choices", "give its choices points"));
                }
            }
        }
    }

    /// Every survey item is fed by some question of its block.
    fn fed_items(&mut self) {
        let draft = self.draft;
        let block_of = |question: &QuestionRow| self.rows.forms.get(&question.form).map(|form| form.block.clone());
        let fed: HashSet<(Code, &Code)> =
            each(&draft.questions).filter_map(|question| Some((block_of(question)?, question.item.as_ref()?))).collect();
        for numbered in draft.criteria.iter().filter(|numbered| numbered.row.rule == Some(RuleName::Survey)) {
            let item = &numbered.row;
            // A question or form that could not be read may be the one that feeds it.
            let unread = draft.unread.holds("questions", "item", item.code.as_str())
                || draft.unread.holds("forms", "block", item.block.as_str());
            if !unread && !fed.contains(&(item.block.clone(), &item.code)) {
                let what = [format!("không câu hỏi nào chấm {}", item.code), format!("no question feeds {}", item.code)];
                let instead = [
                    format!("ghi {} ở cột item của trang questions", item.code),
                    format!("name {} under item in the sheet questions", item.code),
                ];
                self.say("criteria", numbered.number, "rule", what, instead);
            }
        }
    }

    /// Notes a form that is not there or belongs to another block.
    pub(super) fn form_of(&mut self, sheet: &str, row: u32, block: Option<&Code>, form: &'a Code) -> bool {
        match (self.rows.forms.get(form), block) {
            (None, _) => self.unknown(sheet, row, "form", form.as_str(), "forms"),
            (Some(known), Some(block)) if known.block != *block => {
                let what =
                    [format!("{form} là phiếu của khối {}", known.block), format!("{form} is a form of block {}", known.block)];
                self.say(sheet, row, "form", what, [format!("phiếu của khối {block}"), format!("a form of block {block}")]);
            }
            _ => return true,
        }
        false
    }
}
