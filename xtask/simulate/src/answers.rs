//! Counted answers: how many people chose what, per agency, form and question.

use crate::dice::{Dice, WHOLE, share_of};
use crate::items::hundredths;
use domain::Campaign;
use domain::agencies::Agency;
use domain::survey::{ChoiceRow, FormRow, QuestionRow, TallyRow};
use std::collections::BTreeMap;

/// Cells that fall below the campaign's minimum of 10 answers, so that the rule shows: agency, form, valid forms.
pub(crate) const FEW_ANSWERS: [(&str, &str, i64); 4] =
    [("BDT", "S4-2023", 7), ("SNGV", "S5-2023", 9), ("SDL", "S2-2023", 8), ("D282", "H1-2023", 6)];

/// Valid forms out of a hundred planned, by group: fewest and most.
fn response_rate(group: &str) -> (i64, i64) {
    match group {
        "1" => (82, 95),
        "2" => (90, 99),
        "3" => (80, 94),
        "4" => (88, 100),
        _ => (91, 100),
    }
}

/// What a group leaves unanswered, and how much kinder or harsher it is than the mean, in hundredths of a percent.
fn temper(group: &str) -> (i64, i64) {
    match group {
        "1" => (1_000, -150),
        "2" => (250, 250),
        "3" => (500, -50),
        "4" => (400, -100),
        _ => (600, -100),
    }
}

/// What people know less of than of the rest.
fn unknown_of(item: &str) -> i64 {
    match item.split('.').next() {
        Some("6") => 900,
        Some("8") => 500,
        Some("7") => 300,
        _ => 0,
    }
}

/// The answers about one agency whose quality in the eyes of people is `quality` (hundredths of a percent).
pub(crate) fn tallies(seed: u64, campaign: &Campaign, agency: &Agency, quality: i64) -> Vec<TallyRow> {
    let forms = campaign.forms.iter().filter(|form| form.block == agency.block);
    forms.flat_map(|form| Paper { seed, campaign, agency, form, quality }.count()).collect()
}

/// A form about one agency.
struct Paper<'a> {
    seed: u64,
    campaign: &'a Campaign,
    agency: &'a Agency,
    form: &'a FormRow,
    quality: i64,
}

type Counts<'a> = BTreeMap<&'a str, i64>;

impl<'a> Paper<'a> {
    fn dice(&self, purpose: &str) -> Dice {
        Dice::of(self.seed, &["answers", self.agency.code.as_str(), self.form.code.as_str(), purpose])
    }

    fn count(&self) -> Vec<TallyRow> {
        let valid = self.valid_forms();
        let mut questions: Vec<&QuestionRow> = self.campaign.questions.iter().filter(|row| row.form == self.form.code).collect();
        questions.sort_by_key(|question| question.order);
        let mut counted: BTreeMap<&str, Counts<'_>> = BTreeMap::new();
        let mut rows = Vec::new();
        for question in questions {
            let Some(list) = question.select_one() else { continue };
            let asked = question.relevant.as_deref().map_or(valid, |relevant| asked(relevant, &counted));
            let counts = self.answers(question, list, asked);
            rows.extend(counts.iter().filter(|(_, count)| **count > 0).filter_map(|(choice, count)| {
                Some(TallyRow {
                    agency: self.agency.code.clone(),
                    form: self.form.code.clone(),
                    question: question.name.clone(),
                    choice: domain::Code::new(choice)?,
                    count: u32::try_from(*count).ok()?,
                })
            }));
            counted.insert(question.name.as_str(), counts);
        }
        rows
    }

    fn valid_forms(&self) -> i64 {
        let (agency, form) = (self.agency.code.as_str(), self.form.code.as_str());
        if let Some((_, _, few)) = FEW_ANSWERS.iter().find(|(of, on, _)| *of == agency && *on == form) {
            return *few;
        }
        let sample = self.campaign.sample.iter().find(|row| row.agency == self.agency.code && row.form == self.form.code);
        let (low, high) = response_rate(self.form.group.as_str());
        sample.map_or(0, |sample| i64::from(sample.planned)) * self.dice("response").between(low, high) / 100
    }

