//! The job that reminds.

use super::queue;
use crate::{Context, Error};
use domain::notices::Course;
use domain::{Code, Phase};

/// Adds the reminders that are due, for every campaign that goes on; gives how many inboxes got something new. It may run as often
/// as one likes, in as many processes as one likes: what was said is not said again.
///
/// # Errors
/// Where the database does not answer; the campaigns before keep their reminders.
pub async fn remind(context: &Context) -> Result<u64, Error> {
    let campaigns = store::campaign::list(&context.store().read().await?).await?;
    let mut added = 0;
    for settings in campaigns.iter().filter(|settings| !matches!(settings.phase(), Phase::Published | Phase::Archived)) {
        added += of_campaign(context, &settings.code).await?;
    }
    Ok(added)
}

async fn of_campaign(context: &Context, code: &Code) -> Result<u64, Error> {
    let tx = context.store().write().await?;
    let Some(frame) = context.frame_in(&tx, code).await? else { return Ok(0) };
    // Read in the transaction that writes: whoever submits meanwhile is not reminded.
    let states = store::assessment::all(&tx, code).await?.into_iter().map(|found| (found.agency, found.state));
    let extensions = store::plan::extensions(&tx, code, None).await?.into_iter().map(|(extension, _)| extension);
    let (states, extensions): (Vec<_>, Vec<_>) = (states.collect(), extensions.collect());
    let (campaign, now) = (frame.campaign(), context.now());
    let course = Course {
        phase: campaign.settings.phase(),
        zone: campaign.settings.zone(),
        tasks: &campaign.tasks,
        agencies: &campaign.agencies,
        states: &states,
        extensions: &extensions,
    };
    let added = queue(&tx, &frame, now, &course.reminders(now)).await?;
    tx.commit().await?;
    Ok(added)
}
