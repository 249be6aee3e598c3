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
    let mut text = grouped(&cut.normalize().to_string(), lang);
    if cut != figure {
        text.push('…');
    }
    text
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

fn bound(bound: Bound, lang: Lang) -> String {
    let from = number(bound.from.0, lang);
    match (bound.inclusive, lang) {
        (true, Lang::Vi) => format!("từ {from} % trở lên"),
        (false, Lang::Vi) => format!("trên {from} %"),
        (true, Lang::En) => format!("from {from} % on"),
        (false, Lang::En) => format!("above {from} %"),
    }
}

fn levels(levels: &[Level], lang: Lang, with_bounds: bool) -> String {
    let one = |level: &Level| {
        let points = number(level.points.0, lang);
        if with_bounds {
            format!("{} → {points}", bound(level.from, lang))
        } else {
            format!("{} → {points}", level.label.get(lang))
        }
    };
    levels.iter().map(one).collect::<Vec<_>>().join("; ")
}

/// The rule of an item in words, with its figures.
pub(crate) fn rule(leaf: &Leaf, lang: Lang) -> String {
    let n = |figure| number(figure, lang);
    let max = n(leaf.max_points.0);
    match (&leaf.item.rule, lang) {
        (Rule::Choice(all), Lang::Vi) => format!("Điểm theo mức được chọn: {}.", levels(all, lang, false)),
        (Rule::Choice(all), Lang::En) => format!("The points of the level chosen: {}.", levels(all, lang, false)),
        (Rule::Count { unit }, Lang::Vi) => format!("Mỗi đơn vị được {} điểm, tối đa {max} điểm.", n(unit.0)),
        (Rule::Count { unit }, Lang::En) => format!("{} points for each, {max} at most.", n(unit.0)),
        (Rule::Proportion, Lang::Vi) => format!("Tỷ lệ hoàn thành trên tổng số × {max} điểm."),
        (Rule::Proportion, Lang::En) => format!("What was done out of the total × {max} points."),
        (Rule::Saturating { target }, Lang::Vi) => {
            let target = n(target.0);
            format!("Tỷ lệ đạt từ {target} % được {max} điểm; thấp hơn thì tính tỷ lệ × {max} ÷ {target} %.")
        }
        (Rule::Saturating { target }, Lang::En) => {
            let target = n(target.0);
            format!("{max} points from a rate of {target} % on; below it the rate × {max} ÷ {target} %.")
        }
        (Rule::Floor { floor }, Lang::Vi) => format!("Tỷ lệ × {max} điểm nếu đạt từ {} %; thấp hơn thì 0 điểm.", n(floor.0)),
        (Rule::Floor { floor }, Lang::En) => format!("The rate × {max} points from {} % on; nothing below it.", n(floor.0)),
        (Rule::Banded(bands), Lang::Vi) => format!("Điểm theo khoảng của tỷ lệ: {}.", levels(bands, lang, true)),
        (Rule::Banded(bands), Lang::En) => format!("The points of the band of the rate: {}.", levels(bands, lang, true)),
        (Rule::Deduction { each }, Lang::Vi) => format!("{max} điểm, trừ {} điểm cho mỗi vi phạm, không dưới 0.", n(each.0)),
        (Rule::Deduction { each }, Lang::En) => format!("{max} points less {} for each violation, never below 0.", n(each.0)),
        (Rule::Gravity(all), Lang::Vi) => {
            format!("{max} điểm, trừ cho mỗi vi phạm theo mức độ: {}; không dưới 0.", levels(all, lang, false))
        }
        (Rule::Gravity(all), Lang::En) => {
            format!("{max} points less, for each violation: {}; never below 0.", levels(all, lang, false))
        }
        (Rule::Average, Lang::Vi) => format!("Trung bình cộng các tỷ lệ × {max} điểm."),
        (Rule::Average, Lang::En) => format!("The mean of the rates × {max} points."),
        (Rule::Relative, Lang::Vi) => format!("Giá trị ÷ giá trị cao nhất trong khối × {max} điểm."),
        (Rule::Relative, Lang::En) => format!("The value ÷ the highest value of the block × {max} points."),
        (Rule::Formula(formula), Lang::Vi) => format!("Theo công thức {}, trong khoảng 0 đến {max} điểm.", formula.source()),
        (Rule::Formula(formula), Lang::En) => format!("By the formula {}, held between 0 and {max} points.", formula.source()),
        (Rule::Survey, Lang::Vi) => format!("Mức đánh giá bình quân qua điều tra xã hội học × {max} điểm."),
        (Rule::Survey, Lang::En) => format!("The mean of the survey's answers × {max} points."),
        (Rule::External { full }, Lang::Vi) => format!("Số liệu được nhập ÷ {} × {max} điểm, tối đa {max} điểm.", n(*full)),
        (Rule::External { full }, Lang::En) => format!("The imported figure ÷ {} × {max} points, {max} at most.", n(*full)),
    }
}

/// Why there is no score.
pub(crate) fn missing(missing: &Missing, lang: Lang) -> String {
    let vi = lang == Lang::Vi;
    match missing {
        Missing::NothingClaimed if vi => "chưa có số liệu".into(),
        Missing::NothingClaimed => "nothing filled in yet".into(),
        Missing::Input(name) if vi => format!("thiếu số liệu “{name}”"),
        Missing::Input(name) => format!("“{name}” is not filled in"),
        Missing::NoRate if vi => "tổng số bằng 0 nên không tính được tỷ lệ".into(),
        Missing::NoRate => "the total is 0, so there is no rate".into(),
        Missing::UnknownLevel(level) if vi => format!("mức “{level}” không có trong tiêu chí"),
        Missing::UnknownLevel(level) => format!("“{level}” is not a level of the item"),
        Missing::NoAnswers if vi => "chưa có phiếu trả lời được tính".into(),
        Missing::NoAnswers => "no answer that counts yet".into(),
        Missing::TooFewAnswers { group, answers } if vi => format!("nhóm {group} chỉ có {answers} phiếu, dưới mức tối thiểu"),
        Missing::TooFewAnswers { group, answers } => format!("group {group} has {answers} answers only, fewer than the minimum"),
        Missing::NotImported if vi => "số liệu bên ngoài chưa được nhập".into(),
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
        (Outcome::NothingOwed, Lang::Vi) => "không phát sinh".into(),
        (Outcome::NothingOwed, Lang::En) => "nothing to add or take off".into(),
        (Outcome::Scored(_), Lang::Vi) => "đã có điểm".into(),
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
    figure.map_or_else(|| "–".into(), |percent| format!("{} %", number(percent.0, lang)))
}

fn averaging(order: Averaging, lang: Lang) -> &'static str {
    match (order, lang) {
        (Averaging::PerGroup, Lang::Vi) => "bình quân từng nhóm rồi theo trọng số",
        (Averaging::PerGroup, Lang::En) => "per group, then by weight",
        (Averaging::Pooled, Lang::Vi) => "gộp mọi phiếu",
        (Averaging::Pooled, Lang::En) => "all answers pooled",
    }
}
