//! From the decided campaign to a public release.

use super::{PublicationError, SigningKey};
use crate::campaign::{Step, take};
use crate::change::{Change, ask};
use crate::{Computed, Context, Error, Frame, analysis};
use chrono::{DateTime, SecondsFormat, Utc};
use documents::release::{self, Bundle, Correction, Edition, Head, MANIFEST, Manifest, Release, SIGNATURE};
use domain::campaign::PhaseEvent;
use domain::policy::{Action, Actor};
use domain::publication::{self, Content, Refusal, ReleaseEvent, ReleaseState, Standing, Sure, may_draft};
use domain::{Code, Phase};
use sha2::{Digest, Sha256};
use std::sync::Arc;
use store::Snapshot;
use store::publication as repository;
use tokio::task::spawn_blocking;

pub use store::publication::Step as Taken;

/// A release with what happened to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Known {
    /// As it was made.
    pub release: repository::Release,
    /// What happened to it, oldest first.
    pub steps: Vec<Taken>,
}

impl Known {
    /// How far it is.
    #[must_use]
    pub fn state(&self) -> ReleaseState {
        self.steps.last().map_or(ReleaseState::Draft, |step| step.state)
    }

    /// The step that made it public.
    #[must_use]
    pub fn published(&self) -> Option<&Taken> {
        self.steps.iter().find(|step| step.event == ReleaseEvent::Publish)
    }

    fn standing(&self) -> Standing {
        Standing { number: self.release.number, state: self.state(), drafted_by: self.release.by_code.clone() }
    }
}

/// The releases of a campaign, by number.
pub(super) async fn load(snapshot: &Snapshot, campaign: &Code) -> Result<Vec<Known>, Error> {
    let steps = repository::steps(snapshot, campaign).await?;
    let releases = repository::all(snapshot, campaign).await?;
    let of = |number| steps.iter().filter(|step| step.number == number).cloned().collect();
    Ok(releases.into_iter().map(|release| Known { steps: of(release.number), release }).collect())
}

/// The releases of a campaign, by number, for whoever makes or reviews them.
///
/// # Errors
/// Where the policy does not allow it, or the database does not answer.
pub async fn known(context: &Context, actor: &Actor, frame: &Frame) -> Result<Vec<Known>, Error> {
    ask(actor, frame, Action::ReviewRelease)?;
    load(&context.store().read().await?, &frame.settings().code).await
}

/// Whether a release may be made now, and which one it would correct; `reason` as in [`draft`].
///
/// # Errors
/// [`Refusal`].
pub fn is_possible(frame: &Frame, known: &[Known], reason: &str) -> Result<Option<u32>, Refusal> {
    may_draft(frame.settings().phase(), &known.iter().map(Known::standing).collect::<Vec<_>>(), reason)
}

/// What a release that is not public yet holds.
#[derive(Clone, Debug)]
pub struct Prepared {
    /// The release.
    pub known: Known,
    /// Its manifest.
    pub manifest: Manifest,
    /// What verifying it finds.
    pub verification: Arc<super::Verification>,
    /// Its files, unsigned.
    pub bundle: Arc<Bundle>,
}

/// What a release holds, for whoever makes or reviews it, verified.
///
/// # Errors
/// Where there is no such release, the policy does not allow it, or the database does not answer.
pub async fn prepared(context: &Context, actor: &Actor, frame: &Frame, number: u32) -> Result<Prepared, PublicationError> {
    ask(actor, frame, Action::ReviewRelease)?;
    let snapshot = context.store().read().await?;
    let code = &frame.settings().code;
    let known = load(&snapshot, code).await?.into_iter().find(|known| known.release.number == number).ok_or(Error::NotThere)?;
    let archive = repository::archive(&snapshot, code, number).await?.ok_or(Error::NotThere)?;
    let bundle = Arc::new(Bundle::from_zip("release", &archive)?);
    let manifest = Manifest::of(&bundle).ok_or(Error::NotThere)?;
    let of_bundle = bundle.clone();
    let verification = spawn_blocking(move || super::verify_bundle(&of_bundle, None)).await.map_err(|_| Error::Busy)?;
    Ok(Prepared { known, manifest, verification: Arc::new(verification), bundle })
}

