//! The lines of each form: names, groups, and the expressions that refer to other lines.

use super::{Check, plain};
use crate::survey::QuestionRow;
use crate::survey::expression::Expression;
use crate::workbook::Code;
use crate::workbook::table::{Numbered, Row};
use std::collections::BTreeMap;

type Line<'a> = &'a Numbered<QuestionRow>;

impl<'a> Check<'a, '_> {
    /// Checks what only the order of a form's lines shows.
    pub(super) fn forms(&mut self) {
        let mut forms: BTreeMap<&'a Code, Vec<Line<'a>>> = BTreeMap::new();
        for numbered in &self.draft.questions {
            forms.entry(&numbered.row.form).or_default().push(numbered);
        }
        for (form, mut lines) in forms {
            lines.sort_by(|a, b| a.row.layout(&b.row));
            for line in &lines {
                self.name(line);
            }
            // A line that could not be read may be the one that closes a group.
            if !self.draft.unread.holds("questions", "form", form.as_str()) {
                self.groups(&lines);
            }
            for (place, line) in lines.iter().enumerate() {
                let (before, after) = lines.split_at(place);
                self.expressions(line, before, after);
            }
        }
    }

    /// XLSForm makes an XML element of each name.
    fn name(&mut self, line: Line<'a>) {
        let name = line.row.name.as_str();
        if !name.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_') {
            let what = [
                format!("tên câu “{name}” không bắt đầu bằng chữ cái hoặc _"),
                format!("the name “{name}” does not begin with a letter or _"),
            ];
            self.say("questions", line.number, "name", what, [format!("ví dụ c{name}"), format!("such as q{name}")]);
        }
        if name == "intro" {
            let what = plain(
                "tên “intro” dành cho thông báo mục đích của phiếu",
                "the name “intro” is kept for the form's purpose notice",
            );
            self.say("questions", line.number, "name", what, plain("đặt tên khác", "choose another name"));
        }
        let row = &line.row;
        let texts = [("label", Some(&row.label)), ("label_en", row.label_en.as_ref()), ("hint", row.hint.as_ref())];
        for (column, text) in texts.into_iter().chain([("hint_en", row.hint_en.as_ref())]) {
            if text.is_some_and(|text| text.contains("${")) {
                let what = plain("câu trả lời không chèn vào văn bản được", "answers cannot be put into texts");
                self.say("questions", line.number, column, what, plain("bỏ ${…}", "remove ${…}"));
            }
        }
    }

    fn groups(&mut self, lines: &[Line<'a>]) {
        let mut open: Vec<Line<'a>> = Vec::new();
        for line in lines {
            match line.row.kind.as_str() {
                "begin_group" => open.push(line),
                "end_group" if open.pop().is_none() => {
                    let what = plain("end_group không đóng nhóm nào", "this end_group closes no group");
                    let instead =
                        plain("thêm begin_group ở trước, hoặc bỏ dòng này", "put a begin_group before it, or remove it");
                    self.say("questions", line.number, "type", what, instead);
                }
                _ => {}
            }
        }
        for line in open {
            let what =
                [format!("nhóm {} không được đóng", line.row.name), format!("the group {} is never closed", line.row.name)];
            let instead = plain("thêm end_group sau câu cuối của nhóm", "put an end_group after the group's last question");
            self.say("questions", line.number, "type", what, instead);
        }
    }

    fn expressions(&mut self, line: Line<'a>, before: &[Line<'a>], after: &[Line<'a>]) {
        let row = &line.row;
        for (column, source) in [("relevant", &row.relevant), ("constraint", &row.constraint)] {
            let Some(source) = source else { continue };
            let expression = match Expression::parse(source) {
                Ok(expression) => expression,
                Err(fault) => {
                    let what = [fault.say(scoring::Lang::Vi), fault.say(scoring::Lang::En)];
                    let example = if column == "relevant" { "${q1} = 'yes'" } else { ". >= 0 and . <= 100" };
                    let instead =
                        [format!("biểu thức XLSForm, ví dụ {example}"), format!("an expression of XLSForm, such as {example}")];
                    self.say("questions", line.number, column, what, instead);
                    continue;
                }
            };
            if column == "relevant" && expression.looks_at_itself() {
                let what = plain("“.” là chính câu này, chưa được hỏi", "“.” is this question itself, which is not asked yet");
                self.say(
                    "questions",
                    line.number,
                    column,
                    what,
                    plain("ghi ${ten_cau} của câu trước", "name an earlier question, ${its_name}"),
                );
            }
            if column == "constraint" && !row.asks() {
                let what =
                    plain("dòng này không có câu trả lời để ràng buộc", "this line has no answer that could be constrained");
                self.say("questions", line.number, column, what, plain("để trống", "leave it blank"));
            }
            for name in expression.names() {
                self.refers(line, column, name, before, after);
            }
            for (of, choice) in expression.compared() {
                let of = match of {
                    None => Some(line),
                    Some(name) => before.iter().copied().find(|line| line.row.name.as_str() == name),
                };
                self.offers(line, column, of, choice);
            }
        }
    }

    /// Only what stands earlier in the form has been answered.
    fn refers(&mut self, line: Line<'a>, column: &str, name: &str, before: &[Line<'a>], after: &[Line<'a>]) {
        let named = |lines: &[Line<'a>]| lines.iter().find(|line| line.row.name.as_str() == name).map(|line| line.row.asks());
        let form = &line.row.form;
        let what = match (named(before), named(after)) {
            (Some(true), _) => return,
            (Some(false), _) => {
                [format!("“{name}” không phải câu hỏi có trả lời"), format!("“{name}” is no question with an answer")]
            }
            (None, Some(_)) => {
                [format!("câu “{name}” không đứng trước dòng này"), format!("“{name}” does not stand before this line")]
            }
            (None, None) if self.draft.unread.holds("questions", "name", name) => return,
            (None, None) => [format!("phiếu {form} không có câu “{name}”"), format!("the form {form} has no question “{name}”")],
        };
        let instead =
            [format!("tên một câu đứng trước trong phiếu {form}"), format!("the name of an earlier question of {form}")];
        self.say("questions", line.number, column, what, instead);
    }

    /// A choice that is not offered is never chosen, and nobody would notice.
    fn offers(&mut self, line: Line<'a>, column: &str, of: Option<Line<'a>>, choice: &str) {
        let Some((of, list)) = of.and_then(|of| Some((of, of.row.list()?))) else { return };
        let Some(choices) = self.rows.choices.get(list) else { return };
        let known = choices.iter().any(|known| known.name.as_str() == choice);
        if !known && !self.draft.unread.holds("choices", "name", choice) {
            let names = choices.iter().map(|choice| choice.name.as_str()).collect::<Vec<_>>().join(", ");
            let name = &of.row.name;
            let what = [format!("câu {name} không có lựa chọn “{choice}”"), format!("{name} has no choice “{choice}”")];
            self.say("questions", line.number, column, what, [format!("một trong: {names}"), format!("one of: {names}")]);
        }
    }
}
