//! What every use case needs: the database, the clock, and the campaigns computed so far.

use crate::evidence::files::Files;
use crate::mail::Mailer;
use crate::publication::{Shelf, SigningKey};
use crate::results::by_agency;
use crate::survey::{self, Intake};
use crate::{Clock, Computed, Error, Frame};
use chrono::{DateTime, Utc};
use domain::Code;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::Duration;
use store::{Snapshot, Store};
use tokio::time::Instant;

/// How old what [`Context::recent`] gives may be.
const RECENT: Duration = Duration::from_secs(1);

/// How people sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignIn {
    /// Nobody can.
    #[default]
    Closed,
    /// By choosing somebody from the campaign's people, without a password: for demonstrations only.
    Demonstration,
    /// By name and password, and a second factor where the person has one.
    Password,
}

/// Cheap to clone; all clones share everything.
#[derive(Clone)]
pub struct Context(Arc<Inner>);

pub(crate) struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    sign_in: SignIn,
    files: Files,
    /// By campaign: what was loaded and computed, and of which revision it is. Every change makes a new revision, in whatever process;
    /// losing these maps costs time only.
    frames: Mutex<HashMap<Code, (i64, Arc<Frame>)>>,
    computed: Mutex<HashMap<Code, Kept>>,
    /// The newest campaign as it stood a moment ago, for respondents: they come by thousands, and what is decided about their answers is
    /// decided when they are stored.
    recent: Mutex<Option<(Instant, Arc<Frame>)>>,
    intake: OnceLock<Intake>,
    counts: survey::Kept<survey::Count>,
    signals: survey::Kept<survey::Signals>,
    /// Where links in mails lead; none where no mails are sent.
    mails_from: OnceLock<String>,
    shelf: Shelf,
    signing_key: OnceLock<SigningKey>,
}

/// Results, and of which claims they are.
#[derive(Clone)]
struct Kept {
    /// By agency: [`store::assessment::Assessment::claims_revision`].
    revisions: HashMap<Code, u32>,
    computed: Arc<Computed>,
}

impl Context {
    /// Opens the database and brings its schema up to date. Evidence is kept beside a database in a file; see [`Self::open_with`].
    ///
    /// # Errors
    /// Where it cannot be reached or used.
    pub async fn open(url: &str, clock: Arc<dyn Clock>, sign_in: SignIn) -> Result<Self, Error> {
        Self::open_at(url, Files::beside(url), clock, sign_in).await
    }

    /// The same, with evidence in a folder or at `s3://BUCKET/PREFIX`, which every process of the installation must reach.
    ///
    /// # Errors
    /// Where the database cannot be reached or used.
    pub async fn open_with(url: &str, evidence: &str, clock: Arc<dyn Clock>, sign_in: SignIn) -> Result<Self, Error> {
        Self::open_at(url, Files::at(evidence), clock, sign_in).await
    }

    async fn open_at(url: &str, files: Files, clock: Arc<dyn Clock>, sign_in: SignIn) -> Result<Self, Error> {
        let store = Store::open(url).await?;
        Ok(Self(Arc::new(Inner {
            store,
            clock,
            sign_in,
            files,
            frames: Mutex::default(),
            computed: Mutex::default(),
            recent: Mutex::default(),
            intake: OnceLock::new(),
            counts: survey::Kept::default(),
            signals: survey::Kept::default(),
            mails_from: OnceLock::new(),
            shelf: Shelf::default(),
            signing_key: OnceLock::new(),
        })))
    }

    /// What others share, as a context.
    pub(crate) fn again(inner: Arc<Inner>) -> Self {
        Self(inner)
    }

    /// Where answers to the survey are taken in.
    pub(crate) fn intake(&self) -> &Intake {
        self.0.intake.get_or_init(|| Intake::start(Arc::downgrade(&self.0)))
    }

    /// Where links in mails lead, such as `https://parindex.example.gov.vn`; none where no mails are sent.
    #[must_use]
    pub fn mails_from(&self) -> Option<&str> {
        self.0.mails_from.get().map(String::as_str)
    }

    /// Says that mails are sent, by this mailer. Only the first one counts.
    pub fn mails_by(&self, mailer: &Mailer) {
        self.0.mails_from.get_or_init(|| mailer.link(""));
    }

    /// Public releases that were read.
    pub(crate) fn shelf(&self) -> &Shelf {
        &self.0.shelf
    }

    /// Says with which key releases are signed. Only the first one counts.
    pub fn signs_with(&self, key: SigningKey) {
        let _ = self.0.signing_key.set(key);
    }

    /// The key with which releases are signed; none: nothing can be published.
    #[must_use]
    pub fn signing_key(&self) -> Option<&SigningKey> {
        self.0.signing_key.get()
    }

    /// What was counted of the survey's responses last.
    pub(crate) fn counts(&self) -> &survey::Kept<survey::Count> {
        &self.0.counts
    }

    /// What looked last as if it were not by chance.
    pub(crate) fn signals(&self) -> &survey::Kept<survey::Signals> {
        &self.0.signals
    }

