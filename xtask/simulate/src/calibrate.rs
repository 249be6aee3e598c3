//! Finds for each agency the quality at which scoring gives the index aimed at.

use crate::answers;
use crate::dice::{Dice, WHOLE};
use crate::figures::Luck;
use crate::items::Item;
use crate::magnitude::Size;
use crate::streams::Speaker;
use crate::target;
use domain::agencies::Agency;
use domain::criteria::RuleName;
use domain::survey::External;
use domain::{Campaign, Code};
use rust_decimal::Decimal;
use scoring::{AgencyResult, Stream};
use std::collections::BTreeMap;

/// What is searched for: how good an agency's work is, and how good people find it, in hundredths of a percent.
#[derive(Clone, Copy, Debug)]
struct Quality {
    work: i64,
    opinion: i64,
}

type Qualities = BTreeMap<Code, Quality>;

/// A generator over the frame and the criteria of a campaign.
pub(crate) struct Simulation<'a> {
    seed: u64,
    frame: &'a Campaign,
    items: Vec<Item<'a>>,
    agencies: Vec<(&'a Agency, Size)>,
    targets: BTreeMap<Code, i64>,
}

impl<'a> Simulation<'a> {
    pub(crate) fn new(seed: u64, frame: &'a Campaign) -> Self {
        let assessed = frame.agencies.iter().filter(|agency| agency.is_assessed());
        Self {
            seed,
            frame,
            items: Item::all(frame),
            agencies: assessed.map(|agency| (agency, Size::of(seed, frame, agency))).collect(),
            targets: target::targets(seed, &frame.agencies),
        }
    }

    /// The campaign with the claims, answers and imported figures that come nearest to the targets.
    pub(crate) fn run(&self) -> Result<Campaign, String> {
        let start = |code: &Code| {
            let index = self.target(code);
            (code.clone(), Quality { work: index, opinion: target::survey_target(self.seed, code, index) })
        };
        let mut qualities: Qualities = self.agencies.iter().map(|(agency, _)| start(&agency.code)).collect();
        let survey = |result: &AgencyResult| result.survey.percent();
        let index = |result: &AgencyResult| result.index;
        let survey_target = |code: &Code| target::survey_target(self.seed, code, self.target(code));
        self.search(&mut qualities, 3_000, |quality| &mut quality.opinion, survey, survey_target)?;
        self.search(&mut qualities, 5_000, |quality| &mut quality.work, index, |code| self.target(code))?;
        // Figures jump where a level or a band changes; answers are many and make up for it.
        self.search(&mut qualities, 500, |quality| &mut quality.opinion, index, |code| self.target(code))?;
        Ok(self.campaign(&qualities))
    }

    pub(crate) fn target(&self, agency: &Code) -> i64 {
        self.targets.get(agency).copied().unwrap_or(9_000)
    }

    /// Halves the step around one quality of every agency at once, and keeps for each what came nearest.
    fn search(
        &self,
        qualities: &mut Qualities,
        mut step: i64,
        knob: fn(&mut Quality) -> &mut i64,
        measure: impl Fn(&AgencyResult) -> Option<scoring::Percent>,
        target: impl Fn(&Code) -> i64,
    ) -> Result<(), String> {
        let mut nearest: BTreeMap<Code, (Decimal, i64)> = BTreeMap::new();
        while step > 0 {
            let campaign = self.campaign(qualities);
            let model = campaign.model().ok_or("the criteria do not make a set")?;
            for (block, results) in model.blocks.iter().zip(model.score(Stream::Final)) {
                for result in results.agencies {
                    let code = block.agencies.get(result.agency).and_then(|agency| Code::new(&agency.code));
                    let found = code.and_then(|code| Some((qualities.get_mut(&code)?, code)));
                    let Some((quality, code)) = found else { continue };
                    let quality = knob(quality);
                    let measured = measure(&result).ok_or_else(|| missing(block, &result, &code))?.0;
                    let off = measured - Decimal::new(target(&code), 2);
                    let best = nearest.entry(code).or_insert((Decimal::MAX, *quality));
                    if off.abs() < best.0 {
                        *best = (off.abs(), *quality);
                    }
                    *quality += if off.is_sign_negative() { step } else { -step };
                }
            }
            step = step * 3 / 5;
        }
        for (code, (_, value)) in nearest {
            if let Some(quality) = qualities.get_mut(&code) {
                *knob(quality) = value;
            }
        }
        Ok(())
    }

