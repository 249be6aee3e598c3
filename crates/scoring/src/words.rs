//! The sentences of explanations, in Vietnamese and English, and the way numbers are written in each.

use crate::criteria::{Bound, Leaf, Level};
use crate::explanation::{Outcome, Step};
use crate::rule::{Missing, Rule};
use crate::stream::Stream;
use crate::survey::Averaging;
use crate::text::Lang;
use rust_decimal::{Decimal, RoundingStrategy};

/// Digits after the decimal point beyond which a figure is cut off in a sentence; "…" then says so.
const DIGITS: u32 = 6;

/// A number as people of the language write it: 1.234,56 or 1,234.56. Longer fractions end in "…"; the figure itself is not rounded.
#[must_use]
pub fn number(figure: Decimal, lang: Lang) -> String {
    let cut = figure.round_dp_with_strategy(DIGITS, RoundingStrategy::ToZero);
    if cut == figure { grouped(&cut.normalize().to_string(), lang) } else { grouped(&cut.to_string(), lang) + "…" }
}

/// A figure with the digits it was rounded to, in the writing of the language.
#[must_use]
pub fn rounded(figure: Decimal, lang: Lang) -> String {
    grouped(&figure.to_string(), lang)
}

fn grouped(plain: &str, lang: Lang) -> String {
    let (group, point) = match lang {
        Lang::Vi => ('.', ','),
        Lang::En => (',', '.'),
    };
    let (whole, fraction) = plain.split_once('.').unwrap_or((plain, ""));
    let (sign, digits) = whole.strip_prefix('-').map_or(("", whole), |digits| ("−", digits));
    let mut text = String::from(sign);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at) % 3 == 0 {
            text.push(group);
        }
        text.push(digit);
    }
    if !fraction.is_empty() {
        text.push(point);
        text.push_str(fraction);
    }
    text
}

/// The stream's name for people.
#[must_use]
pub fn stream(stream: Stream, lang: Lang) -> &'static str {
    match (stream, lang) {
        (Stream::SelfAssessed, Lang::Vi) => "tự đánh giá",
        (Stream::SelfAssessed, Lang::En) => "self-assessment",
        (Stream::Appraisal1, Lang::Vi) => "thẩm định lần 1",
        (Stream::Appraisal1, Lang::En) => "appraisal round 1",
        (Stream::Final, Lang::Vi) => "thẩm định lần 2 và Hội đồng",
        (Stream::Final, Lang::En) => "appraisal round 2 and council",
    }
}

/// A percentage as people of the language write it: 12,5% or 12.5 %.
fn percent(figure: Decimal, lang: Lang) -> String {
    match lang {
        Lang::Vi => format!("{}%", number(figure, lang)),
        Lang::En => format!("{} %", number(figure, lang)),
    }
}

/// The percentages from a band's lower bound to that of the band above it.
fn range(from: Bound, below: Option<Bound>, lang: Lang) -> String {
    let low = percent(from.from.0, lang);
    let Some(below) = below else {
        return match (from.inclusive, lang) {
            (true, Lang::Vi) => format!("từ {low} trở lên"),
            (false, Lang::Vi) => format!("trên {low}"),
            (true, Lang::En) => format!("from {low} on"),
            (false, Lang::En) => format!("above {low}"),
        };
    };
    let high = percent(below.from.0, lang);
    // The bound of the band above belongs to it, unless it says otherwise.
    let up_to = match (below.inclusive, lang) {
        (true, Lang::Vi) => format!("dưới {high}"),
        (false, Lang::Vi) => format!("đến {high}"),
        (true, Lang::En) => format!("below {high}"),
        (false, Lang::En) => format!("up to {high}"),
    };
    match (from.inclusive, lang) {
        (true, _) if from.from.0.is_zero() => up_to,
        (true, Lang::Vi) if below.inclusive => format!("từ {low} đến {up_to}"),
        (false, Lang::Vi) if below.inclusive => format!("trên {low} đến {up_to}"),
        (true, Lang::Vi) => format!("từ {low} {up_to}"),
        (false, Lang::Vi) => format!("trên {low} {up_to}"),
        (true, Lang::En) if below.inclusive => format!("from {low} to {up_to}"),
        (true, Lang::En) => format!("from {low} {up_to}"),
        (false, Lang::En) if below.inclusive => format!("above {low} and {up_to}"),
        (false, Lang::En) => format!("above {low} {up_to}"),
    }
}

/// `1 point`, `0.5 points`.
fn points_en(figure: Decimal) -> String {
    format!("{} {}", number(figure, Lang::En), if figure == Decimal::ONE { "point" } else { "points" })
}