    /// Now.
    #[must_use]
    pub fn now(&self) -> DateTime<Utc> {
        self.0.clock.now()
    }

    /// How people sign in.
    #[must_use]
    pub fn sign_in(&self) -> SignIn {
        self.0.sign_in
    }

    /// Whether somebody has said where evidence is kept.
    #[must_use]
    pub fn keeps_evidence(&self) -> bool {
        self.0.files.is_somewhere()
    }

    pub(crate) fn files(&self) -> &Files {
        &self.0.files
    }

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    /// The campaign of the latest year, without claims and results; none in an empty database.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn current(&self) -> Result<Option<Arc<Frame>>, Error> {
        let snapshot = self.store().read().await?;
        let newest =
            store::campaign::revisions(&snapshot).await?.into_iter().max_by(|a, b| (a.year, &a.code).cmp(&(b.year, &b.code)));
        match newest {
            Some(newest) => self.frame_of(&snapshot, &newest.code, newest.revision).await.map(Some),
            None => Ok(None),
        }
    }

    /// The same, as it stood at most a second ago.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn recent(&self) -> Result<Option<Arc<Frame>>, Error> {
        if let Some((at, frame)) = &*hold(&self.0.recent)
            && at.elapsed() < RECENT
        {
            return Ok(Some(frame.clone()));
        }
        let frame = self.current().await?;
        *hold(&self.0.recent) = frame.clone().map(|frame| (Instant::now(), frame));
        Ok(frame)
    }

    /// The campaign with this code, with its results.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn campaign(&self, code: &Code) -> Result<Option<Arc<Computed>>, Error> {
        let snapshot = self.store().read().await?;
        match self.frame_in(&snapshot, code).await? {
            Some(frame) => self.computed_in(&snapshot, frame).await.map(Some),
            None => Ok(None),
        }
    }

    /// The results of a campaign as it stands now.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn computed(&self, frame: &Frame) -> Result<Arc<Computed>, Error> {
        self.campaign(&frame.settings().code).await?.ok_or(Error::NotThere)
    }

    pub(crate) async fn frame_in(&self, snapshot: &Snapshot, code: &Code) -> Result<Option<Arc<Frame>>, Error> {
        match store::campaign::revision(snapshot, code).await {
            Ok(revision) => self.frame_of(snapshot, code, revision).await.map(Some),
            Err(store::Error::NoCampaign(_)) => Ok(None),
            Err(error) => Err(error.into()),
        }
    }

    async fn frame_of(&self, snapshot: &Snapshot, code: &Code, revision: i64) -> Result<Arc<Frame>, Error> {
        let kept = |map: &HashMap<Code, (i64, Arc<Frame>)>| {
            map.get(code).filter(|(at, _)| *at == revision).map(|(_, found)| found.clone())
        };
        if let Some(found) = kept(&hold(&self.0.frames)) {
            return Ok(found);
        }
        let campaign = store::campaign::frame(snapshot, code).await?.ok_or(Error::NotThere)?;
        let course = store::survey::course::all(snapshot, code).await?;
        let targets = store::survey::targets::all(snapshot, code).await?;
        let frame = Frame::new(campaign, &course, targets).map(Arc::new).ok_or_else(|| Error::unsound(code))?;
        hold(&self.0.frames).insert(code.clone(), (revision, frame.clone()));
        Ok(frame)
    }

    /// The results as a snapshot sees them. Only the claims of agencies that have changed are read again.
    pub(crate) async fn computed_in(&self, snapshot: &Snapshot, frame: Arc<Frame>) -> Result<Arc<Computed>, Error> {
        let code = &frame.settings().code;
        let assessments = store::assessment::all(snapshot, code).await?;
        let revisions: HashMap<Code, u32> =
            assessments.into_iter().map(|assessment| (assessment.agency, assessment.claims_revision)).collect();
        let kept = hold(&self.0.computed).get(code).cloned();
        if let Some(kept) = &kept
            && kept.revisions == revisions
            && kept.computed.is_of(&frame)
        {
            return Ok(kept.computed.clone());
        }
        let claims = match kept {
            Some(kept) => {
                let mut claims = kept.computed.all_claims().clone();
                for (agency, _) in revisions.iter().filter(|(agency, revision)| kept.revisions.get(*agency) != Some(*revision)) {
                    let newest = store::assessment::of_agency(snapshot, code, agency).await?;
                    claims.insert(agency.clone(), newest.into_iter().map(|revision| revision.claim).collect());
                }
                claims
            }
            None => by_agency(&store::assessment::newest(snapshot, code).await?),
        };
        let computed = Arc::new(Computed::of(frame.clone(), claims));
        hold(&self.0.computed).insert(code.clone(), Kept { revisions, computed: computed.clone() });
        Ok(computed)
    }
}

/// What somebody who panicked meanwhile has left behind is as good as any: maps are only ever filled with whole values.
fn hold<T>(map: &Mutex<T>) -> MutexGuard<'_, T> {
    map.lock().unwrap_or_else(PoisonError::into_inner)
}
