//! The workflows: every event in every state, said a second time, and their drawings.

use domain::Phase;
use domain::appraisal::ItemState;
use domain::assessment::State;
use domain::council::{QuestionEvent, QuestionState, SittingEvent, SittingState};
use domain::survey::{Stage, StageEvent};
use domain::workflow::{Workflow, drawing};
use std::fs;
use std::path::Path;

/// Checks a workflow against a table: its first line names the events, each further line a state and where each event leads
/// from there, `.` where it does not happen.
fn check<S: Workflow>(states: &[S], events: &[S::Event], table: &str) {
    let mut lines = table.trim().lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    let heads = lines.next().unwrap();
    assert_eq!(heads, events.iter().map(|event| S::event_word(*event)).collect::<Vec<_>>(), "each event has its column");
    let rows: Vec<_> = lines.collect();
    assert_eq!(rows.iter().map(|row| row[0]).collect::<Vec<_>>(), states.iter().map(|s| s.word()).collect::<Vec<_>>());
    for (row, state) in rows.iter().zip(states) {
        for (cell, event) in row[1..].iter().zip(events) {
            match state.after(*event) {
                Ok(next) => assert_eq!(next.word(), *cell, "{state:?} after {event:?}"),
                Err(refused) => {
                    assert_eq!(*cell, ".", "{state:?} after {event:?}");
                    assert_eq!((refused.state, refused.event), (*state, *event));
                }
            }
        }
        assert_eq!(row.len(), events.len() + 1);
    }
}

#[test]
fn every_event_of_a_campaign_in_every_phase() {
    check::<Phase>(
        Phase::ALL,
        domain::campaign::PhaseEvent::ALL,
        "
            open close_self_assessment send_round1 close_explanation send_round2 return_to_round2 decide publish archive
draft       open .          .           .          .       .          .       .         .
open        .    appraisal1 .           .          .       .          .       .         .
appraisal1  .    .          explanation .          .       .          .       .         .
explanation .    .          .           appraisal2 .       .          .       .         .
appraisal2  .    .          .           .          council .          .       .         .
council     .    .          .           .          .       appraisal2 decided .         .
decided     .    .          .           .          .       .          .       published .
published   .    .          .           .          .       .          .       .         archived
archived    .    .          .           .          .       .          .       .         .
",
    );
}

#[test]
fn every_event_of_a_survey_in_every_stage() {
    check::<Stage>(
        Stage::ALL,
        StageEvent::ALL,
        "
            freeze amend     open      close  reopen    hand_over   take_back
draft       frozen .         .         .      .         .           .
frozen      .      frozen    fieldwork .      .         .           .
fieldwork   .      fieldwork .         closed .         .           .
closed      .      .         .         .      fieldwork handed_over .
handed_over .      .         .         .      .         .           closed
",
    );
}

#[test]
fn every_event_of_an_assessment_in_every_state() {
    check::<State>(
        State::ALL,
        domain::assessment::Event::ALL,
        "
            submit    lapse     reopen     approve    return    send       explain   decide
drafting    submitted submitted .          .          .         .          .         .
submitted   .         .         drafting   appraised1 .         .          .         .
appraised1  .         .         drafting   .          submitted explaining .         .
explaining  .         explained .          .          .         .          explained .
explained   .         .         explaining appraised2 .         .          .         .
appraised2  .         .         explaining .          explained .          .         final
final       .         .         .          .          .         .          .         .
",
    );
}

#[test]
fn every_event_of_an_item_in_every_state() {
    check::<ItemState>(
        ItemState::ALL,
        domain::appraisal::ItemEvent::ALL,
        "
            accept1   adjust1   clear1 explain  keep2 accept2   adjust2   decide
open        accepted1 adjusted1 .      .        .     .         .         .
accepted1   .         adjusted1 open   disputed .     .         adjusted2 decided
adjusted1   accepted1 adjusted1 open   disputed .     accepted2 adjusted2 decided
disputed    .         .         .      disputed kept  accepted2 adjusted2 .
kept        .         .         .      disputed .     accepted2 adjusted2 decided
accepted2   .         .         .      disputed kept  .         adjusted2 decided
adjusted2   .         .         .      disputed kept  accepted2 adjusted2 decided
decided     .         .         .      .        .     .         .         decided
",
    );
}

#[test]
fn every_event_of_a_sitting_and_of_a_question() {
    check::<SittingState>(
        SittingState::ALL,
        SittingEvent::ALL,
        "
            move      return   decide
convened    convened  returned decided
returned    .         .        .
decided     .         .        .
",
    );
    check::<QuestionState>(
        QuestionState::ALL,
        QuestionEvent::ALL,
        "
            carry     fail     withdraw
open        approved  rejected withdrawn
approved    .         .        .
rejected    .         .        .
withdrawn   .         .        .
",
    );
}

/// The drawings in docs/states are what the tables give. `PARINDEX_DRAW=1 cargo test -p domain drawings` draws them anew.
#[test]
fn drawings_follow_the_tables() {
    for (name, title, drawing) in [
        ("campaign", "A campaign", drawing::<Phase>()),
        ("assessment", "An agency's assessment", drawing::<State>()),
        ("item", "An item of an agency", drawing::<ItemState>()),
        ("sitting", "A sitting of the council", drawing::<SittingState>()),
        ("survey", "The survey", drawing::<Stage>()),
        ("question", "A question to the council", drawing::<QuestionState>()),
        ("release", "A release", drawing::<domain::publication::ReleaseState>()),
    ] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("../../docs/states/{name}.md"));
        let text = format!(
            "# {title}\n\nDrawn from its table in `domain` by `PARINDEX_DRAW=1 cargo test -p domain drawings`.\n\n```mermaid\n{drawing}```\n"
        );
        if std::env::var_os("PARINDEX_DRAW").is_some() {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(&path, &text).unwrap();
        }
        assert_eq!(fs::read_to_string(&path).unwrap_or_default(), text, "{name}.md is not what the table gives");
    }
}
