//! What each stream says of an item: most claims stand as they were made, some are corrected, some restored after an explanation.

use crate::dice::{Dice, WHOLE};
use crate::figures::{Figure, Luck, figures};
use crate::items::Item;
use crate::remarks::{Cause, Filling, remark};
use domain::Code;
use domain::assessment::{Claim, Stream};
use domain::criteria::{InputType, Kind, RuleName};
use rust_decimal::{Decimal, RoundingStrategy};

/// How a claim fares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Course {
    /// Nobody objects.
    Accepted,
    /// Claimed too high, corrected in the first appraisal.
    Corrected,
    /// Corrected too far, restored after the explanation.
    Restored,
    /// Claimed too high, corrected too far, then partly restored.
    PartlyRestored,
    /// The first appraisal sets the score.
    ScoreSet,
    /// The same, and the figures are recognised after the explanation.
    ScoreRestored,
    /// Declared not applicable, and nobody objects.
    LeftOut,
    /// Declared not applicable; the first appraisal fills in the figures.
    BroughtBack,
    /// Declared not applicable; without figures 0 points in the first appraisal, the agency hands them in afterwards.
    BroughtBackLater,
}

/// How often in a thousand a claim takes each course, and an optional one is declared not applicable.
const CONTESTED: &[(i64, Course)] = &[
    (150, Course::Corrected),
    (62, Course::Restored),
    (36, Course::PartlyRestored),
    (35, Course::ScoreSet),
    (18, Course::ScoreRestored),
];
const LEFT_OUT: &[(i64, Course)] = &[(70, Course::LeftOut), (16, Course::BroughtBack), (14, Course::BroughtBackLater)];

/// The agency whose claims are written, and how good it is at an item.
pub(crate) struct Speaker<'a> {
    pub(crate) agency: &'a Code,
    pub(crate) luck: Luck<'a>,
}

impl Speaker<'_> {
    fn dice(&self, purpose: &str, item: &Item<'_>) -> Dice {
        Dice::of(self.luck.seed, &["streams", purpose, self.agency.as_str(), item.code()])
    }

    fn course(&self, item: &Item<'_>) -> Course {
        let mut thrown = self.dice("course", item).between(0, 999);
        let left_out = if item.is_optional() { LEFT_OUT } else { &[] };
        for (often, course) in left_out.iter().chain(CONTESTED) {
            if thrown < *often {
                return *course;
            }
            thrown -= often;
        }
        Course::Accepted
    }

    /// All that is said of an item whose figures finally earn about `share` of its points.
    pub(crate) fn say(&self, item: &Item<'_>, share: i64) -> Vec<Claim> {
        match item.outside {
            Some(Kind::Penalty) => return self.penalty(item),
            Some(_) if !self.dice("bonus", item).happens(420) => return Vec::new(),
            _ => {}
        }
        // Bonus has its own share: only one level, one or two models, no national award that nobody gave.
        let share = if item.outside.is_some() { 5_000 + self.dice("bonus share", item).between(0, 5) * 500 } else { share };
        let mut dice = self.dice("size", item);
        let (over, short) = (dice.between(600, 2_600), dice.between(900, 3_200));
        let truth = || figures(item, share, &self.luck);
        let claimed = |share: i64| figures(item, share, &self.luck);
        let mut said = Said { speaker: self, item, claims: Vec::new() };
        match self.course(item) {
            Course::Accepted => said.own(&truth()),
            Course::Corrected => {
                said.own(&claimed(share + over));
                said.correct(Stream::Appraisal1, &claimed(share + over), &truth());
            }
            Course::Restored => {
                said.own(&truth());
                said.correct(Stream::Appraisal1, &truth(), &claimed(share.min(WHOLE) - short));
                said.correct(Stream::Final, &claimed(share.min(WHOLE) - short), &truth());
            }
            Course::PartlyRestored => {
                said.own(&claimed(share + over));
                said.correct(Stream::Appraisal1, &claimed(share + over), &claimed(share.min(WHOLE) - short));
                said.correct(Stream::Final, &claimed(share.min(WHOLE) - short), &truth());
            }
            Course::ScoreSet if is_smooth(item) && share + 500 < WHOLE => {
                said.own(&claimed(share + over));
                said.set(Stream::Appraisal1, score(item, share), None);
            }
            Course::ScoreRestored if is_smooth(item) => {
                said.own(&truth());
                said.set(Stream::Appraisal1, score(item, share.min(WHOLE) - short), None);
                said.give(Stream::Final, &truth(), &truth(), Cause::Recognised);
            }
            Course::ScoreSet | Course::ScoreRestored => said.own(&truth()),
            Course::LeftOut => said.leave_out(),
            Course::BroughtBack => {
                said.leave_out();
                said.bring_back(&truth());
            }
            Course::BroughtBackLater => {
                said.leave_out();
                said.set(Stream::Appraisal1, Decimal::ZERO, Some(true));
                said.give(Stream::Final, &truth(), &truth(), Cause::Supplied);
            }
        }
        said.claims
    }

    /// Only a written criticism is ever simulated as penalty, by the council; nobody is said to have broken a law.
    fn penalty(&self, item: &Item<'_>) -> Vec<Claim> {
        let mut said = Said { speaker: self, item, claims: Vec::new() };
        if item.rule == RuleName::Count && item.row.title.contains("phê bình") && self.dice("penalty", item).happens(80) {
            let counted: Vec<Figure> = item.inputs.iter().map(|input| (input.name.clone(), String::from("1"))).collect();
            said.give(Stream::Final, &counted, &counted, Cause::Criticism);
        }
        said.claims
    }
}

