//! What a server does by itself, beside answering: it reminds, sends mails, counts what is answered by the hour, and cleans up after
//! interrupted uploads.
//!
//! Each job is a use case that may run at any time and in several processes at once; whoever comes second finds it done.

use crate::mail::Mailer;
use crate::survey::{invitations, progress};
use crate::{Context, Error, evidence, notices};
use std::time::Duration;
use tokio::sync::watch;
use tokio::time::{MissedTickBehavior, interval};

/// How often the plan is looked at.
const REMINDING: Duration = Duration::from_secs(5 * 60);
/// How often waiting mails are looked for.
const DELIVERING: Duration = Duration::from_secs(15);

/// How often leftovers of interrupted uploads are looked for.
const SWEEPING: Duration = Duration::from_secs(60 * 60);

/// How often is looked whether an hour has begun whose responses are to be counted.
const COUNTING: Duration = Duration::from_secs(3 * 60);

/// Runs the jobs until `stop` says true. A mail under way is finished; a job that fails is logged and tried again at its next turn.
/// Without a mailer mails wait in the outbox.
pub async fn run(context: &Context, mailer: Option<&Mailer>, mut stop: watch::Receiver<bool>) {
    let seen = stop.clone();
    if let Some(mailer) = mailer {
        context.mails_by(mailer);
    }
    let [mut reminding, mut delivering, mut sweeping, mut counting] = [REMINDING, DELIVERING, SWEEPING, COUNTING].map(interval);
    for timer in [&mut reminding, &mut delivering, &mut sweeping, &mut counting] {
        timer.set_missed_tick_behavior(MissedTickBehavior::Delay);
    }
    loop {
        tokio::select! {
            () = told(&mut stop) => return,
            _ = reminding.tick() => note("remind", notices::remind(context).await),
            _ = counting.tick() => note("progress", progress::record(context).await),
            _ = sweeping.tick(), if context.keeps_evidence() => note("sweep", evidence::sweep(context).await),
            _ = delivering.tick(), if mailer.is_some() => {
                if let Some(mailer) = mailer {
                    note("deliver", notices::deliver(context, mailer, &seen).await);
                    note("invite", invitations::deliver(context, mailer, &seen).await);
                }
            }
        }
    }
}

/// Ready when somebody says stop, or nobody is left who could.
async fn told(stop: &mut watch::Receiver<bool>) {
    let _ = stop.wait_for(|stopped| *stopped).await;
}

fn note<T: std::fmt::Debug>(job: &str, done: Result<T, Error>) {
    match done {
        Ok(done) => tracing::debug!(job, ?done, "a job has run"),
        Err(error) => tracing::error!(job, %error, "a job has failed"),
    }
}
