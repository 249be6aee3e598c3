//! When a release may be made, by whom it is reviewed, what is different in it.

use domain::publication::{Difference, Refusal, ReleaseEvent, ReleaseState, Standing, differences, may_draft, step};
use domain::workbook::{Table, TableRow, Tables};
use domain::{Code, Phase};

fn release(number: u32, state: ReleaseState) -> Standing {
    Standing { number, state, drafted_by: "noivu".into() }
}

#[test]
fn a_release_is_made_after_the_decision_one_at_a_time() {
    for phase in Phase::ALL {
        let expected = match phase {
            Phase::Decided | Phase::Published => Ok(None),
            early => Err(Refusal::NotDecided(*early)),
        };
        assert_eq!(may_draft(*phase, &[], ""), expected);
    }
    use ReleaseState::{Draft, Published, Reviewed, Withdrawn};
    for pending in [Draft, Reviewed] {
        let earlier = [release(1, Withdrawn), release(2, pending)];
        assert_eq!(may_draft(Phase::Decided, &earlier, "why"), Err(Refusal::Pending(2)));
    }
    assert_eq!(may_draft(Phase::Decided, &[release(1, Withdrawn)], ""), Ok(None), "what was withdrawn is not corrected");
    let public = [release(1, Published), release(2, Published), release(3, Withdrawn)];
    assert_eq!(may_draft(Phase::Published, &public, " "), Err(Refusal::NoReason(2)));
    assert_eq!(may_draft(Phase::Published, &public, "a figure was wrong"), Ok(Some(2)), "the newest public one is corrected");
}

#[test]
fn every_event_in_every_state_by_whoever_made_it_and_by_another() {
    use ReleaseEvent::{Publish, Review, Withdraw};
    use ReleaseState::{Draft, Published, Reviewed, Withdrawn};
    let (own, other) = (Code::new("noivu").unwrap(), Code::new("hoidong1").unwrap());
    for state in ReleaseState::ALL {
        for event in ReleaseEvent::ALL {
            let to = match (state, event) {
                (Draft, Review) => Some(Reviewed),
                (Reviewed, Publish) => Some(Published),
                (Draft | Reviewed, Withdraw) => Some(Withdrawn),
                _ => None,
            };
            let out_of_place = Refusal::OutOfPlace { number: 1, state: *state, event: *event };
            assert_eq!(step(&release(1, *state), *event, &other), to.ok_or(out_of_place.clone()));
            let by_own = if to.is_some() && *event == Review { Err(Refusal::OwnWork) } else { to.ok_or(out_of_place) };
            assert_eq!(step(&release(1, *state), *event, &own), by_own);
        }
    }
}

fn tables(rows: &[[&str; 5]]) -> Tables {
    let columns = ["block", "agency", "stream", "rank", "index"].map(String::from).to_vec();
    let row = |(cells, number): (&[&str; 5], u32)| TableRow { number, cells: cells.map(String::from).to_vec() };
    Tables(vec![Table { name: "agencies".into(), columns, rows: rows.iter().zip(2..).map(row).collect() }])
}

#[test]
fn a_changed_added_missing_or_doubled_row_is_named() {
    let (a, b) = (["d", "A", "final", "1", "90.5"], ["d", "B", "final", "2", "80"]);
    let right = tables(&[a, b]);
    let found =
        |rows: &[[&str; 5]]| -> Vec<String> { differences(&tables(rows), &right).iter().map(ToString::to_string).collect() };
    assert_eq!(found(&[a, b]), Vec::<String>::new());
    assert_eq!(found(&[b, a]), Vec::<String>::new(), "rows are known by name, not by place");
    assert_eq!(found(&[["d", "A", "final", "1", "90.6"], b]), ["agencies: d A final: index \"90.6\" ≠ \"90.5\""]);
    assert_eq!(found(&[a]), ["agencies: d B final ∅"]);
    assert_eq!(found(&[a, b, ["d", "C", "final", "3", "70"]]), ["agencies: d C final +"]);
    assert_eq!(found(&[a, a, b]), ["agencies: d A final +"]);
    let none: Vec<Difference> = differences(&Tables(Vec::new()), &right);
    assert_eq!(none.len(), 2, "a table that is not there has none of its rows");
}
