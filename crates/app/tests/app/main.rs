//! The use cases on both engines.
#![expect(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test fails by panicking")]

mod accounts;
mod analysis;
mod appraisal;
mod assessment;
mod audit;
mod campaign;
mod council;
mod deliverables;
mod documents;
mod evidence;
mod invitations;
mod notices;
mod overview;
mod people;
mod publication;
mod second_factor;
mod steps;
mod survey_forms;
mod survey_intake;
mod survey_paper;
mod survey_plan;
mod survey_points;
mod survey_quality;

use app::campaign::{Location, read};
use app::{Actor, Clock, Context, SignIn};
use chrono::{DateTime, TimeDelta, Utc};
use std::path::Path;
use std::sync::{Arc, Mutex};
use store::testing::Database;

/// A clock that stands still until it is moved.
struct Hand(Mutex<DateTime<Utc>>);

impl Hand {
    fn new() -> Arc<Self> {
        Arc::new(Self(Mutex::new("2024-01-24T01:00:00Z".parse().unwrap())))
    }

    fn at(moment: &str) -> Arc<Self> {
        Arc::new(Self(Mutex::new(moment.parse().unwrap())))
    }

    fn set(&self, moment: &str) {
        *self.0.lock().unwrap() = moment.parse().unwrap();
    }

    fn forward(&self, by: TimeDelta) {
        *self.0.lock().unwrap() += by;
    }
}

impl Clock for Hand {
    fn now(&self) -> DateTime<Utc> {
        *self.0.lock().unwrap()
    }
}

/// The campaign that the repository ships.
fn hanoi() -> domain::Campaign {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../campaigns/hanoi-2023");
    read(&Location::Path(folder)).unwrap()
}

/// A context on the database, as a process of its own would have it.
async fn process(database: &Database, clock: &Arc<Hand>) -> Context {
    Context::open(database.url(), clock.clone(), SignIn::Demonstration).await.unwrap()
}

/// A context whose database holds the shipped campaign.
async fn with_hanoi(database: &Database, clock: &Arc<Hand>) -> Context {
    let context = process(database, clock).await;
    app::campaign::import(&context, &Actor::at_the_console(), &hanoi()).await.unwrap();
    context
}
