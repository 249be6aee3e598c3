//! Everything about one agency's assessment as it stands in the database, with what `scoring` makes of it.
//!
//! Pages in which people write are read all the time, so nothing here looks at other agencies: two hundred rows, and one agency scored.

use crate::{Error, Frame, Place, change};
use chrono::{DateTime, Utc};
use domain::Code;
use domain::assessment::entry::Entered;
use domain::assessment::receipt::{Attached, attached};
use domain::assessment::{Claim, Closed, Writing, writing};
use domain::plan::Window;
use scoring::index::{Agency, Block};
use scoring::{AgencyResult, Stream};
use std::sync::Arc;
use store::Snapshot;
use store::assessment::{Assessment, items::Item};

/// See the module.
pub(crate) struct Work<'a> {
    pub(crate) place: Place<'a>,
    pub(crate) assessment: Assessment,
    pub(crate) items: Vec<Item>,
    /// Of all streams, in canonical order.
    pub(crate) claims: Vec<Claim>,
    pub(crate) attached: Vec<Attached>,
    pub(crate) may_write: Result<Writing, Closed>,
    /// When the window ends in which it writes, or last wrote.
    pub(crate) end: Option<DateTime<Utc>>,
}

impl<'a> Work<'a> {
    /// Reads it. [`Error::NotThere`] where the agency is not assessed.
    pub(crate) async fn read(
        snapshot: &Snapshot,
        frame: &'a Arc<Frame>,
        agency: &Code,
        now: DateTime<Utc>,
    ) -> Result<Self, Error> {
        let code = &frame.settings().code;
        let place = frame.place(agency).ok_or(Error::NotThere)?;
        let assessment = store::assessment::one(snapshot, code, agency).await?.ok_or(Error::NotThere)?;
        let items = store::assessment::items::of_agency(snapshot, code, agency).await?;
        let revisions = store::assessment::of_agency(snapshot, code, agency).await?;
        let links = store::evidence::links(snapshot, code, agency, None).await?;
        let documents = if links.is_empty() { Vec::new() } else { store::evidence::revisions(snapshot, code, agency).await? };
        let given = store::plan::extensions(snapshot, code, Some(agency)).await?;
        let ends = change::ends(frame, agency, given.into_iter().map(|(extension, _)| extension).collect());
        let may_write = writing(frame.settings().phase(), assessment.state, &ends, now);
        let window = assessment.state.writes().map_or(Window::SelfAssessment, Writing::window);
        Ok(Self {
            place,
            items,
            claims: revisions.into_iter().map(|revision| revision.claim).collect(),
            attached: attached(&links, &documents),
            may_write,
            end: ends(window),
            assessment,
        })
    }

    /// What the agency itself says of an item.
    pub(crate) fn own(&self, item: &Code) -> impl Iterator<Item = &Claim> {
        self.claims.iter().filter(move |claim| claim.item == *item && claim.stream == domain::assessment::Stream::SelfAssessed)
    }

    /// The same as it stands in a form.
    pub(crate) fn entered(&self, item: &Code) -> Entered {
        Entered::of(self.own(item))
    }

    /// How many documents prove an item.
    pub(crate) fn documents(&self, item: &Code) -> usize {
        self.attached.iter().filter(|attached| attached.item == *item).count()
    }

    /// The agency's block with nobody else in it.
    pub(crate) fn alone(&self) -> Block {
        let block = self.place.block;
        let agency = Agency {
            code: self.place.agency.code.clone(),
            name: self.place.agency.name.clone(),
            tags: self.place.agency.tags.clone(),
            assessed: true,
            entries: domain::entries(&block.criteria, &self.claims),
            ..Agency::default()
        };
        Block {
            code: block.code.clone(),
            title: block.title.clone(),
            criteria: block.criteria.clone(),
            bands: Vec::new(),
            groups: Vec::new(),
            forms: Vec::new(),
            agencies: vec![agency],
        }
    }

    /// What each item comes to after a stream. Surveys and imported figures are not asked.
    pub(crate) fn scored(&self, frame: &Frame, alone: &Block, stream: Stream) -> Option<AgencyResult> {
        alone.score(&frame.model().method, stream).agencies.pop()
    }
}

/// The name of somebody, or their sign-in name where they are not among the campaign's people.
#[must_use]
pub fn name_of(frame: &Frame, code: &str) -> String {
    let found = frame.campaign().people.iter().find(|person| person.code.as_str() == code);
    found.map_or_else(|| code.to_owned(), |person| person.name.clone())
}
