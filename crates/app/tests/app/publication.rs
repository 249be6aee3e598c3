//! Releases: made of the decided campaign, reviewed by somebody else, signed, and the same for ever after.

use crate::{Hand, process};
use app::publication::{
    self, Bundle, FileFault, Listed, MANIFEST, Manifest, PublicationError, Refusal, ReleaseState, Signed, SigningKey,
    Verification, verify_bundle,
};
use app::{Actor, Clock, Computed, Context};
use domain::accounts::Person;
use domain::{Campaign, Code, Phase, Settings};
use sha2::{Digest, Sha256};
use std::collections::HashSet;
use std::sync::Arc;
use store::testing::{Database, on_both};

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

/// One block with three agencies, as the council has decided it.
fn decided() -> Campaign {
    let whole = crate::hanoi();
    let kept: HashSet<Code> = ["STC", "STP", "BDT"].map(code).into();
    let of_block = code("department");
    let forms: HashSet<Code> = whole.forms.iter().filter(|form| form.block == of_block).map(|form| form.code.clone()).collect();
    Campaign {
        settings: Settings { phase: Some(Phase::Decided), ..whole.settings },
        blocks: whole.blocks.into_iter().filter(|block| block.code == of_block).collect(),
        bands: whole.bands.into_iter().filter(|band| band.block == of_block).collect(),
        agencies: whole.agencies.into_iter().filter(|agency| kept.contains(&agency.code)).collect(),
        criteria: whole.criteria.into_iter().filter(|row| row.block == of_block).collect(),
        inputs: whole.inputs.into_iter().filter(|row| row.block == of_block).collect(),
        levels: whole.levels.into_iter().filter(|row| row.block == of_block).collect(),
        groups: whole.groups.into_iter().filter(|group| group.block == of_block).collect(),
        questions: whole.questions.into_iter().filter(|question| forms.contains(&question.form)).collect(),
        forms: whole.forms.into_iter().filter(|form| form.block == of_block).collect(),
        sample: Vec::new(),
        budget: Vec::new(),
        people: whole.people.into_iter().map(|person| Person { agency: None, fields: None, ..person }).collect(),
        claims: whole.claims.into_iter().filter(|claim| kept.contains(&claim.agency)).collect(),
        tallies: whole.tallies.into_iter().filter(|row| kept.contains(&row.agency)).collect(),
        external: whole.external.into_iter().filter(|row| kept.contains(&row.agency)).collect(),
        ..whole
    }
}

struct Office {
    context: Context,
    campaign: Code,
    standing_body: Actor,
    member: Actor,
}

impl Office {
    async fn new(database: &Database, clock: &Arc<Hand>) -> Self {
        let (context, campaign) = (process(database, clock).await, decided());
        app::campaign::import(&context, &Actor::at_the_console(), &campaign).await.unwrap();
        let person = |name: &str| Actor::from(campaign.people.iter().find(|person| person.code.as_str() == name).unwrap());
        Self { context, standing_body: person("noivu"), member: person("hoidong1"), campaign: campaign.settings.code }
    }

    async fn draft(&self, reason: &str) -> Result<u32, PublicationError> {
        publication::draft(&self.context, &self.standing_body, &self.campaign, reason).await
    }

    async fn manifest(&self, number: u32) -> String {
        let frame = self.context.current().await.unwrap().unwrap();
        publication::prepared(&self.context, &self.standing_body, &frame, number).await.unwrap().known.release.manifest
    }

    async fn review(&self, by: &Actor, number: u32) -> Result<(), PublicationError> {
        let seen = self.manifest(number).await;
        publication::review(&self.context, by, &self.campaign, (number, &seen), "đúng với biên bản").await
    }

    async fn publish(&self, number: u32) -> Result<(), PublicationError> {
        let seen = self.manifest(number).await;
        publication::publish(&self.context, &self.standing_body, &self.campaign, (number, &seen)).await
    }

    async fn phase(&self) -> Phase {
        self.context.current().await.unwrap().unwrap().settings().phase()
    }
}

fn refusal(error: PublicationError) -> Refusal {
    match error {
        PublicationError::Refused(refusal) => refusal,
        other => panic!("{other:?}"),
    }
}

