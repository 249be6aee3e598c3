//! What was said, counted and imported about agencies.

use super::{Check, plain};
use crate::assessment::{Claim, Stream, value};
use crate::criteria::RuleName;
use crate::model::{self, ItemRows};
use crate::workbook::table::Numbered;
use rust_decimal::Decimal;
use scoring::criteria::AppliesTo;

impl<'a> Check<'a, '_> {
    pub(super) fn claims(&mut self) {
        let draft = self.draft;
        for numbered in &draft.claims {
            self.claim(numbered);
        }
        let of_same = |a: &Numbered<Claim>, b: &Numbered<Claim>| {
            (&a.row.agency, &a.row.item, a.row.stream) == (&b.row.agency, &b.row.item, b.row.stream)
        };
        for rows in draft.claims.chunk_by(of_same) {
            let mut scores = rows.iter().filter(|numbered| numbered.row.score.is_some());
            if let (Some(first), Some(second)) = (scores.next(), scores.next()) {
                self.twice(first, second, "score");
            }
            let mut applicable = rows.iter().filter(|numbered| numbered.row.applicable.is_some());
            if let (Some(first), Some(second)) = (applicable.next(), applicable.next()) {
                self.twice(first, second, "applicable");
            }
            let out = rows.iter().find(|numbered| numbered.row.applicable == Some(false));
            let figure = rows.iter().any(|numbered| numbered.row.value.is_some() || numbered.row.score.is_some());
            if let Some(out) = out
                && figure
            {
                let what =
                    plain("không áp dụng nhưng lại có số liệu hoặc điểm", "not applicable, yet there are figures or a score");
                self.say(
                    "claims",
                    out.number,
                    "applicable",
                    what,
                    plain("bỏ số liệu, hoặc để trống ô này", "remove the figures, or leave this blank"),
                );
            }
        }
    }

    fn twice(&mut self, first: &Numbered<Claim>, second: &Numbered<Claim>, column: &str) {
        let (first, second) = (first.number.min(second.number), first.number.max(second.number));
        let what = [format!("đã ghi ở dòng {first}"), format!("already stands in row {first}")];
        self.say("claims", second, column, what, plain("mỗi mục và luồng chỉ một lần", "once for each item and stream"));
    }

    fn claim(&mut self, numbered: &'a Numbered<Claim>) {
        let (row, claim) = (numbered.number, &numbered.row);
        let Some(agency) = self.knows_agency(numbered, &claim.agency) else { return };
        if !agency.is_assessed() {
            let what =
                [format!("{} không được đánh giá năm nay", claim.agency), format!("{} is not assessed this year", claim.agency)];
            self.say(
                "claims",
                row,
                "agency",
                what,
                plain("bỏ dòng này, hoặc ghi assessed = yes", "remove the row, or set assessed to yes"),
            );
        }
        let Some(rows) = self.rows.item_of(agency, &claim.item) else {
            return self.unknown("claims", row, "item", claim.item.as_str(), "criteria");
        };
        let Some(rule) = rows.criterion.rule else {
            let what = [format!("{} không được chấm trực tiếp", claim.item), format!("{} is not scored itself", claim.item)];
            return self.say("claims", row, "item", what, plain("mã của một mục có quy tắc", "the code of an item with a rule"));
        };
        if matches!(rule, RuleName::Survey | RuleName::External) {
            let what = [
                format!("{} không tự chấm (quy tắc {})", claim.item, rule.word()),
                format!("{} is not claimed (rule {})", claim.item, rule.word()),
            ];
            return self.say("claims", row, "item", what, plain("trang tallies hoặc external", "the sheet tallies or external"));
        }
        let max = rows.criterion.max_points;
        let optional = model::applies_to(rows.criterion.applies_to.as_deref()) == Some(AppliesTo::Optional);
        let unread = ["inputs", "levels"].into_iter().any(|sheet| self.draft.unread.holds(sheet, "item", claim.item.as_str()));
        let value = if unread { None } else { value_finding(rows, claim) };
        if let Some((column, what, instead)) = value {
            self.say("claims", row, column, what, instead);
        }
        if claim.score.is_some_and(|score| score < Decimal::ZERO || score > max) {
            let max = max.normalize();
            self.say("claims", row, "score", plain("ngoài phạm vi", "is out of range"), [format!("0–{max}"), format!("0–{max}")]);
        }
        if claim.applicable.is_some() && !optional {
            let what = [format!("{} áp dụng cho mọi đơn vị", claim.item), format!("{} is not optional", claim.item)];
            let instead = plain("để trống, hoặc ghi applies_to = optional", "leave it blank, or set applies_to to optional");
            self.say("claims", row, "applicable", what, instead);
        }
        let decides = claim.score.is_some() || claim.applicable.is_some();
        if decides && claim.stream != Stream::SelfAssessed && claim.remark.is_none() {
            let what =
                plain("ấn định điểm hoặc không áp dụng mà không nêu lý do", "sets a score or applicability without saying why");
            self.say("claims", row, "remark", what, plain("ghi lý do", "write the reason"));
        }
        if claim.input.is_none()
            && claim.value.is_none()
            && claim.score.is_none()
            && claim.applicable.is_none()
            && claim.remark.is_none()
        {
            let what = plain("dòng không nói gì", "the row says nothing");
            self.say(
                "claims",
                row,
                "",
                what,
                plain("ghi input và value, score, applicable hoặc remark", "give input and value, score, applicable or remark"),
            );
        }
    }

    pub(super) fn counted(&mut self) {
        let draft = self.draft;
        for numbered in &draft.tallies {
            let (row, tally) = (numbered.number, &numbered.row);
            let agency = self.knows_agency(numbered, &tally.agency);
            if !self.form_of("tallies", row, agency.map(|agency| &agency.block), &tally.form) {
                continue;
            }
            let Some(question) = self.rows.questions.get(&(&tally.form, &tally.question)).copied() else {
                self.unknown("tallies", row, "question", tally.question.as_str(), "questions");
                continue;
            };
            let Some(choices) = question.list().and_then(|list| self.rows.choices.get(list)) else {
                let what = [
                    format!("{} không có lựa chọn để đếm", tally.question),
                    format!("{} has no choices to count", tally.question),
                ];
                self.say("tallies", row, "question", what, plain("một câu select_one", "a select_one question"));
                continue;
            };
            if !choices.iter().any(|choice| choice.name == tally.choice) {
                self.unknown("tallies", row, "choice", tally.choice.as_str(), "choices");
            }
        }
        for numbered in &draft.external {
            let (row, figure) = (numbered.number, &numbered.row);
            let Some(agency) = self.knows_agency(numbered, &figure.agency) else { continue };
            match self.rows.item_of(agency, &figure.item).map(|rows| rows.criterion.rule) {
                None => self.unknown("external", row, "item", figure.item.as_str(), "criteria"),
                Some(Some(RuleName::External)) => {}
                Some(_) => {
                    let what = [
                        format!("{} không lấy số liệu bên ngoài", figure.item),
                        format!("{} takes no imported figure", figure.item),
                    ];
                    self.say("external", row, "item", what, plain("một mục có quy tắc external", "an item with rule external"));
                }
            }
            if figure.value < Decimal::ZERO {
                self.say(
                    "external",
                    row,
                    "value",
                    plain("nhỏ hơn 0", "is below 0"),
                    plain("số từ 0 trở lên", "a number from 0 on"),
                );
            }
        }
    }
}

