//! The steps in Vietnamese.

use super::{averaging, percent_or, range, stream};
use crate::explanation::Step;
use crate::text::Lang;
use rust_decimal::Decimal;

const LANG: Lang = Lang::Vi;

fn n(figure: Decimal) -> String {
    super::number(figure, LANG)
}

fn percent(figure: Decimal) -> String {
    super::percent(figure, LANG)
}

pub(super) fn step(step: &Step) -> String {
    match step {
        Step::Level { label, points } => format!("Đạt mức “{}”: {} điểm.", label.get(LANG), n(points.0)),
        Step::PerUnit { count, unit, points } => format!("{} × {} điểm = {} điểm.", n(*count), n(unit.0), n(points.0)),
        Step::Rate { done, total, percent: rate } if done > total => {
            format!("{} trên {}: nhiều hơn tổng số nên chỉ tính {}.", n(*done), n(*total), percent(rate.0))
        }
        Step::Rate { done, total, percent: rate } => format!("Tỷ lệ: {} ÷ {} = {}.", n(*done), n(*total), percent(rate.0)),
        Step::ShareOfMax { max, done, total, points } => {
            format!("{} điểm × {} ÷ {} = {} điểm.", n(max.0), n(*done), n(*total), n(points.0))
        }
        Step::TargetReached { target, points } => format!("Đạt mục tiêu {}: {} điểm.", percent(target.0), n(points.0)),
        Step::BelowTarget { rate, target, max, points } => format!(
            "Chưa đạt mục tiêu {}: {} điểm × {} ÷ {} = {} điểm.",
            percent(target.0),
            n(max.0),
            percent(rate.0),
            percent(target.0),
            n(points.0)
        ),
        Step::BelowFloor { floor } => format!("Dưới mức tối thiểu {}: 0 điểm.", percent(floor.0)),
        Step::Band { from, below, points, .. } => {
            format!("Tỷ lệ thuộc khoảng {}: {} điểm.", range(*from, *below, LANG), n(points.0))
        }
        Step::Violations { label, violations, each, points } => {
            format!("{}: {} × {} điểm, trừ {} điểm.", label.get(LANG), n(*violations), n(each.0), n(points.0))
        }
        Step::Less { max, deducted, points } if deducted > max => {
            format!("{} − {}: thấp hơn 0 nên tính {} điểm.", n(max.0), n(deducted.0), n(points.0))
        }
        Step::Less { max, deducted, points } => format!("{} − {} = {} điểm.", n(max.0), n(deducted.0), n(points.0)),
        Step::Mean { parts, sum, max, points } => {
            format!("Trung bình cộng của {parts} tỷ lệ: {} điểm × {} ÷ {parts} = {} điểm.", n(max.0), n(*sum), n(points.0))
        }
        Step::BestIsZero => "Giá trị cao nhất trong khối là 0: 0 điểm.".into(),
        Step::RelativeToBest { value, best, max, points } => {
            format!(
                "So với giá trị cao nhất trong khối: {} điểm × {} ÷ {} = {} điểm.",
                n(max.0),
                n(*value),
                n(*best),
                n(points.0)
            )
        }
        Step::Formula { source, value } => format!("Công thức {source} = {}.", n(*value)),
        Step::External { value, full, max, points } => {
            format!("Số liệu nhập từ nguồn ngoài: {} điểm × {} ÷ {} = {} điểm.", n(max.0), n(*value), n(*full), n(points.0))
        }
        Step::KeptBack { points } => {
            format!("{} điểm, theo số đã công bố: số người trả lời quá ít nên không công bố câu trả lời.", n(points.0))
        }
        Step::Held { from, to, max } => format!("{} nằm ngoài khoảng từ 0 đến {}: tính {} điểm.", n(from.0), n(max.0), n(to.0)),
        Step::SetByHand { points, stream: by } => format!("Điểm chấm trực tiếp ({}): {} điểm.", stream(*by, LANG), n(points.0)),
        Step::NotConcerned => "Tiêu chí không áp dụng cho loại đơn vị này; không tính vào điểm tối đa.".into(),
        Step::DeclaredInapplicable { stream: by } => {
            format!("Được xác định không áp dụng ({}); không tính vào điểm tối đa.", stream(*by, LANG))
        }
        Step::NothingOwed => "Không phát sinh: không cộng, không trừ điểm.".into(),
        Step::QuestionMean { question, known, weight, mean } => format!(
            "Câu hỏi “{}”: {} câu trả lời được tính, trọng số {}, bình quân {}.",
            question.get(LANG),
            n(*known),
            n(*weight),
            percent(mean.0)
        ),
        Step::GroupMean { group, weight, answers, mean } => {
            format!("Nhóm “{}”: {answers} phiếu, trọng số {}, bình quân {}.", group.get(LANG), n(*weight), percent(mean.0))
        }
        Step::GroupLeftOut { group, answers, minimum } => {
            format!("Nhóm “{}”: {answers} phiếu, ít hơn mức tối thiểu {minimum} phiếu nên không tính.", group.get(LANG))
        }
        Step::GroupSilent { group, answers } => {
            format!("Nhóm “{}”: {answers} phiếu, không có câu trả lời được tính nên bỏ qua.", group.get(LANG))
        }
        Step::Averages { per_group, pooled, chosen } => format!(
            "Bình quân theo từng nhóm, có trọng số: {}; bình quân gộp tất cả câu trả lời: {}. Kỳ đánh giá này áp dụng: {}.",
            percent_or(*per_group, LANG),
            percent_or(*pooled, LANG),
            averaging(*chosen, LANG)
        ),
        Step::Half { survey, points, maximum, percent, missing } => {
            let half = if *survey { "Điểm điều tra xã hội học" } else { "Điểm thẩm định" };
            let (points, maximum) = (n(points.0), n(maximum.0));
            match percent {
                Some(percent) => format!("{half}: {points} trên {maximum} điểm, đạt {}.", self::percent(percent.0)),
                None if *missing > 0 => {
                    format!("{half}: hiện có {points} trên {maximum} điểm; còn thiếu điểm của {missing} mục.")
                }
                None => format!("{half}: không có mục nào áp dụng."),
            }
        }
        Step::Capped { title, penalty, sum, cap, points } => {
            let does = if *penalty { "trừ" } else { "cộng" };
            format!("{}: {} điểm, tối đa {} điểm: {does} {} điểm.", title.get(LANG), n(sum.0), n(cap.0), n(points.0))
        }
        Step::Index { points, maximum, index } => {
            format!("Chỉ số: 100 × {} ÷ {} = {}.", n(points.0), n(maximum.0), percent(index.0))
        }
        Step::IndexHeld { from, to } => format!("{} nằm ngoài khoảng từ 0% đến 100%: tính {}.", percent(from.0), percent(to.0)),
        Step::IndexWithheld { missing } => format!("Còn thiếu điểm của {missing} mục nên chưa tính chỉ số và chưa xếp hạng."),
        Step::NothingApplies => "Không có mục nào áp dụng nên không có chỉ số.".into(),
        Step::Shown { figure, shown } => format!("{} được làm tròn khi hiển thị: {}.", n(*figure), super::rounded(*shown, LANG)),
        Step::Rank { rank, of } => {
            format!("Xếp hạng {rank} trong số {of} đơn vị của khối đã có chỉ số, so sánh theo số chưa làm tròn.")
        }
        Step::BandOfIndex { label } => format!("Xếp loại: {}.", label.get(LANG)),
    }
}
