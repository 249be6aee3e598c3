//! Claims, of which none is ever overwritten.
//!
//! Each (agency, item, stream, input) has revisions 1, 2, 3, …, with who recorded them and when; the newest one counts. What is
//! taken back gets a revision that says so.

use crate::entities::assessment::claims::{ActiveModel, Column, Entity, Model};
use crate::sheet::{self, Stored};
use crate::{Changes, Error, Recorded, Result, Snapshot, Transaction, campaign};
use domain::Code;
use domain::assessment::{Claim, Stream};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Set};
use std::collections::BTreeMap;

/// One revision of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Counted from 1.
    pub number: u32,
    /// What was said. Blank behind its key when it was taken back.
    pub claim: Claim,
    /// Whether it takes back what was said before.
    pub retracted: bool,
    /// Who recorded it, and when.
    pub recorded: Recorded,
}

impl Revision {
    fn from_model(model: Model) -> Result<Self> {
        let corrupt = || Error::Corrupt { table: "claims", column: "revision", value: model.revision.to_string() };
        let number = u32::try_from(model.revision).map_err(|_| corrupt())?;
        let recorded = Recorded { by: model.recorded_by.clone(), at: model.recorded_at };
        Ok(Self { number, retracted: model.retracted, recorded, claim: Claim::from_model(model)? })
    }

    fn to_model(&self, campaign: i64) -> ActiveModel {
        ActiveModel {
            campaign_id: Set(campaign),
            revision: Set(self.number.into()),
            retracted: Set(self.retracted),
            recorded_by: Set(self.recorded.by.clone()),
            recorded_at: Set(self.recorded.at),
            ..self.claim.to_model()
        }
    }
}

/// All that was ever said of an item of an agency: by stream and input, oldest first.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn history(snapshot: &Snapshot, campaign: &Code, agency: &Code, item: &Code) -> Result<Vec<Revision>> {
    let id = campaign::id(snapshot, campaign).await?;
    let of_item = Entity::find()
        .filter(Column::CampaignId.eq(id))
        .filter(Column::Agency.eq(agency.as_str()))
        .filter(Column::Item.eq(item.as_str()));
    let models = of_item.order_by_asc(Column::Id).all(snapshot.connection()).await?;
    let mut revisions = models.into_iter().map(Revision::from_model).collect::<Result<Vec<_>>>()?;
    revisions.sort_by(|a, b| key(&a.claim).cmp(&key(&b.claim)));
    Ok(revisions)
}

type Key<'a> = (&'a Code, &'a Code, Stream, Option<&'a Code>);

fn key(claim: &Claim) -> Key<'_> {
    (&claim.agency, &claim.item, claim.stream, claim.input.as_ref())
}

/// The newest revision of each claim, in canonical order, those taken back included.
async fn newest_revisions(snapshot: &Snapshot, campaign: i64) -> Result<Vec<Revision>> {
    // Ids grow with the revisions of a claim: whoever adds one has seen the one before it.
    let newest = Entity::find()
        .select_only()
        .column_as(Column::Id.max(), "id")
        .filter(Column::CampaignId.eq(campaign))
        .group_by(Column::Agency)
        .group_by(Column::Item)
        .group_by(Column::Stream)
        .group_by(Column::Input)
        .into_query();
    let models = Entity::find().filter(Column::Id.in_subquery(newest)).all(snapshot.connection()).await?;
    let mut revisions = models.into_iter().map(Revision::from_model).collect::<Result<Vec<_>>>()?;
    revisions.sort_by(|a, b| key(&a.claim).cmp(&key(&b.claim)));
    Ok(revisions)
}

/// The claims that count, in canonical order.
pub(crate) async fn newest(snapshot: &Snapshot, campaign: i64) -> Result<Vec<Claim>> {
    let revisions = newest_revisions(snapshot, campaign).await?;
    Ok(revisions.into_iter().filter(|revision| !revision.retracted).map(|revision| revision.claim).collect())
}

/// Makes these the claims that count: adds a revision where something differs, and takes back what is no longer said.
pub(crate) async fn replace(
    tx: &Transaction,
    campaign: i64,
    claims: &[Claim],
    recorded: &Recorded,
    changes: &mut Changes,
) -> Result<()> {
    let known = newest_revisions(tx, campaign).await?;
    let mut known: BTreeMap<Key<'_>, &Revision> = known.iter().map(|revision| (key(&revision.claim), revision)).collect();
    let mut added = Vec::new();
    let mut append = |number: u32, claim: Claim, retracted: bool| {
        let revision = Revision { number, claim, retracted, recorded: recorded.clone() };
        added.push(revision.to_model(campaign));
    };
    for claim in claims {
        let before = known.remove(&key(claim));
        let number = before.map_or(0, |revision| revision.number);
        match before.filter(|revision| !revision.retracted) {
            Some(revision) if revision.claim == *claim => continue,
            Some(_) => changes.changed += 1,
            None => changes.added += 1,
        }
        append(number.saturating_add(1), claim.clone(), false);
    }
    for before in known.into_values().filter(|revision| !revision.retracted) {
        changes.removed += 1;
        let blank = Claim { value: None, score: None, applicable: None, remark: None, ..before.claim.clone() };
        append(before.number.saturating_add(1), blank, true);
    }
    sheet::insert::<Claim>(tx, added, None).await
}
