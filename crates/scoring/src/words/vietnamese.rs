//! The steps in Vietnamese.

use super::{averaging, bound, percent_or, stream};
use crate::explanation::Step;
use crate::text::Lang;
use rust_decimal::Decimal;

const LANG: Lang = Lang::Vi;

fn n(figure: Decimal) -> String {
    super::number(figure, LANG)
}

pub(super) fn step(step: &Step) -> String {
    match step {
        Step::Level { label, points } => format!("Mức “{}”: {} điểm.", label.get(LANG), n(points.0)),
        Step::PerUnit { count, unit, points } => format!("{} × {} = {} điểm.", n(*count), n(unit.0), n(points.0)),
        Step::Rate { done, total, percent } if done > total => {
            format!("{} trên {}: nhiều hơn tổng số nên tính là {} %.", n(*done), n(*total), n(percent.0))
        }
        Step::Rate { done, total, percent } => format!("Tỷ lệ: {} ÷ {} = {} %.", n(*done), n(*total), n(percent.0)),
        Step::ShareOfMax { max, done, total, points } => {
            format!("{} × {} ÷ {} = {} điểm.", n(max.0), n(*done), n(*total), n(points.0))
        }
        Step::TargetReached { target, points } => format!("Đạt mục tiêu {} %: {} điểm.", n(target.0), n(points.0)),
        Step::BelowTarget { rate, target, max, points } => {
            format!("Dưới mục tiêu {} %: {} × {} % ÷ {} % = {} điểm.", n(target.0), n(max.0), n(rate.0), n(target.0), n(points.0))
        }
        Step::BelowFloor { floor } => format!("Dưới mức tối thiểu {} %: 0 điểm.", n(floor.0)),
        Step::Band { from, points, .. } => format!("Thuộc khoảng {}: {} điểm.", bound(*from, LANG), n(points.0)),
        Step::Gravity { label, violations, each, points } => {
            format!("{}: {} × {} = {} điểm bị trừ.", label.get(LANG), n(*violations), n(each.0), n(points.0))
        }
        Step::Less { max, deducted, points } => format!("{} − {} → {} điểm.", n(max.0), n(deducted.0), n(points.0)),
        Step::Mean { parts, sum, max, points } => {
            format!("Trung bình của {parts} tỷ lệ: {} × {} ÷ {parts} = {} điểm.", n(max.0), n(*sum), n(points.0))
        }
        Step::BestIsZero => "Giá trị cao nhất trong khối là 0: 0 điểm.".into(),
        Step::RelativeToBest { value, best, max, points } => {
            format!("So với cao nhất trong khối: {} × {} ÷ {} = {} điểm.", n(max.0), n(*value), n(*best), n(points.0))
        }
        Step::Formula { source, value } => format!("Công thức {source} = {}.", n(*value)),
        Step::External { value, full, max, points } => {
            format!("Số liệu được nhập: {} × {} ÷ {} = {} điểm.", n(max.0), n(*value), n(*full), n(points.0))
        }
        Step::Held { from, to, max } => format!("{} nằm ngoài khoảng 0–{}: tính {} điểm.", n(from.0), n(max.0), n(to.0)),
        Step::SetByHand { points, stream: by } => format!("Điểm do {} ấn định: {}.", stream(*by, LANG), n(points.0)),
        Step::NotConcerned => "Tiêu chí không áp dụng cho loại đơn vị này; không tính vào điểm tối đa.".into(),
        Step::DeclaredInapplicable { stream: by } => {
            format!("Xác định không áp dụng tại {}; không tính vào điểm tối đa.", stream(*by, LANG))
        }
        Step::NothingOwed => "Không phát sinh: không cộng, không trừ.".into(),
        Step::QuestionMean { question, known, weight, mean } => format!(
            "Câu “{}”: {} câu trả lời được tính, trọng số {}, bình quân {} %.",
            question.get(LANG),
            n(*known),
            n(*weight),
            n(mean.0)
        ),
        Step::GroupMean { group, weight, answers, mean } => {
            format!("Nhóm “{}”: {answers} phiếu, trọng số {}, bình quân {} %.", group.get(LANG), n(*weight), n(mean.0))
        }
        Step::GroupLeftOut { group, answers, minimum } => {
            format!("Nhóm “{}”: {answers} phiếu, dưới mức tối thiểu {minimum} nên không tính.", group.get(LANG))
        }
        Step::Averages { per_group, pooled, chosen } => format!(
            "Bình quân từng nhóm rồi theo trọng số: {}; gộp mọi phiếu: {}. Kỳ đánh giá dùng cách: {}.",
            percent_or(*per_group, LANG),
            percent_or(*pooled, LANG),
            averaging(*chosen, LANG)
        ),
        Step::Half { survey, points, maximum, percent, missing } => {
            let half = if *survey { "Điều tra xã hội học" } else { "Thẩm định" };
            let missing = if *missing > 0 { format!("; còn thiếu {missing} mục") } else { String::new() };
            format!("{half}: {} trên {} điểm = {}{missing}.", n(points.0), n(maximum.0), percent_or(*percent, LANG))
        }
        Step::Capped { penalty, sum, cap, points } => {
            let what = if *penalty { "Điểm phạt" } else { "Điểm thưởng" };
            format!("{what}: {} điểm, tối đa {}: tính {}.", n(sum.0), n(cap.0), n(points.0))
        }
        Step::Index { points, maximum, index } => {
            format!("Chỉ số: 100 × {} ÷ {} = {} %.", n(points.0), n(maximum.0), n(index.0))
        }
        Step::IndexHeld { from, to } => format!("{} % nằm ngoài khoảng 0–100 %: tính {} %.", n(from.0), n(to.0)),
        Step::IndexWithheld { missing } => format!("Còn thiếu {missing} mục nên chưa tính chỉ số và chưa xếp hạng."),
        Step::Shown { figure, shown } => format!("{} làm tròn để hiển thị: {}.", n(*figure), super::rounded(*shown, LANG)),
        Step::Rank { rank, of } => format!("Xếp hạng {rank} trên {of} đơn vị của khối, theo số chưa làm tròn."),
        Step::BandOfIndex { label } => format!("Xếp loại: {}.", label.get(LANG)),
    }
}
