//! What happened to tasks, and what was delivered. Rows are only ever added.

use crate::entities::plan::{deliverables, task_events};
use crate::sheet::{self, Stored};
use crate::{Result, Snapshot, Transaction, campaign};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::evidence::FileHash;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, Set};

/// A change of one column of a task.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TaskEvent {
    /// The task.
    pub task: Code,
    /// The column of the sheet `tasks`.
    pub field: String,
    /// What it held, as the sheet writes it.
    pub before: Option<String>,
    /// What it holds since.
    pub after: Option<String>,
    /// Why.
    pub reason: String,
    /// Sign-in name of whoever changed it.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// Their role at the time.
    pub by_role: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Something that a task has delivered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Deliverable {
    /// The task.
    pub task: Code,
    /// What it is, such as number and date of a document.
    pub title: String,
    /// The file, where one was attached.
    pub file: Option<FileHash>,
    /// What it is by its content.
    pub media: Option<domain::evidence::Media>,
    /// What it is called.
    pub name: Option<String>,
    /// In bytes.
    pub size: Option<u64>,
    /// Sign-in name of whoever attached it.
    pub by_code: String,
    /// Their name at the time.
    pub by_name: String,
    /// Their role at the time.
    pub by_role: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Records changes of a task.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn add(tx: &Transaction, campaign: &Code, events: &[TaskEvent]) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let model = |event: &TaskEvent| task_events::ActiveModel { campaign_id: Set(id), ..event.to_model() };
    sheet::insert::<TaskEvent>(tx, events.iter().map(model).collect(), None).await
}

/// Every change of a task, oldest first.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn of_task(snapshot: &Snapshot, campaign: &Code, task: &Code) -> Result<Vec<TaskEvent>> {
    use task_events::{Column, Entity};
    let id = campaign::id(snapshot, campaign).await?;
    let of_task = Entity::find().filter(Column::CampaignId.eq(id)).filter(Column::Task.eq(task.as_str()));
    let models = of_task.order_by_asc(Column::Id).all(snapshot.connection()).await?;
    models.into_iter().map(TaskEvent::from_model).collect()
}

/// Records what was delivered.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn deliver(tx: &Transaction, campaign: &Code, deliverable: &Deliverable) -> Result<()> {
    let id = campaign::id(tx, campaign).await?;
    let model = deliverables::ActiveModel { campaign_id: Set(id), ..deliverable.to_model() };
    sheet::insert::<Deliverable>(tx, vec![model], None).await
}

/// What a task has delivered, oldest first.
///
/// # Errors
/// [`crate::Error::NoCampaign`], or what the database says.
pub async fn delivered(snapshot: &Snapshot, campaign: &Code, task: &Code) -> Result<Vec<Deliverable>> {
    use deliverables::{Column, Entity};
    let id = campaign::id(snapshot, campaign).await?;
    let of_task = Entity::find().filter(Column::CampaignId.eq(id)).filter(Column::Task.eq(task.as_str()));
    let models = of_task.order_by_asc(Column::Id).all(snapshot.connection()).await?;
    models.into_iter().map(Deliverable::from_model).collect()
}