/// Rules whose points lie anywhere between 0 and the maximum, so that a score set by hand looks like one.
fn is_smooth(item: &Item<'_>) -> bool {
    matches!(item.rule, RuleName::Proportion | RuleName::Saturating | RuleName::Average)
}

/// A score as appraisers set it: in steps of 0.05.
fn score(item: &Item<'_>, share: i64) -> Decimal {
    let twentieths = item.row.max_points * Decimal::new(share.clamp(0, WHOLE), 4) * Decimal::from(20);
    (twentieths.round_dp_with_strategy(0, RoundingStrategy::ToZero) / Decimal::from(20)).normalize()
}

/// The claims of one item, while they are written.
struct Said<'a> {
    speaker: &'a Speaker<'a>,
    item: &'a Item<'a>,
    claims: Vec<Claim>,
}

impl Said<'_> {
    fn row(&self, stream: Stream) -> Claim {
        Claim {
            agency: self.speaker.agency.clone(),
            item: self.item.row.code.clone(),
            stream,
            input: None,
            value: None,
            score: None,
            applicable: None,
            remark: None,
        }
    }

    fn remark(&self, stream: Stream, cause: Cause, filling: Filling<'_>) -> String {
        let mut dice = self.speaker.dice(scoring::Stream::from(stream).code(), self.item);
        let body = self.item.row.appraising_body.as_deref().unwrap_or("cơ quan thường trực");
        remark(cause, &mut dice, Filling { body, ..filling })
    }

    /// The agency's own figures, now and then with a note.
    fn own(&mut self, figures: &[Figure]) {
        let row = self.row(Stream::SelfAssessed);
        let rows =
            figures.iter().map(|(input, value)| Claim { input: Some(input.clone()), value: Some(value.clone()), ..row.clone() });
        self.claims.extend(rows);
        if self.speaker.dice("note", self.item).happens(60) {
            let note = self.remark(Stream::SelfAssessed, Cause::Own, Filling::default());
            if let Some(first) = self.claims.first_mut() {
                first.remark = Some(note);
            }
        }
    }

    /// An appraiser's correction of those figures that differ; nothing where none does.
    fn correct(&mut self, stream: Stream, before: &[Figure], after: &[Figure]) {
        let differ: Vec<Figure> = after.iter().filter(|figure| !before.contains(figure)).cloned().collect();
        let cause = match (stream, self.item.rule) {
            (Stream::Final, RuleName::Choice) => Cause::LevelRestored,
            (Stream::Final, _) => Cause::Restored,
            (_, RuleName::Choice) => Cause::Level,
            (_, RuleName::Count) => Cause::Count,
            (_, RuleName::Deduction) if self.counts("báo cáo") => Cause::Report,
            (_, RuleName::Deduction) => Cause::Violations,
            _ if self.counts("hồ sơ") && self.is_special() => Cause::Dossier,
            _ if (self.counts("nhiệm vụ") || self.counts("văn bản")) && self.is_special() => Cause::Task,
            _ => Cause::Rate,
        };
        self.give(stream, before, &differ, cause);
    }

    /// Whether the item's inputs are in this unit.
    fn counts(&self, unit: &str) -> bool {
        self.item.inputs.first().is_some_and(|input| input.unit.as_deref() == Some(unit))
    }

    /// Whether the remark speaks of the matter, or of figures in general.
    fn is_special(&self) -> bool {
        self.speaker.dice("special", self.item).happens(600)
    }

    /// Figures of an appraiser, the first with a remark.
    fn give(&mut self, stream: Stream, before: &[Figure], figures: &[Figure], cause: Cause) {
        let row = self.row(stream);
        for (place, (input, value)) in figures.iter().enumerate() {
            let from = before.iter().find(|(name, _)| name == input).map_or("", |(_, value)| value);
            let known = self.item.input(input.as_str());
            let level = self.item.levels.iter().find(|level| level.level.as_str() == value);
            let to = match known.map(|known| known.kind) {
                Some(InputType::Choice) => level.map_or(value.as_str(), |level| &level.label),
                Some(InputType::Boolean) => {
                    if value == "yes" {
                        "có"
                    } else {
                        "không"
                    }
                }
                _ => value,
            };
            let filling = Filling { label: known.map_or("", |known| &known.label), from, to, body: "" };
            let remark = (place == 0).then(|| self.remark(stream, cause, filling));
            self.claims.push(Claim { input: Some(input.clone()), value: Some(value.clone()), remark, ..row.clone() });
        }
    }

    /// A score set by hand, possibly of an item that the agency had left out.
    fn set(&mut self, stream: Stream, score: Decimal, applicable: Option<bool>) {
        let cause = if applicable.is_some() { Cause::Rejected } else { Cause::Score };
        let remark = self.remark(stream, cause, Filling { to: &score.to_string(), ..Filling::default() });
        self.claims.push(Claim { score: Some(score), applicable, remark: Some(remark), ..self.row(stream) });
    }

    fn leave_out(&mut self) {
        let remark = self.remark(Stream::SelfAssessed, Cause::NotApplicable, Filling::default());
        self.claims.push(Claim { applicable: Some(false), remark: Some(remark), ..self.row(Stream::SelfAssessed) });
    }

    /// The first appraisal refuses that the item is left out, and fills in the figures that it knows.
    fn bring_back(&mut self, figures: &[Figure]) {
        let remark = self.remark(Stream::Appraisal1, Cause::Rejected, Filling::default());
        let row = self.row(Stream::Appraisal1);
        let rows =
            figures.iter().map(|(input, value)| Claim { input: Some(input.clone()), value: Some(value.clone()), ..row.clone() });
        self.claims.push(Claim { applicable: Some(true), remark: Some(remark), ..row.clone() });
        self.claims.extend(rows);
    }
}