    /// How many chose each answer. Every respondent keeps the same mind whatever the quality, so a better quality never gets a worse
    /// answer.
    fn answers(&self, question: &QuestionRow, list: &str, asked: i64) -> Counts<'a> {
        let offered: Vec<&ChoiceRow> = self.campaign.choices.iter().filter(|choice| choice.list.as_str() == list).collect();
        let mut worths: Vec<(i64, &str)> =
            offered.iter().filter_map(|choice| Some((hundredths(choice.points?), choice.name.as_str()))).collect();
        worths.sort_by_key(|(worth, _)| *worth);
        let unknown: Vec<&str> =
            offered.iter().filter(|choice| choice.points.is_none()).map(|choice| choice.name.as_str()).collect();
        let mut dice = self.dice(question.name.as_str());
        let mut counts = Counts::new();
        if worths.is_empty() {
            for _ in 0..asked {
                *counts.entry(plain_answer(&unknown, &mut dice)).or_default() += 1;
            }
            return counts;
        }
        let item = question.item.as_ref().map_or("", |item| item.as_str());
        let (silence, kindness) = temper(self.form.group.as_str());
        let silence = silence + unknown_of(item) + dice.between(0, 200);
        let field = item.split('.').next().unwrap_or_default();
        let field = Dice::of(self.seed, &["field", self.agency.code.as_str(), field]).bell(700) / 2;
        // Some questions are answered more harshly about everybody.
        let tone = Dice::of(self.seed, &["tone", self.form.code.as_str(), question.name.as_str()]).bell(400);
        let mean = self.quality + kindness + field + tone;
        for _ in 0..asked {
            let (silent, mood, luck) = (dice.share(), dice.bell(2_600), dice.share());
            let answer = if silent < silence {
                dice.pick(&unknown).copied().unwrap_or_default()
            } else {
                opinion(&worths, (mean + mood).clamp(0, WHOLE), luck)
            };
            *counts.entry(answer).or_default() += 1;
        }
        counts
    }
}

/// The answer next to an opinion: of the two around it, the one that luck prefers, so that the mean of many is the opinion.
fn opinion<'a>(worths: &[(i64, &'a str)], opinion: i64, luck: i64) -> &'a str {
    let above = worths.iter().position(|(worth, _)| *worth >= opinion).unwrap_or(worths.len().saturating_sub(1));
    let (Some((high, upper)), below) = (worths.get(above), above.checked_sub(1).and_then(|at| worths.get(at))) else { return "" };
    match below {
        Some((low, lower)) if (opinion - low) * WHOLE / (high - low).max(1) <= luck => lower,
        _ => upper,
    }
}

/// An answer to a question that earns nothing: the earlier ones of a list are more common.
fn plain_answer<'a>(offered: &[&'a str], dice: &mut Dice) -> &'a str {
    for answer in offered {
        if dice.happens(600) {
            return answer;
        }
    }
    dice.pick(offered).copied().unwrap_or_default()
}

/// How many are asked a question with a condition: those who gave one of the answers that it names.
fn asked(relevant: &str, counted: &BTreeMap<&str, Counts<'_>>) -> i64 {
    let of_condition = |condition: &str| {
        let (question, answer) = condition.split_once('=')?;
        let question = question.trim().strip_prefix("${")?.strip_suffix('}')?;
        counted.get(question)?.get(answer.trim().trim_matches('\'')).copied()
    };
    relevant.split(" or ").filter_map(of_condition).sum()
}

/// An imported figure that lies up to 15 points above `lowest`, by quality: hundredths of a percent, and how many were asked.
pub(crate) fn imported(seed: u64, campaign: &Campaign, agency: &Agency, item: &str, quality: i64, lowest: i64) -> (i64, u32) {
    let mut dice = Dice::of(seed, &["external", agency.code.as_str(), item]);
    let forms = |form: &FormRow| form.block == agency.block && matches!(form.group.as_str(), "4" | "5");
    let planned: u32 = campaign
        .forms
        .iter()
        .filter(|form| forms(form))
        .filter_map(|form| Some(campaign.sample.iter().find(|row| row.agency == agency.code && row.form == form.code)?.planned))
        .sum();
    let value = lowest + share_of(1_500, (quality - 7_000).clamp(0, 3_000) * WHOLE / 3_000) + dice.bell(180);
    (value.min(9_500), planned * u32::try_from(dice.between(92, 99)).unwrap_or(95) / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_mean_of_many_opinions_is_the_opinion() {
        let worths = [(0, "none"), (2_000, "few"), (6_000, "most"), (10_000, "all")];
        let sum: i64 = (0..WHOLE)
            .map(|luck| {
                let answer = opinion(&worths, 8_500, luck);
                worths.iter().find(|(_, name)| *name == answer).map_or(0, |(worth, _)| *worth)
            })
            .sum();
        assert_eq!(sum / WHOLE, 8_500);
        assert_eq!((opinion(&worths, 0, 9_999), opinion(&worths, WHOLE, 9_999)), ("none", "all"));
    }

    #[test]
    fn a_condition_asks_those_who_gave_one_of_its_answers() {
        let counted = BTreeMap::from([("dung_hen", Counts::from([("luon", 5), ("tre", 3), ("thuong_tre", 2)]))]);
        assert_eq!(asked("${dung_hen} = 'tre' or ${dung_hen} = 'thuong_tre'", &counted), 5);
        assert_eq!(asked("${other} = 'tre'", &counted), 0);
    }
}
