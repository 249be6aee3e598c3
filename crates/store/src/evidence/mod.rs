//! Evidence: documents and links, which are only ever added to, and below [`uploads`] and [`files`] where their bytes are.

pub mod files;
pub(crate) mod rows;
pub mod uploads;

pub use uploads::{Part, Upload};

use crate::entities::evidence::{document_revisions as revisions, evidence_links as links};
use crate::sheet::{self, Stored};
use crate::{Error, Result, Snapshot, Transaction, campaign};
use domain::Code;
use domain::evidence::{FileHash, Link, Revision, Use};
use rows::{LinkRow, RevisionRow};
use sea_orm::{ColumnTrait, EntityTrait, JoinType, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select, Set};

/// All that was ever said of an agency's documents: by document, oldest first.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn revisions(snapshot: &Snapshot, campaign: &Code, agency: &Code) -> Result<Vec<Revision>> {
    let id = campaign::id(snapshot, campaign).await?;
    read(snapshot, of_agency(id, agency)).await
}

/// All that was ever said of one document, oldest first; nothing of one that is not there.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn document(snapshot: &Snapshot, campaign: &Code, agency: &Code, document: u32) -> Result<Vec<Revision>> {
    let id = campaign::id(snapshot, campaign).await?;
    read(snapshot, of_agency(id, agency).filter(revisions::Column::Document.eq(i64::from(document)))).await
}

fn of_agency(campaign: i64, agency: &Code) -> Select<revisions::Entity> {
    let of_campaign = revisions::Entity::find().filter(revisions::Column::CampaignId.eq(campaign));
    of_campaign.filter(revisions::Column::Agency.eq(agency.as_str()))
}

async fn read(snapshot: &Snapshot, select: Select<revisions::Entity>) -> Result<Vec<Revision>> {
    let ordered = select.order_by_asc(revisions::Column::Document).order_by_asc(revisions::Column::Revision);
    let models = ordered.all(snapshot.connection()).await?;
    models.into_iter().map(|model| RevisionRow::from_model(model).map(Into::into)).collect()
}

/// Adds a revision of a document.
///
/// # Errors
/// [`Error::Stale`] when that revision is there already, [`Error::NoCampaign`], or what the database says.
pub async fn append(tx: &Transaction, campaign: &Code, agency: &Code, revision: &Revision) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let row = RevisionRow::from(revision.clone());
    let own = revisions::ActiveModel { campaign_id: Set(id), agency: Set(agency.to_string()), ..row.to_model() };
    sheet::insert::<RevisionRow>(tx, vec![own], None).await.map_err(stale)
}

/// All that was ever said about what an agency's documents prove, or only about one item: oldest first.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn links(snapshot: &Snapshot, campaign: &Code, agency: &Code, item: Option<&Code>) -> Result<Vec<Link>> {
    let id = campaign::id(snapshot, campaign).await?;
    let of_campaign = links::Entity::find().filter(links::Column::CampaignId.eq(id));
    let of_agency = of_campaign.filter(links::Column::Agency.eq(agency.as_str()));
    let chosen = of_agency.apply_if(item, |select, item| select.filter(links::Column::Item.eq(item.as_str())));
    let ordered = chosen.order_by_asc(links::Column::Id).all(snapshot.connection()).await?;
    ordered.into_iter().map(|model| LinkRow::from_model(model).map(Into::into)).collect()
}

/// All that was ever said about which documents prove an item, by agency and oldest first.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn links_across(snapshot: &Snapshot, campaign: &Code, item: &Code) -> Result<Vec<(Code, Link)>> {
    let id = campaign::id(snapshot, campaign).await?;
    let of_item = links::Entity::find().filter(links::Column::CampaignId.eq(id)).filter(links::Column::Item.eq(item.as_str()));
    let ordered = of_item.order_by_asc(links::Column::Id).all(snapshot.connection()).await?;
    let found = |model: links::Model| {
        let agency = Code::new(&model.agency);
        let corrupt = || Error::Corrupt { table: "evidence_links", column: "agency", value: model.agency.clone() };
        Ok((agency.ok_or_else(corrupt)?, LinkRow::from_model(model)?.into()))
    };
    ordered.into_iter().map(found).collect()
}

/// Adds a revision of a link.
///
/// # Errors
/// [`Error::Stale`] when that revision is there already, [`Error::NoCampaign`], or what the database says.
pub async fn append_link(tx: &Transaction, campaign: &Code, agency: &Code, link: &Link) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let row = LinkRow::from(link.clone());
    let own = links::ActiveModel { campaign_id: Set(id), agency: Set(agency.to_string()), ..row.to_model() };
    sheet::insert::<LinkRow>(tx, vec![own], None).await.map_err(stale)
}

fn stale(error: Error) -> Error {
    match error {
        Error::Refused(_) => Error::Stale,
        other => other,
    }
}

/// Where else the files of an agency's documents were attached, in whatever campaign; its own uses are among them.
///
/// # Errors
/// [`Error::NoCampaign`], or what the database says.
pub async fn uses(snapshot: &Snapshot, campaign: &Code, agency: &Code) -> Result<Vec<Use>> {
    use crate::entities::campaign::campaigns;
    let id = campaign::id(snapshot, campaign).await?;
    let own = of_agency(id, agency).select_only().column(revisions::Column::File).into_query();
    let joined =
        campaigns::Entity::belongs_to(revisions::Entity).from(campaigns::Column::Id).to(revisions::Column::CampaignId).into();
    let rows: Vec<(String, String, i64, String)> = revisions::Entity::find()
        .join_rev(JoinType::InnerJoin, joined)
        .filter(revisions::Column::File.in_subquery(own))
        .select_only()
        .column(revisions::Column::File)
        .column(campaigns::Column::Code)
        .column(campaigns::Column::Year)
        .column(revisions::Column::Agency)
        .distinct()
        .into_tuple()
        .all(snapshot.connection())
        .await?;
    rows.into_iter().map(used).collect()
}

fn used((file, campaign, year, agency): (String, String, i64, String)) -> Result<Use> {
    let corrupt = |column, value: &str| Error::Corrupt { table: "document_revisions", column, value: value.into() };
    Ok(Use {
        file: FileHash::from_hex(&file).ok_or_else(|| corrupt("file", &file))?,
        campaign: Code::new(&campaign).ok_or_else(|| corrupt("campaign", &campaign))?,
        year: u32::try_from(year).map_err(|_| corrupt("year", &year.to_string()))?,
        agency: Code::new(&agency).ok_or_else(|| corrupt("agency", &agency))?,
    })
}