/// How sure each place is, of all blocks; blocks of which nothing can be said are left out.
async fn certainty(computed: &Arc<Computed>) -> Result<Vec<Sure>, Error> {
    let mut rows = Vec::new();
    for block in &computed.model().blocks {
        let Some(Ok(sure)) = analysis::uncertainty::standard(computed, &block.code).await? else { continue };
        let codes: Option<Vec<Code>> =
            sure.agencies.iter().map(|at| block.agencies.get(*at).and_then(|agency| Code::new(&agency.code))).collect();
        rows.extend(publication::certainty(&sure.block, &codes.unwrap_or_default(), &sure.certainty));
    }
    Ok(rows)
}

/// Makes a release of the campaign as it was decided. `reason` says what was wrong in the public one, where there is one; its number.
///
/// # Errors
/// [`PublicationError`].
pub async fn draft(context: &Context, actor: &Actor, campaign: &Code, reason: &str) -> Result<u32, PublicationError> {
    // Before anybody waits for it.
    let computed = context.campaign(campaign).await?.ok_or(Error::NotThere)?;
    ask(actor, &computed, Action::RunCampaign)?;
    let certainty = certainty(&computed).await?;

    let mut change = Change::begin(context, actor, campaign).await?;
    change.hold_campaign().await?;
    change.ask(Action::RunCampaign)?;
    if !computed.is_of(&change.frame) {
        return Err(Error::Stale.into());
    }
    let known = load(&change.tx, campaign).await?;
    let reason = reason.trim();
    let corrects = is_possible(&change.frame, &known, reason)?;
    let number = known.iter().map(|known| known.release.number).max().unwrap_or_default() + 1;
    let head = store::audit::head(&change.tx, campaign).await?;
    let edition = Edition {
        number,
        fixed_at: text(change.now),
        corrects: corrects.map(|number| Correction { number, reason: reason.into() }),
        notice: change.frame.notice(),
        audit: Some(Head { seq: head.seq, hash: head.hash.to_string() }),
        software: SOFTWARE.into(),
    };
    let packing = spawn_blocking(move || packed(&computed.whole(), certainty, &edition));
    let (bundle, _) = packing.await.map_err(|_| Error::Busy)??;
    let manifest = hex::encode(Sha256::digest(bundle.0.get(MANIFEST).map_or(&[][..], Vec::as_slice)));
    let release = repository::Release {
        number,
        manifest: manifest.clone(),
        corrects,
        reason: corrects.map(|_| reason.to_owned()),
        by_code: actor.code.to_string(),
        by_name: actor.name.clone(),
        at: change.now,
    };
    repository::add(&change.tx, campaign, &release, bundle.to_zip()?).await?;
    change.log("release.drafted", &number.to_string(), &format!("manifest sha256 {manifest}")).await?;
    change.commit().await?;
    Ok(number)
}

/// A moment as manifests write it.
fn text(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Secs, true)
}

const SOFTWARE: &str = concat!("parindex ", env!("CARGO_PKG_VERSION"));

fn packed(whole: &domain::Campaign, sure: Vec<Sure>, edition: &Edition) -> Result<(Bundle, Release), PublicationError> {
    let unsound = || Error::unsound(&whole.settings.code);
    let content = Content::of(whole).ok_or_else(unsound)?;
    Ok(release::pack(content, sure, edition)?.ok_or_else(unsound)?)
}

/// Packs a campaign that is in no database as a release, unsigned: for whoever publishes from files.
///
/// # Errors
/// [`PublicationError`].
pub async fn pack(computed: &Arc<Computed>, number: u32, fixed_at: DateTime<Utc>) -> Result<Bundle, PublicationError> {
    let edition = Edition {
        number,
        fixed_at: text(fixed_at),
        corrects: None,
        notice: computed.notice(),
        audit: None,
        software: SOFTWARE.into(),
    };
    Ok(packed(&computed.whole(), certainty(computed).await?, &edition)?.0)
}

