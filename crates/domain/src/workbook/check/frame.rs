//! Settings, agencies, plan, people and budget.

use super::{Check, each, plain};
use crate::accounts::Role;
use crate::budget::ALL_FORMS;
use crate::criteria::Kind;
use crate::model;
use crate::workbook::Code;
use rust_decimal::Decimal;
use scoring::ranking::Tiebreaker;
use std::collections::HashSet;

impl Check<'_, '_> {
    pub(super) fn settings(&mut self) {
        let draft = self.draft;
        let Some(settings) = &draft.settings else { return };
        let row = |key: &str| draft.setting_rows.iter().find(|(known, _)| known == key).map_or(0, |(_, row)| *row);
        if settings.period_end < settings.period_start {
            let what = plain("thời kỳ đánh giá kết thúc trước khi bắt đầu", "the period assessed ends before it starts");
            self.say(
                "campaign",
                row("period_end"),
                "value",
                what,
                plain("ngày từ period_start trở đi", "a day from period_start on"),
            );
        }
        if !(2000..=2100).contains(&settings.year) {
            let what = [format!("năm {} ngoài phạm vi", settings.year), format!("year {} is out of range", settings.year)];
            self.say("campaign", row("year"), "value", what, plain("2000–2100", "2000–2100"));
        }
        if settings.decimals.is_some_and(|decimals| decimals > 6) {
            self.say(
                "campaign",
                row("decimals"),
                "value",
                plain("quá nhiều chữ số thập phân", "too many decimals"),
                plain("0–6", "0–6"),
            );
        }
        let shares = [
            ("survey_error", settings.survey_error),
            ("survey_response", settings.survey_response),
            ("valid_share", settings.valid_share),
        ];
        for (key, share) in shares {
            let least = if key == "valid_share" { Decimal::ZERO } else { Decimal::ONE };
            if share.is_some_and(|share| !(least..=Decimal::ONE_HUNDRED).contains(&share)) {
                let range = format!("{least}–100");
                let what = plain("tỷ lệ phần trăm ngoài phạm vi", "the percentage is out of range");
                self.say("campaign", row(key), "value", what, plain(&range, &range));
            }
        }
        if let Some(zone) = &settings.timezone
            && zone.parse::<chrono_tz::Tz>().is_err()
        {
            let what = [format!("không có múi giờ “{zone}”"), format!("“{zone}” is not a time zone")];
            self.say("campaign", row("timezone"), "value", what, plain("ví dụ Asia/Ho_Chi_Minh", "such as Asia/Ho_Chi_Minh"));
        }
        let fields = each(&draft.criteria).filter(|row| row.kind == Kind::Field).map(|row| row.code.as_str());
        let fields: HashSet<&str> = fields.collect();
        for word in settings.tiebreakers() {
            let known = model::tiebreaker(word).is_some_and(|breaker| match breaker {
                Tiebreaker::Field(code) => fields.contains(&*code) || draft.unread.holds("criteria", "code", &code),
                Tiebreaker::Appraisal | Tiebreaker::Survey => true,
            });
            if !known {
                let what = [format!("không hiểu “{word}”"), format!("“{word}” is not a tiebreaker")];
                let instead =
                    plain("appraisal, survey hoặc field:MÃ của một lĩnh vực", "appraisal, survey or field:CODE of a field");
                self.say("campaign", row("tiebreakers"), "value", what, instead);
            }
        }
    }