on_both! {
    async fn from_the_decision_to_a_correction(database: Database) {
        let clock = Hand::at("2024-02-05T01:00:00Z");
        let office = Office::new(&database, &clock).await;
        let context = &office.context;
        assert!(publication::newest(context).await.unwrap().is_none(), "nothing is public before");

        assert_eq!(office.draft("").await.unwrap(), 1);
        assert_eq!(refusal(office.draft("").await.unwrap_err()), Refusal::Pending(1));
        assert!(matches!(refusal(office.publish_with_key(1).await.unwrap_err()), Refusal::OutOfPlace { state: ReleaseState::Draft, .. }));
        assert_eq!(refusal(office.review(&office.standing_body, 1).await.unwrap_err()), Refusal::OwnWork);
        let another = publication::review(context, &office.member, &office.campaign, (1, "another"), "").await;
        assert_eq!(refusal(another.unwrap_err()), Refusal::Changed(1));
        office.review(&office.member, 1).await.unwrap();
        assert_eq!(office.phase().await, Phase::Decided);
        assert!(publication::release(context, &office.campaign, 1).await.unwrap().is_none(), "what is only reviewed is not public");
        office.publish(1).await.unwrap();
        assert_eq!(office.phase().await, Phase::Published);

        clock.forward(chrono::TimeDelta::seconds(5));
        let later = process(&database, &clock).await;
        let public = publication::newest(&later).await.unwrap().unwrap();
        assert_eq!((public.number, public.campaign.clone()), (1, office.campaign.clone()));
        assert!(matches!(public.verification.signature, Signed::By { .. }));
        let live = later.campaign(&office.campaign).await.unwrap().unwrap();
        assert_eq!(indices(&public.computed), indices(&live), "the public figures are those that were decided");
        assert_eq!(public.certainty.len(), 3);
        assert_eq!(publication::file(&public, "campaign/people.csv"), None);

        // What is public stays, whatever becomes of the campaign.
        assert_eq!(refusal(office.draft(" ").await.unwrap_err()), Refusal::NoReason(1));
        assert_eq!(office.draft("điểm của Sở Tài chính nhập nhầm").await.unwrap(), 2);
        office.review(&office.member, 2).await.unwrap();
        office.publish(2).await.unwrap();
        let last = process(&database, &clock).await;
        let newest = publication::newest(&last).await.unwrap().unwrap();
        assert_eq!((newest.number, newest.corrects.clone()), (2, Some((1, "điểm của Sở Tài chính nhập nhầm".into()))));
        let first = publication::release(&last, &office.campaign, 1).await.unwrap().unwrap();
        assert_eq!((first.corrected_by, &first.sha256), (Some(2), &public.sha256));
        assert_eq!(publication::archive(&first).unwrap(), publication::archive(&public).unwrap(), "byte by byte");
        let all = publication::all(&last).await.unwrap();
        assert_eq!(all.iter().map(|heading| heading.number).collect::<Vec<_>>(), [2, 1]);

        let log = app::audit::verify(&last, &office.campaign, None).await.unwrap();
        assert!(log.is_ok(), "{log:?}");
    }
}

impl Office {
    /// Publishes, with a key from here on.
    async fn publish_with_key(&self, number: u32) -> Result<(), PublicationError> {
        assert!(matches!(self.publish(number).await.unwrap_err(), PublicationError::NoKey));
        self.context.signs_with(SigningKey::new().unwrap());
        self.publish(number).await
    }
}

/// Every index, as it is.
fn indices(computed: &Computed) -> Vec<(String, Option<app::Decimal>)> {
    let ranking = computed.ranking(app::Stream::Final);
    ranking.iter().map(|standing| (standing.agency.code.to_string(), standing.result.index.map(|index| index.0))).collect()
}

#[tokio::test]
async fn nothing_is_released_before_the_decision_nor_by_others() {
    let database = Database::new(store::testing::Engine::Sqlite);
    let office = Office::new(&database, &Hand::new()).await;
    let by_member = publication::draft(&office.context, &office.member, &office.campaign, "").await.unwrap_err();
    assert!(matches!(by_member, PublicationError::Failed(app::Error::Forbidden)), "{by_member:?}");
    let database = Database::new(store::testing::Engine::Sqlite);
    let context = process(&database, &Hand::new()).await;
    let mut campaign = decided();
    campaign.settings.phase = Some(Phase::Council);
    app::campaign::import(&context, &Actor::at_the_console(), &campaign).await.unwrap();
    let early = publication::draft(&context, &office.standing_body, &campaign.settings.code, "").await.unwrap_err();
    assert_eq!(refusal(early), Refusal::NotDecided(Phase::Council));
}

/// A release in memory, signed.
async fn signed() -> (Bundle, SigningKey) {
    let computed = Arc::new(Computed::new(decided()).unwrap());
    let (at, key) = (Hand::new().now(), SigningKey::new().unwrap());
    let mut bundle = publication::pack(&computed, 1, at).await.unwrap();
    publication::sign(&mut bundle, &key, (&code("hanoi-2023"), 1), at).unwrap();
    (bundle, key)
}