/// Puts the signature of a key beside the manifest; which release it is and when it was published is signed too.
///
/// # Errors
/// [`PublicationError::Unsigned`].
pub fn sign(
    bundle: &mut Bundle,
    key: &SigningKey,
    (campaign, number): (&Code, u32),
    at: DateTime<Utc>,
) -> Result<String, PublicationError> {
    let comment = format!("{campaign} release {number} published {}", text(at));
    let signature = key.sign(bundle.0.get(MANIFEST).map_or(&[][..], Vec::as_slice), &comment)?;
    bundle.0.insert(SIGNATURE.into(), signature.clone().into_bytes());
    Ok(signature)
}

/// Records that somebody who has not made the release finds it right. `seen` is the manifest that they have looked at.
///
/// # Errors
/// [`PublicationError`].
pub async fn review(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (number, seen): (u32, &str),
    remark: &str,
) -> Result<(), PublicationError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.hold_campaign().await?;
    change.ask(Action::ReviewRelease)?;
    happen(&change, (number, seen), ReleaseEvent::Review, remark, None).await?;
    Ok(change.commit().await?)
}

/// Gives up a release that is not public yet.
///
/// # Errors
/// [`PublicationError`].
pub async fn withdraw(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (number, seen): (u32, &str),
    remark: &str,
) -> Result<(), PublicationError> {
    let mut change = Change::begin(context, actor, campaign).await?;
    change.hold_campaign().await?;
    change.ask(Action::RunCampaign)?;
    happen(&change, (number, seen), ReleaseEvent::Withdraw, remark, None).await?;
    Ok(change.commit().await?)
}

/// Makes a reviewed release public: signed, for good. The campaign is published with its first one.
///
/// # Errors
/// [`PublicationError`].
pub async fn publish(
    context: &Context,
    actor: &Actor,
    campaign: &Code,
    (number, seen): (u32, &str),
) -> Result<(), PublicationError> {
    let key = context.signing_key().ok_or(PublicationError::NoKey)?;
    let mut change = Change::begin(context, actor, campaign).await?;
    let held = change.hold().await?;
    change.ask(Action::RunCampaign)?;
    let archive = repository::archive(&change.tx, campaign, number).await?.ok_or(Error::NotThere)?;
    let mut bundle = Bundle::from_zip("release", &archive)?;
    let signature = sign(&mut bundle, key, (campaign, number), change.now)?;
    happen(&change, (number, seen), ReleaseEvent::Publish, "", Some((signature, key.public()))).await?;
    if change.frame.settings().phase() == Phase::Decided {
        let step = Step { event: PhaseEvent::Publish, seen: Phase::Decided, acknowledged: true, remark: "" };
        take(&change, held, step).await?;
    }
    Ok(change.commit().await?)
}

/// Lets something happen to a release, within a change that holds the campaign.
async fn happen(
    change: &Change<'_>,
    (number, seen): (u32, &str),
    event: ReleaseEvent,
    remark: &str,
    signed: Option<(String, String)>,
) -> Result<(), PublicationError> {
    let known = load(&change.tx, change.code()).await?;
    let known = known.into_iter().find(|known| known.release.number == number).ok_or(Error::NotThere)?;
    if known.release.manifest != seen {
        return Err(Refusal::Changed(number).into());
    }
    let state = publication::step(&known.standing(), event, &change.actor.code)?;
    let (signature, key) = signed.unzip();
    let remark = remark.trim();
    let step = Taken {
        number,
        event,
        state,
        remark: (!remark.is_empty()).then(|| remark.to_owned()),
        signature,
        key,
        by_code: change.actor.code.to_string(),
        by_name: change.actor.name.clone(),
        by_role: change.actor.role.word().into(),
        at: change.now,
    };
    repository::add_step(&change.tx, change.code(), &step).await?;
    let detail = format!("{}; manifest sha256 {}", state.word(), known.release.manifest);
    change.log(&format!("release.{}", event.word()), &number.to_string(), &detail).await?;
    Ok(())
}
