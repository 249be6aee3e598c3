//! What every use case needs: the database, the clock, and the campaigns computed so far.

use crate::{Clock, Computed, Error};
use chrono::{DateTime, Utc};
use domain::Code;
use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use store::{Snapshot, Store};

/// How people sign in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SignIn {
    /// Nobody can.
    #[default]
    Closed,
    /// By choosing somebody from the campaign's people, without a password: for demonstrations only.
    Demonstration,
}

/// Cheap to clone; all clones share everything.
#[derive(Clone)]
pub struct Context(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    sign_in: SignIn,
    /// By campaign: the revision at which it was computed. Every change makes a new revision, in whatever process; losing this map
    /// costs time only.
    computed: Mutex<HashMap<Code, (i64, Arc<Computed>)>>,
}

impl Context {
    /// Opens the database and brings its schema up to date.
    ///
    /// # Errors
    /// Where it cannot be reached or used.
    pub async fn open(url: &str, clock: Arc<dyn Clock>, sign_in: SignIn) -> Result<Self, Error> {
        let store = Store::open(url).await?;
        Ok(Self(Arc::new(Inner { store, clock, sign_in, computed: Mutex::default() })))
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

    pub(crate) fn store(&self) -> &Store {
        &self.0.store
    }

    /// The campaign of the latest year; none in an empty database.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn current(&self) -> Result<Option<Arc<Computed>>, Error> {
        let snapshot = self.store().read().await?;
        let newest = store::campaign::list(&snapshot).await?.into_iter().max_by(|a, b| (a.year, &a.code).cmp(&(b.year, &b.code)));
        match newest {
            Some(settings) => self.computed(&snapshot, &settings.code).await,
            None => Ok(None),
        }
    }

    /// The campaign with this code.
    ///
    /// # Errors
    /// Where the database does not answer.
    pub async fn campaign(&self, code: &Code) -> Result<Option<Arc<Computed>>, Error> {
        let snapshot = self.store().read().await?;
        let known = store::campaign::list(&snapshot).await?.iter().any(|settings| settings.code == *code);
        if known { self.computed(&snapshot, code).await } else { Ok(None) }
    }

    async fn computed(&self, snapshot: &Snapshot, code: &Code) -> Result<Option<Arc<Computed>>, Error> {
        let revision = store::campaign::revision(snapshot, code).await?;
        let kept = |map: &HashMap<Code, (i64, Arc<Computed>)>| {
            map.get(code).filter(|(at, _)| *at == revision).map(|(_, found)| found.clone())
        };
        if let Some(found) = kept(&self.0.computed.lock().unwrap_or_else(PoisonError::into_inner)) {
            return Ok(Some(found));
        }
        let Some(campaign) = store::campaign::load(snapshot, code).await? else { return Ok(None) };
        let computed = Computed::new(campaign).map(Arc::new).ok_or_else(|| Error::unsound(code))?;
        let mut map = self.0.computed.lock().unwrap_or_else(PoisonError::into_inner);
        map.insert(code.clone(), (revision, computed.clone()));
        Ok(Some(computed))
    }
}
