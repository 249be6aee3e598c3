//! What a step of the campaign does to agencies, for every step, state and time.

use chrono::{DateTime, TimeDelta, Utc};
use domain::Phase;
use domain::assessment::{Event, State};
use domain::campaign::PhaseEvent;
use domain::campaign::steps::{Before, Outlook, single};
use domain::workflow::Workflow;

fn noon() -> DateTime<Utc> {
    "2023-12-01T05:00:00Z".parse().unwrap()
}

/// The same rules, said a second time.
fn expected(event: PhaseEvent, before: Before) -> Outlook {
    use PhaseEvent::{CloseExplanation, CloseSelfAssessment, Decide, ReturnToRound2, SendRound1, SendRound2};
    match (event, before.state) {
        (CloseSelfAssessment, State::Drafting) | (CloseExplanation, State::Explaining) => match before.end {
            Some(end) if end <= noon() => Outlook::Moves(Event::Lapse),
            Some(end) if before.extended => Outlook::WritesOn(end),
            end => Outlook::CutShort(Event::Lapse, end),
        },
        (SendRound1, State::Appraised1) => Outlook::Moves(Event::Send),
        (SendRound2, State::Appraised2) => Outlook::Stays,
        (ReturnToRound2, State::Appraised2) => Outlook::Moves(Event::Return),
        (Decide, State::Appraised2) => Outlook::Moves(Event::Decide),
        (SendRound1 | SendRound2 | ReturnToRound2 | Decide, _) => Outlook::Awaited,
        _ => Outlook::Stays,
    }
}

#[test]
fn every_step_in_every_state_at_every_time() {
    let second = TimeDelta::seconds(1);
    for event in PhaseEvent::ALL {
        for state in State::ALL {
            for end in [None, Some(noon() - second), Some(noon()), Some(noon() + second)] {
                for extended in [false, true] {
                    let before = Before { state: *state, end, extended };
                    let outlook = event.outlook(before, noon());
                    assert_eq!(outlook, expected(*event, before), "{event:?} {before:?}");
                    if let Outlook::Moves(then) | Outlook::CutShort(then, _) = outlook {
                        assert!(state.after(then).is_ok(), "{then:?} does not happen in {state:?}");
                    }
                }
            }
        }
    }
}

#[test]
fn a_window_ends_at_its_very_end() {
    let before = |end| Before { state: State::Drafting, end: Some(end), extended: true };
    let close = PhaseEvent::CloseSelfAssessment;
    assert_eq!(close.outlook(before(noon()), noon()), Outlook::Moves(Event::Lapse));
    let later = noon() + TimeDelta::microseconds(1);
    assert_eq!(close.outlook(before(later), noon()), Outlook::WritesOn(later));
}

#[test]
fn each_step_opens_the_window_that_the_next_one_closes() {
    let back = PhaseEvent::ReturnToRound2;
    for (from, event, to) in Phase::STEPS {
        for next in to.events().filter(|next| *next != back) {
            assert_eq!(event.opens(), next.closes(), "{from:?} {event:?} {next:?}");
        }
    }
}

#[test]
fn single_agencies_are_moved_while_the_office_works_only() {
    let moved: Vec<_> = Phase::ALL.iter().filter(|phase| single(**phase, Event::Reopen)).collect();
    assert_eq!(moved, [&Phase::Open, &Phase::Appraisal1, &Phase::Explanation, &Phase::Appraisal2]);
    for event in Event::ALL {
        let by_standing_body = matches!(event, Event::Reopen | Event::Lapse | Event::Approve | Event::Return);
        assert_eq!(single(Phase::Appraisal1, *event), by_standing_body, "{event:?}");
    }
}