/// Numbers that look like chance; the same in each run.
fn chance(seed: u64) -> impl FnMut(usize) -> usize {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move |below| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        usize::try_from(state % below as u64).unwrap()
    }
}

/// Every one of 1,000 changed bytes is found, and the file named in which it stands.
#[tokio::test]
async fn a_changed_byte_is_found_and_its_file_named() {
    let (whole, key) = signed().await;
    let public = key.public();
    let found = verify_bundle(&whole, Some(&public));
    assert!(found.is_whole(), "{found:?}");
    assert!(found.figures > 1_000, "{}", found.figures);
    let flip = |seed: u64| {
        let mut below = chance(seed);
        let mut bundle = whole.clone();
        let names: Vec<String> = bundle.0.keys().cloned().collect();
        let name = names[below(names.len())].clone();
        let bytes = bundle.0.get_mut(&name).unwrap();
        if bytes.is_empty() {
            return;
        }
        let at = below(bytes.len());
        bytes[at] ^= u8::try_from(1 + below(255)).unwrap();
        let found = verify_bundle(&bundle, Some(&public));
        let told = match name.as_str() {
            // The first line of a signature is a comment that nothing protects: minisign calls it untrusted.
            publication::SIGNATURE if bytes_before_newline(&whole, at) => return,
            MANIFEST | publication::SIGNATURE => matches!(found.signature, Signed::Wrong(_)),
            _ => found.files == [FileFault::Changed(name.clone())],
        };
        assert!(told && !found.is_whole(), "{name}:{at} {:?} {:?}", found.files, found.signature);
    };
    std::thread::scope(|threads| {
        for half in 0..2 {
            threads.spawn(move || (0..500).for_each(|seed| flip(seed * 2 + half + 1)));
        }
    });
}

fn bytes_before_newline(whole: &Bundle, at: usize) -> bool {
    !whole.0[publication::SIGNATURE][..at].contains(&b'\n')
}

/// Somebody who writes hashes anew is found all the same: by the signature, and by computing again, which names the figure.
#[tokio::test]
async fn a_figure_that_was_changed_with_its_hash_is_named() {
    let (whole, key) = signed().await;
    let tampered = |name: &str, from: &str, to: &str| -> Verification {
        let mut bundle = whole.clone();
        let text = String::from_utf8(bundle.0[name].clone()).unwrap();
        assert!(text.contains(from), "{name} has no {from}");
        bundle.0.insert(name.into(), text.replacen(from, to, 1).into_bytes());
        let mut manifest = Manifest::of(&bundle).unwrap();
        for listed in &mut manifest.files {
            let bytes = &bundle.0[&listed.name];
            *listed = Listed { sha256: hex::encode(Sha256::digest(bytes)), size: bytes.len() as u64, ..listed.clone() };
        }
        bundle.0.insert(MANIFEST.into(), manifest.to_bytes());
        verify_bundle(&bundle, Some(&key.public()))
    };
    let agencies = String::from_utf8(whole.0["results/agencies.csv"].clone()).unwrap();
    let row = agencies.lines().find(|line| line.starts_with("department,STC,final")).unwrap().to_owned();
    let index = row.split(',').nth(4).unwrap();
    let digit = if index.ends_with('1') { '2' } else { '1' };
    let wrong = format!("{}{digit}", &index[..index.len() - 1]);
    let found = tampered("results/agencies.csv", &row, &row.replace(index, &wrong));
    assert_eq!(found.files, [], "the hashes are right");
    assert!(matches!(found.signature, Signed::Wrong(_)));
    let [difference] = found.differences.as_slice() else { panic!("{:?}", found.differences) };
    assert_eq!((difference.row.as_str(), difference.column.as_str()), ("department STC final", "index"));
    assert_eq!((difference.says.as_deref(), difference.comes_out.as_deref()), (Some(wrong.as_str()), Some(index)));

    // An input that was changed shows in all that follows from it.
    let sums = String::from_utf8(whole.0["survey/sums.csv"].clone()).unwrap();
    let row = sums.lines().find(|line| line.starts_with("STP,") && !line.ends_with(',')).unwrap();
    let (before, worth) = row.rsplit_once(',').unwrap();
    let found = tampered("survey/sums.csv", row, &format!("{before},{}", worth.parse::<u32>().unwrap() - 25));
    assert!(found.differences.iter().any(|one| one.table == "items" && one.row.contains("STP")), "{:?}", found.differences);
    assert!(found.differences.iter().all(|one| one.row.contains("STP") || one.column == "rank"), "{:?}", found.differences);
}