    fn campaign(&self, qualities: &Qualities) -> Campaign {
        let mut campaign = self.frame.clone();
        (campaign.claims, campaign.tallies, campaign.external) = (Vec::new(), Vec::new(), Vec::new());
        for (agency, size) in &self.agencies {
            let Some(quality) = qualities.get(&agency.code).copied() else { continue };
            let index = self.target(&agency.code);
            let luck = Luck { seed: self.seed, agency: agency.code.as_str(), size, standing: index };
            let speaker = Speaker { agency: &agency.code, luck };
            for item in self.items.iter().filter(|item| item.row.block == agency.block && item.concerns(agency.tags())) {
                match item.rule {
                    RuleName::External => campaign.external.push(self.external(agency, item, index)),
                    _ if item.is_claimed() => campaign.claims.extend(speaker.say(item, self.share(agency, item, quality.work))),
                    _ => {}
                }
            }
            campaign.tallies.extend(answers::tallies(self.seed, self.frame, agency, quality.opinion));
        }
        campaign.claims.sort_by(|a, b| (&a.agency, &a.item, a.stream, &a.input).cmp(&(&b.agency, &b.item, b.stream, &b.input)));
        campaign
            .tallies
            .sort_by(|a, b| (&a.agency, &a.form, &a.question, &a.choice).cmp(&(&b.agency, &b.form, &b.question, &b.choice)));
        campaign.external.sort_by(|a, b| (&a.agency, &a.item).cmp(&(&b.agency, &b.item)));
        campaign
    }

    /// How good the agency is at an item: its work in general, its leaning by field, its luck with the item.
    fn share(&self, agency: &Agency, item: &Item<'_>, work: i64) -> i64 {
        let code = agency.code.as_str();
        let field = Dice::of(self.seed, &["field", code, item.field()]).bell(700);
        let own = Dice::of(self.seed, &["item", code, item.code()]).bell(1_500);
        (work + field + own).clamp(0, WHOLE * 3 / 2)
    }

    fn external(&self, agency: &Agency, item: &Item<'_>, quality: i64) -> External {
        let is_satisfaction = item.row.title.contains("SIPAS") || item.row.title.contains("hài lòng");
        let lowest = if is_satisfaction { 8_000 } else { 7_450 };
        let (value, n) = answers::imported(self.seed, self.frame, agency, item.code(), quality, lowest);
        let source = if is_satisfaction {
            "Kế hoạch 121/KH-UBND — số liệu mô phỏng"
        } else {
            "Bộ chỉ số phục vụ người dân, doanh nghiệp, Cổng Dịch vụ công quốc gia — số liệu mô phỏng"
        };
        External {
            agency: agency.code.clone(),
            item: item.row.code.clone(),
            value: Decimal::new(value, 2).normalize(),
            n: is_satisfaction.then_some(n),
            source: source.into(),
        }
    }
}

/// The sentence for an agency without an index: which items lack a score, and why.
fn missing(block: &scoring::Block, result: &AgencyResult, agency: &Code) -> String {
    let items = block.criteria.items().iter().zip(&result.items);
    let lacking = items.filter_map(|(leaf, result)| match &result.outcome {
        scoring::Outcome::Missing(why) => Some(format!("{}: {why}", block.criteria.node_of(leaf)?.code)),
        _ => None,
    });
    format!("{agency} has no index; {}", lacking.collect::<Vec<_>>().join("; "))
}
