//! What leaves: the campaign without people, money, remarks and counts of answers.

use super::sums::{self, KeptBack, Sum};
use crate::agencies::Agency;
use crate::assessment::Claim;
use crate::campaign::{Campaign, Phase, Settings};
use crate::workbook::table::{Numbered, Row, Unread, read_rows, write_rows};
use crate::workbook::{self, Problem, Table, Tables};

/// What stands in place of a reason that must be there.
const NOT_PUBLIC: &str = "Lý do không công bố / reason not public";

/// The inputs of a release: all that its figures are computed from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Content {
    /// What of the campaign leaves, as a workbook.
    pub campaign: Campaign,
    /// The answers, summed up.
    pub sums: Vec<Sum>,
    /// The points of survey items whose sums stay back.
    pub kept_back: Vec<KeptBack>,
}

impl Content {
    /// What of a campaign leaves; none where its criteria do not make a set (a campaign that was checked always does).
    ///
    /// People, plan, budget and samples stay, as do remarks and notes, which are written for those inside, and counts of answers.
    #[must_use]
    pub fn of(campaign: &Campaign) -> Option<Self> {
        let model = campaign.model()?;
        let (sums, kept_back) = sums::sums(campaign, &model);
        let without_remark = |claim: &Claim| {
            // A workbook asks why somebody set a score by hand; a release says that they did say why.
            let by_hand = claim.score.is_some() || claim.applicable.is_some();
            let public = Claim { remark: by_hand.then(|| NOT_PUBLIC.into()), ..claim.clone() };
            (by_hand || public.input.is_some()).then_some(public)
        };
        let campaign = Campaign {
            settings: Settings { phase: Some(Phase::Published), ..campaign.settings.clone() },
            agencies: campaign.agencies.iter().map(|agency| Agency { note: None, ..agency.clone() }).collect(),
            claims: campaign.claims.iter().filter_map(without_remark).collect(),
            sample: Vec::new(),
            tasks: Vec::new(),
            people: Vec::new(),
            budget: Vec::new(),
            tallies: Vec::new(),
            ..campaign.clone()
        };
        Some(Self { campaign, sums, kept_back })
    }

    /// What `scoring` computes on.
    #[must_use]
    pub fn model(&self) -> Option<scoring::Campaign> {
        let mut model = self.campaign.model()?;
        sums::fill(&mut model, &self.sums, &self.kept_back);
        Some(model)
    }

    /// The campaign as tables; sheets that hold nothing are left out.
    #[must_use]
    pub fn workbook(&self) -> Tables {
        Tables(workbook::write(&self.campaign).0.into_iter().filter(|table| !table.rows.is_empty()).collect())
    }

    /// The answers as tables.
    #[must_use]
    pub fn survey(&self) -> Tables {
        Tables(vec![write_rows(&self.sums), write_rows(&self.kept_back)])
    }

    /// Reads what [`Self::workbook`] and [`Self::survey`] have written.
    ///
    /// # Errors
    /// Every problem found.
    pub fn read(workbook: &Tables, survey: &Tables) -> Result<Self, Vec<Problem>> {
        let mut problems = Vec::new();
        let (sums, kept_back) = (rows(survey, &mut problems), rows(survey, &mut problems));
        match workbook::read(workbook) {
            Ok(campaign) if problems.is_empty() => Ok(Self { campaign, sums, kept_back }),
            Ok(_) => Err(problems),
            Err(found) => Err(found.into_iter().chain(problems).collect()),
        }
    }
}

pub(super) fn rows<R: Row>(tables: &Tables, problems: &mut Vec<Problem>) -> Vec<R> {
    let rows: Vec<Numbered<R>> = read_rows(tables, problems, &mut Unread::default());
    rows.into_iter().map(|numbered| numbered.row).collect()
}

/// A table's columns and rows, for tables that are no sheets of a campaign.
pub(super) fn table(name: &str, columns: &[&str], rows: impl Iterator<Item = Vec<String>>) -> Table {
    let rows = rows.zip(2..).map(|(cells, number)| workbook::TableRow { number, cells }).collect();
    Table { name: name.into(), columns: columns.iter().map(|column| (*column).into()).collect(), rows }
}
