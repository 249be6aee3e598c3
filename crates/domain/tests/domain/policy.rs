//! Every role by every action, relation and phase: said a second time and apart from the policy itself.

use domain::accounts::Role;
use domain::assessment::Stream;
use domain::policy::Verdict::{Conflict, Forbidden, Hidden, Yes};
use domain::policy::{Action, Actor, Field, Verdict, may};
use domain::survey::Stage;
use domain::{Code, Phase};

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

fn actor(role: Role) -> Actor {
    let fields = vec![(code("sector"), code("1"))];
    Actor { code: code("a"), name: String::new(), role, agency: Some(code("OWN")), fields }
}

/// One letter a verdict: yes, no (forbidden), hidden, conflict.
fn letters(verdicts: impl IntoIterator<Item = Verdict>) -> String {
    let letter = |verdict| match verdict {
        Yes => 'y',
        Forbidden => 'n',
        Hidden => 'h',
        Conflict => 'c',
    };
    verdicts.into_iter().map(letter).collect()
}

const UNPUBLISHED: [Phase; 7] =
    [Phase::Draft, Phase::Open, Phase::Appraisal1, Phase::Explanation, Phase::Appraisal2, Phase::Council, Phase::Decided];

#[test]
fn every_role_by_every_action_before_and_after_publication() {
    let (own, other, block, mine, not_mine) = (code("OWN"), code("OTHER"), code("sector"), code("1"), code("2"));
    let field = |code| Field { block: &block, code };
    // The columns, in groups: read (ranking, own agency, other agency) · evidence (own, other) · assess (own, other) · submit (own, other) · work list ·
    // appraise (own field: own agency, other agency; other field: own agency, other agency) · run · read council · vote ·
    // vote on (own, other) · read survey, run it, record a finding · its points before and after they are handed over · people · audit · outbox
    let actions = [
        vec![Action::ReadRanking, Action::ReadAgency(&own), Action::ReadAgency(&other)],
        vec![Action::ReadEvidence(&own), Action::ReadEvidence(&other)],
        vec![Action::Assess(&own), Action::Assess(&other)],
        vec![Action::Submit(&own), Action::Submit(&other)],
        vec![Action::ReadAppraisal],
        vec![
            Action::Appraise(&own, field(&mine)),
            Action::Appraise(&other, field(&mine)),
            Action::Appraise(&own, field(&not_mine)),
            Action::Appraise(&other, field(&not_mine)),
        ],
        vec![Action::RunCampaign, Action::ReadCouncil, Action::Vote],
        vec![Action::VoteOn(&own), Action::VoteOn(&other)],
        vec![Action::ReadSurvey, Action::RunSurvey, Action::RecordFinding],
        vec![Action::ReadSurveyPoints(Stage::Fieldwork), Action::ReadSurveyPoints(Stage::HandedOver)],
        vec![Action::ManagePeople, Action::ReadAudit, Action::ReadOutbox],
    ];
    let table = [
        (Role::StandingBody, "yyy yy nn nn y nnnn yyn nn ynn ny yyy", "yyy yy nn nn y nnnn yyn nn ynn ny yyy"),
        (Role::Officer, "nyh yh yh nh n nhnh nnn nh nnn nn nnn", "yyy yh yn nn n nnnn nnn nn nnn nn nnn"),
        (Role::Head, "nyh yh yh yh n nhnh nnn nh nnn nn nnn", "yyy yh yn yn n nnnn nnn nn nnn nn nnn"),
        (Role::Appraiser, "yyy yy nn nn y cynn nnn nn nnn nn nnn", "yyy yy nn nn y cynn nnn nn nnn nn nnn"),
        (Role::Council, "yyy yy nn nn n nnnn nyy cy nnn nn nyn", "yyy yy nn nn n nnnn nyy cy nnn nn nyn"),
        (Role::SurveyOfficer, "nhh hh hh hh n hhhh nnn hh yyn yy nnn", "yyy hh nn nn n nnnn nnn nn yyn yy nnn"),
        (Role::Monitor, "nhh hh hh hh n hhhh nnn hh yny nn nnn", "yyy hh nn nn n nnnn nnn nn yny nn nnn"),
        (Role::Finance, "nhh hh hh hh n hhhh nnn hh nnn nn nnn", "yyy hh nn nn n nnnn nnn nn nnn nn nnn"),
        (Role::Operator, "hhh hh hh hh n hhhh nnn hh nnn nn yny", "hhh hh hh hh n hhhh nnn hh nnn nn yny"),
    ];
    assert_eq!(table.map(|(role, ..)| role).as_slice(), Role::ALL, "a new role needs a row");
    for (role, before, after) in table {
        let actor = actor(role);
        for phase in Phase::ALL {
            let expected = if UNPUBLISHED.contains(phase) { before } else { after };
            let said: Vec<String> =
                actions.iter().map(|group| letters(group.iter().map(|action| may(&actor, *phase, *action)))).collect();
            assert_eq!(said.join(" "), expected, "{role:?} in {phase:?}");
            // Who decides looks through what is released.
            assert_eq!(may(&actor, *phase, Action::ReviewRelease), may(&actor, *phase, Action::ReadCouncil));
            assert_eq!(letters([Action::ReadPlan, Action::UseOwn].map(|action| may(&actor, *phase, action))), "yy");
        }
    }
}

/// Round 1 is sent as a whole, and so is round 2: until then an agency reads its own words only.
#[test]
fn an_agency_reads_a_stream_from_when_it_is_sent() {
    let (own, other) = (code("OWN"), code("OTHER"));
    let sent = ["ynn", "ynn", "ynn", "yyn", "yyn", "yyy", "yyy", "yyy", "yyy"];
    for (phase, sent) in Phase::ALL.iter().zip(sent) {
        for role in [Role::Officer, Role::Head] {
            let reads = |agency| {
                Stream::ALL
                    .iter()
                    .map(|stream| may(&actor(role), *phase, Action::ReadStream(agency, *stream)))
                    .collect::<Vec<_>>()
            };
            assert_eq!(letters(reads(&own)).replace('h', "n"), sent, "{role:?} in {phase:?}");
            let published = matches!(phase, Phase::Published | Phase::Archived);
            assert_eq!(letters(reads(&other)), if published { "yyy" } else { "hhh" }, "{role:?} in {phase:?}");
        }
        for role in [Role::StandingBody, Role::Appraiser, Role::Council] {
            let reads = Stream::ALL.iter().map(|stream| may(&actor(role), *phase, Action::ReadStream(&own, *stream)));
            assert_eq!(letters(reads), "yyy", "{role:?} in {phase:?}");
        }
    }
}