    pub(super) fn agencies(&mut self) {
        let draft = self.draft;
        let period = draft.settings.as_ref().map(|settings| (settings.period_start, settings.period_end));
        for numbered in &draft.agencies {
            let (row, agency) = (numbered.number, &numbered.row);
            self.knows_block(numbered, &agency.block);
            if let (Some(from), Some(to)) = (agency.valid_from, agency.valid_to)
                && to < from
            {
                let what = plain("kết thúc trước khi bắt đầu", "ends before it starts");
                self.say("agencies", row, "valid_to", what, plain("ngày từ valid_from trở đi", "a day from valid_from on"));
            }
            if let Some((first, last)) = period
                && agency.is_assessed()
                && !agency.existed_within(first, last)
            {
                let what =
                    plain("đơn vị không tồn tại trong thời kỳ đánh giá", "the agency did not exist in the period assessed");
                self.say(
                    "agencies",
                    row,
                    "assessed",
                    what,
                    plain("no, hoặc sửa valid_from/valid_to", "no, or correct valid_from/valid_to"),
                );
            }
            if let Some(successor) = &agency.successor {
                if *successor == agency.code {
                    let what = plain("đơn vị không thể kế thừa chính mình", "an agency cannot succeed itself");
                    self.say("agencies", row, "successor", what, plain("mã của đơn vị khác", "the code of another agency"));
                } else if !self.rows.agencies.contains_key(successor) {
                    self.unknown("agencies", row, "successor", successor.as_str(), "agencies");
                }
            }
            if let Some(code) = &agency.org_code {
                let group = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit() || b.is_ascii_uppercase());
                if code.len() > 35 || !code.split('.').all(group) {
                    let what = [format!("“{code}” không phải mã định danh"), format!("“{code}” is not an identifier code")];
                    let instead = plain(
                        "các nhóm 0–9 A–Z cách nhau bằng dấu chấm, tối đa 35 ký tự",
                        "groups of 0–9 A–Z separated by dots, at most 35 characters",
                    );
                    self.say("agencies", row, "org_code", what, instead);
                }
            }
        }
        self.bands();
    }

    fn bands(&mut self) {
        let draft = self.draft;
        for numbered in &draft.bands {
            self.knows_block(numbered, &numbered.row.block);
            if !(Decimal::ZERO..=Decimal::ONE_HUNDRED).contains(&numbered.row.from) {
                self.say(
                    "bands",
                    numbered.number,
                    "from",
                    plain("ngoài khoảng 0–100", "is outside 0–100"),
                    plain("0–100", "0–100"),
                );
            }
        }
        for of_block in draft.bands.chunk_by(|a, b| a.row.block == b.row.block) {
            let Some(lowest) = of_block.first() else { continue };
            let unread = draft.unread.holds("bands", "block", lowest.row.block.as_str());
            if !unread && (!lowest.row.from.is_zero() || lowest.row.inclusive == Some(false)) {
                let from = lowest.row.from.normalize();
                let what = [format!("không xếp loại nào cho chỉ số dưới {from}"), format!("no band for an index below {from}")];
                self.say(
                    "bands",
                    lowest.number,
                    "from",
                    what,
                    plain("xếp loại thấp nhất bắt đầu từ 0", "let the lowest band start at 0"),
                );
            }
        }
    }

    pub(super) fn plan(&mut self) {
        let draft = self.draft;
        for numbered in &draft.tasks {
            let task = &numbered.row;
            if let (Some(start), Some(due)) = (task.start, task.due)
                && due < start
            {
                let what = plain("hạn hoàn thành trước ngày bắt đầu", "is due before it starts");
                self.say("tasks", numbered.number, "due", what, plain("ngày từ start trở đi", "a day from start on"));
            }
            if task.done_on.is_some() && task.status != Some(crate::plan::Status::Done) {
                let what = plain("có ngày hoàn thành nhưng chưa xong", "has a day of completion but is not done");
                self.say(
                    "tasks",
                    numbered.number,
                    "status",
                    what,
                    plain("done, hoặc để trống done_on", "done, or leave done_on blank"),
                );
            }
        }
        for (at, numbered) in draft.tasks.iter().enumerate() {
            let Some(window) = numbered.row.window else { continue };
            if draft.tasks.iter().take(at).any(|before| before.row.window == Some(window)) {
                let what = [
                    format!("một nhiệm vụ khác đã có cửa sổ “{}”", window.word()),
                    format!("another task has the window “{}” already", window.word()),
                ];
                self.say("tasks", numbered.number, "window", what, plain("mỗi cửa sổ một nhiệm vụ", "one task for each window"));
            }
            if numbered.row.due.is_none() {
                let what = plain("cửa sổ không có ngày kết thúc", "a window without an end");
                self.say("tasks", numbered.number, "due", what, plain("ngày cuối của cửa sổ", "the last day of the window"));
            }
        }
        for numbered in &draft.people {
            let person = &numbered.row;
            match &person.agency {
                Some(agency) => {
                    self.knows_agency(numbered, agency);
                }
                None if matches!(person.role, Role::Officer | Role::Head) => {
                    let what = plain("cán bộ hoặc thủ trưởng phải thuộc một đơn vị", "an officer or head belongs to an agency");
                    self.say("people", numbered.number, "agency", what, plain("mã đơn vị", "the agency's code"));
                }
                None => {}
            }
            for word in person.fields.as_deref().unwrap_or_default().split_whitespace() {
                let known = word.split_once(':').is_some_and(|(block, field)| {
                    self.rows.roots.contains(&(block, field)) || draft.unread.holds("criteria", "code", field)
                });
                if !known {
                    let what = [format!("không có lĩnh vực “{word}”"), format!("there is no field “{word}”")];
                    self.say(
                        "people",
                        numbered.number,
                        "fields",
                        what,
                        plain("khối:lĩnh_vực, ví dụ department:1", "block:field, such as department:1"),
                    );
                }
            }
        }
        for numbered in &draft.budget {
            if let Some(task) = &numbered.row.task
                && !self.rows.tasks.contains(task)
            {
                self.unknown("budget", numbered.number, "task", task.as_str(), "tasks");
            }
            let forms = numbered.row.forms.as_deref().unwrap_or_default().split_whitespace();
            for form in forms.filter(|word| *word != ALL_FORMS) {
                if !Code::new(form).is_some_and(|code| self.rows.forms.contains_key(&code)) {
                    self.unknown("budget", numbered.number, "forms", form, "forms");
                }
            }
        }
    }
}
