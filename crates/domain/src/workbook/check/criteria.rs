//! The criteria tree: references, places, sums.

use super::{Check, plain};
use crate::model;
use crate::workbook::Code;
use scoring::criteria::{Half, SetFault, SetFaultKind};

impl Check<'_, '_> {
    pub(super) fn criteria(&mut self) {
        let draft = self.draft;
        for numbered in &draft.criteria {
            self.knows_block(numbered, &numbered.row.block);
            if model::applies_to(numbered.row.applies_to.as_deref()).is_none() {
                let instead = plain("all, optional, tag:TỪ hoặc not:TỪ", "all, optional, tag:WORD or not:WORD");
                self.say("criteria", numbered.number, "applies_to", plain("không hiểu được", "is not understood"), instead);
            }
        }
        for numbered in &draft.blocks {
            if let Err(faults) = model::criteria_set(&numbered.row, &self.rows.items, |rows| rows.stand_in()) {
                for fault in faults {
                    self.set_fault(&numbered.row.code, numbered.number, &fault);
                }
            }
        }
    }

    fn set_fault(&mut self, block: &Code, block_row: u32, fault: &SetFault) {
        let row = Code::new(&fault.code).and_then(|code| self.rows.item_rows.get(&(block, &code)).copied()).unwrap_or(0);
        let code = &fault.code;
        let unread = &self.draft.unread;
        match &fault.kind {
            // Equal codes are found where the sheet is read.
            SetFaultKind::DuplicateCode => {}
            SetFaultKind::UnknownParent(parent) => self.unknown("criteria", row, "parent", parent, "criteria"),
            SetFaultKind::Cycle => {
                let what = [format!("{code} nằm trong chính nó"), format!("{code} is its own ancestor")];
                self.say(
                    "criteria",
                    row,
                    "parent",
                    what,
                    plain("một cấp trên không nằm trong mục này", "a parent that does not lie in it"),
                );
            }
            SetFaultKind::Misplaced => {
                let what = plain("loại mục này không đặt ở đây được", "this kind cannot lie here");
                let instead = plain(
                    "field, bonus, penalty không có parent; criterion trong field, bonus hoặc penalty; component trong criterion",
                    "field, bonus and penalty without a parent; criterion in one of these; component in a criterion",
                );
                self.say("criteria", row, "parent", what, instead);
            }
            // Children that could not be read are children.
            SetFaultKind::NotAnItem | SetFaultKind::ChildrenDoNotAddUp { .. } if unread.holds("criteria", "parent", code) => {}
            SetFaultKind::HalfDoesNotAddUp { .. } if unread.holds("criteria", "block", block.as_str()) => {}
            SetFaultKind::NotAnItem => {
                let what =
                    [format!("{code} không có mục con và không có quy tắc"), format!("{code} has neither children nor a rule")];
                self.say(
                    "criteria",
                    row,
                    "rule",
                    what,
                    plain("chọn quy tắc chấm điểm, hoặc thêm mục con", "give it a rule, or children"),
                );
            }
            SetFaultKind::ItemWithChildren => {
                let what = [format!("{code} vừa có mục con vừa có quy tắc"), format!("{code} has children and a rule")];
                self.say(
                    "criteria",
                    row,
                    "rule",
                    what,
                    plain("để trống: điểm do các mục con", "leave it blank: the children are scored"),
                );
            }
            SetFaultKind::MaxPointsNotPositive => {
                self.say(
                    "criteria",
                    row,
                    "max_points",
                    plain("không lớn hơn 0", "is not above 0"),
                    plain("số lớn hơn 0", "a number above 0"),
                );
            }
            SetFaultKind::ChildrenDoNotAddUp { children, own } => {
                let (children, own) = (children.0.normalize(), own.0.normalize());
                let what = [
                    format!("{code} là {own} nhưng các mục con cộng lại là {children}"),
                    format!("{code} is worth {own}, its children add up to {children}"),
                ];
                let instead = [
                    format!("sửa mục con cho đủ {own}, hoặc ghi {children} ở đây"),
                    format!("correct the children to {own}, or write {children} here"),
                ];
                self.say("criteria", row, "max_points", what, instead);
            }
            SetFaultKind::HalfDoesNotAddUp { half, items, block: whole } => {
                let (items, whole) = (items.0.normalize(), whole.0.normalize());
                let column = if *half == Half::Survey { "survey_points" } else { "appraisal_points" };
                let what = [
                    format!("khối là {whole} nhưng các mục cộng lại là {items}"),
                    format!("the block says {whole}, its items add up to {items}"),
                ];
                let instead = [
                    format!("sửa điểm các mục cho đủ {whole}, hoặc ghi {items} ở đây"),
                    format!("correct the items to {whole}, or write {items} here"),
                ];
                self.say("blocks", block_row, column, what, instead);
            }
        }
    }
}