type Finding = (&'static str, [String; 2], [String; 2]);

/// What is wrong with the input and value of a claim.
fn value_finding(rows: &ItemRows<'_>, claim: &Claim) -> Option<Finding> {
    let (name, text) = match (&claim.input, &claim.value) {
        (None, None) => return None,
        (Some(_), None) => {
            return Some((
                "value",
                plain("thiếu giá trị", "the value is missing"),
                plain("điền giá trị, hoặc để trống input", "fill it in, or leave input blank"),
            ));
        }
        (None, Some(_)) => {
            return Some((
                "input",
                plain("không rõ giá trị của số liệu nào", "does not say what the value is of"),
                plain("tên số liệu", "the name of an input"),
            ));
        }
        (Some(name), Some(text)) => (name, text),
    };
    let Some(input) = rows.inputs.iter().find(|input| input.name == *name) else {
        let names = rows.inputs.iter().map(|input| input.name.to_string()).collect::<Vec<_>>().join(", ");
        let what = [format!("{} không có số liệu “{name}”", claim.item), format!("{} has no input “{name}”", claim.item)];
        return Some(("input", what, [format!("một trong: {names}"), format!("one of: {names}")]));
    };
    value::fault(input, &rows.levels, text)
        .map(|fault| ("value", [fault.what.vi, fault.what.en], [fault.instead.vi, fault.instead.en]))
}