/// Levels with their points.
fn levels<'a>(levels: impl IntoIterator<Item = &'a Level>, lang: Lang) -> String {
    let one = |level: &Level| format!("{} → {}", level.label.get(lang), number(level.points.0, lang));
    levels.into_iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The levels of a choice, the best first.
fn best_first(levels: &[Level]) -> Vec<&Level> {
    let mut sorted: Vec<_> = levels.iter().collect();
    sorted.sort_by_key(|level| std::cmp::Reverse(level.points));
    sorted
}

/// Bands, by falling lower bound, with their points.
fn bands(bands: &[Level], lang: Lang) -> String {
    let above = std::iter::once(None).chain(bands.iter().map(|band| Some(band.from)));
    let one = |(band, above): (&Level, _)| format!("{} → {}", range(band.from, above, lang), number(band.points.0, lang));
    bands.iter().zip(above).map(one).collect::<Vec<_>>().join("; ")
}

/// The rule of an item in words, with its figures.
pub(crate) fn rule(leaf: &Leaf, lang: Lang) -> String {
    let n = |figure| number(figure, lang);
    let of_100 = |figure| percent(figure, lang);
    let label = |at: usize| leaf.item.inputs.get(at).map_or("", |input| input.label.get(lang));
    let (max, max_points) = (n(leaf.max_points.0), points_en(leaf.max_points.0));
    match (&leaf.item.rule, lang) {
        (Rule::Choice(all), Lang::Vi) => format!("Chấm theo mức đạt được: {}.", levels(best_first(all), lang)),
        (Rule::Choice(all), Lang::En) => format!("The points of the level chosen: {}.", levels(best_first(all), lang)),
        (Rule::Count { unit }, Lang::Vi) => format!("{} × {} điểm, tối đa {max} điểm.", label(0), n(unit.0)),
        (Rule::Count { unit }, Lang::En) => format!("{} × {}, {max} at most.", label(0), points_en(unit.0)),
        (Rule::Proportion, Lang::Vi) => format!("{} ÷ {} × {max} điểm.", label(0), label(1)),
        (Rule::Proportion, Lang::En) => format!("{} ÷ {} × {max_points}.", label(0), label(1)),
        (Rule::Saturating { target }, Lang::Vi) => {
            let target = of_100(target.0);
            format!("Tỷ lệ từ {target} trở lên: {max} điểm; thấp hơn: {max} điểm × tỷ lệ ÷ {target}.")
        }
        (Rule::Saturating { target }, Lang::En) => {
            let target = of_100(target.0);
            format!("{max_points} from a rate of {target} on; below it {max} × the rate ÷ {target}.")
        }
        (Rule::Floor { floor }, Lang::Vi) => {
            format!("Tỷ lệ từ {} trở lên: {max} điểm × tỷ lệ; thấp hơn: 0 điểm.", of_100(floor.0))
        }
        (Rule::Floor { floor }, Lang::En) => format!("{max_points} × the rate from {} on; nothing below it.", of_100(floor.0)),
        (Rule::Banded(all), Lang::Vi) => format!("Chấm theo tỷ lệ đạt được: {}.", bands(all, lang)),
        (Rule::Banded(all), Lang::En) => format!("The points of the band of the rate: {}.", bands(all, lang)),
        (Rule::Deduction { each }, Lang::Vi) => format!("Từ {max} điểm, mỗi vi phạm trừ {} điểm; thấp nhất 0 điểm.", n(each.0)),
        (Rule::Deduction { each }, Lang::En) => {
            format!("Starts from {max_points}; each violation takes off {}; never below 0.", n(each.0))
        }
        (Rule::Gravity(all), Lang::Vi) => {
            format!("Từ {max} điểm, mỗi vi phạm bị trừ theo mức độ: {}; thấp nhất 0 điểm.", levels(all, lang))
        }
        (Rule::Gravity(all), Lang::En) => {
            format!("Starts from {max_points}; each violation takes off: {}; never below 0.", levels(all, lang))
        }
        (Rule::Average, Lang::Vi) => format!("Trung bình cộng các tỷ lệ × {max} điểm."),
        (Rule::Average, Lang::En) => format!("The mean of the rates × {max_points}."),
        (Rule::Relative, Lang::Vi) => format!("{} ÷ giá trị cao nhất trong khối × {max} điểm.", label(0)),
        (Rule::Relative, Lang::En) => format!("{} ÷ the highest value of the block × {max_points}.", label(0)),
        (Rule::Formula(formula), Lang::Vi) => {
            format!("Theo công thức {}; thấp nhất 0 điểm, cao nhất {max} điểm.", formula.source())
        }
        (Rule::Formula(formula), Lang::En) => format!("By the formula {}, held between 0 and {max_points}.", formula.source()),
        (Rule::Survey, Lang::Vi) => format!("Mức đánh giá bình quân qua điều tra xã hội học × {max} điểm."),
        (Rule::Survey, Lang::En) => format!("The mean of the survey's answers × {max_points}."),
        (Rule::External { full }, Lang::Vi) => {
            format!("Số liệu nhập từ nguồn ngoài ÷ {} × {max} điểm, tối đa {max} điểm.", n(*full))
        }
        (Rule::External { full }, Lang::En) => format!("The imported figure ÷ {} × {max_points}, {max} at most.", n(*full)),
    }
}

/// Why there is no score.
pub(crate) fn missing(missing: &Missing, lang: Lang) -> String {
    let vi = lang == Lang::Vi;
    match missing {
        Missing::NothingClaimed if vi => "chưa có số liệu".into(),
        Missing::NothingClaimed => "nothing filled in yet".into(),
        Missing::Input { label, .. } if vi => format!("thiếu số liệu “{}”", label.get(lang)),
        Missing::Input { label, .. } => format!("“{}” is not filled in", label.get(lang)),
        Missing::NoRate if vi => "tổng số bằng 0 nên không tính được tỷ lệ".into(),
        Missing::NoRate => "the total is 0, so there is no rate".into(),
        Missing::NoBand if vi => "tỷ lệ không thuộc khoảng điểm nào".into(),
        Missing::NoBand => "the rate lies in no band".into(),
        Missing::UnknownLevel(level) if vi => format!("mức “{level}” không có trong danh sách của tiêu chí"),
        Missing::UnknownLevel(level) => format!("“{level}” is not a level of the item"),
        Missing::NoAnswers if vi => "chưa có phiếu trả lời được tính".into(),
        Missing::NoAnswers => "no answer that counts yet".into(),
        Missing::TooFewAnswers { group, answers } if vi => {
            format!("nhóm “{}” chỉ có {answers} phiếu, ít hơn số phiếu tối thiểu", group.get(lang))
        }
        Missing::TooFewAnswers { group, answers } => {
            format!("group “{}” has {answers} forms only, fewer than the minimum", group.get(lang))
        }
        Missing::NotImported if vi => "chưa nhập số liệu từ nguồn ngoài".into(),
        Missing::NotImported => "the figure has not been imported".into(),
        Missing::Formula(error) if vi => format!("công thức không tính được: {}", error.vi()),
        Missing::Formula(error) => format!("the formula has no value: {error}"),
        Missing::TooLarge if vi => "số liệu quá lớn để tính".into(),
        Missing::TooLarge => "the figures are too large to compute".into(),
    }
}

/// The outcome of an item, without the points of a score.
pub(crate) fn outcome(outcome: &Outcome, lang: Lang) -> String {
    match (outcome, lang) {
        (Outcome::NotApplicable, Lang::Vi) => "không áp dụng".into(),
        (Outcome::NotApplicable, Lang::En) => "not applicable".into(),
        (Outcome::Missing(why), Lang::Vi) => format!("chưa có điểm: {}", missing(why, lang)),
        (Outcome::Missing(why), Lang::En) => format!("no score yet: {}", missing(why, lang)),
        (Outcome::NothingOwed, Lang::Vi) => "không phát sinh điểm cộng, điểm trừ".into(),
        (Outcome::NothingOwed, Lang::En) => "nothing to add or take off".into(),
        (Outcome::Scored(_), Lang::Vi) => "đã chấm điểm".into(),
        (Outcome::Scored(_), Lang::En) => "scored".into(),
    }
}

/// A step as a sentence.
pub(crate) fn step(step: &Step, lang: Lang) -> String {
    match lang {
        Lang::Vi => vietnamese::step(step),
        Lang::En => english::step(step),
    }
}

mod english;
mod vietnamese;

fn percent_or(figure: Option<crate::points::Percent>, lang: Lang) -> String {
    figure.map_or_else(|| "–".into(), |figure| percent(figure.0, lang))
}

fn averaging(order: Averaging, lang: Lang) -> &'static str {
    match (order, lang) {
        (Averaging::PerGroup, Lang::Vi) => "bình quân theo từng nhóm, có trọng số",
        (Averaging::PerGroup, Lang::En) => "per group, then by weight",
        (Averaging::Pooled, Lang::Vi) => "bình quân gộp tất cả câu trả lời",
        (Averaging::Pooled, Lang::En) => "all answers pooled",
    }
}
