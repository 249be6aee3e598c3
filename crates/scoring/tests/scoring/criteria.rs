//! Which criteria sets are refused, and that the place is named.

use crate::sample::*;
use scoring::criteria::{AppliesTo, Half, Kind, SetFault, SetFaultKind};
use scoring::{CriteriaSet, Rule};

fn faults(draft: Draft) -> Vec<String> {
    draft.build().unwrap_err().iter().map(ToString::to_string).collect()
}

fn plain() -> scoring::criteria::Item {
    item(Rule::Proportion)
}

/// A real product shipped a set that adds up to 99.55 (DOMAIN.md).
#[test]
fn a_set_of_99_55_for_100_is_refused_and_the_place_named() {
    let set = Draft::default().field("1", "60").item("1.1", "20", plain()).item("1.2", "39.55", plain());
    let set = set.field("2", "40").item("2.1", "40", plain());
    let drafts = set.0.clone();
    assert_eq!(faults(set), ["the children of 1 add up to 59.55, not to 60"]);
    let refused = CriteriaSet::new(drafts, points("100"), points("0")).unwrap_err();
    assert_eq!(
        refused.iter().map(ToString::to_string).collect::<Vec<_>>(),
        ["the children of 1 add up to 59.55, not to 60", "the Appraisal items add up to 99.55, not to 100"]
    );
}

#[test]
fn each_half_is_worth_what_the_block_says() {
    let drafts = field(vec![("1.1", "70", plain()), ("1.2", "30", item(Rule::Survey))]).0;
    assert!(CriteriaSet::new(drafts.clone(), points("70"), points("30")).is_ok());
    let refused = CriteriaSet::new(drafts, points("60"), points("40")).unwrap_err();
    let half = |half, items, block| SetFault {
        code: "".into(),
        kind: SetFaultKind::HalfDoesNotAddUp { half, items: points(items), block: points(block) },
    };
    assert_eq!(refused, [half(Half::Appraisal, "70", "60"), half(Half::Survey, "30", "40")]);
}

/// A cap is no sum: bonus items may add up to more.
#[test]
fn bonus_items_may_add_up_to_more_than_their_cap() {
    let set = field(vec![("1.1", "1", plain())]).node(Kind::Bonus, None, "B", "2", None);
    assert!(set.item("B.1", "1.5", plain()).item("B.2", "1.5", plain()).build().is_ok());
}

#[test]
fn every_fault_is_reported_at_once_by_code() {
    let set = Draft::default()
        .field("1", "3")
        .item("1.1", "1", plain())
        .item("1.1", "1", plain())
        .item("1.2", "0", plain())
        .node(Kind::Component, Some("1"), "1.3", "1", Some(plain()))
        .node(Kind::Criterion, Some("9"), "1.4", "1", Some(plain()))
        .node(Kind::Criterion, Some("1"), "1.5", "1", None)
        .node(Kind::Field, None, "2", "1", Some(plain()))
        .node(Kind::Criterion, Some("2"), "2.1", "1", Some(plain()))
        .node(Kind::Criterion, Some("3.2"), "3.1", "1", None)
        .node(Kind::Criterion, Some("3.1"), "3.2", "1", None)
        .node(Kind::Component, Some("3.2"), "3.2.1", "1", Some(plain()));
    assert_eq!(
        set.build().unwrap_err().iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "1.1 stands more than once",
            "the children of 1 add up to 4, not to 3",
            "1.2 is worth nothing",
            "1.3 cannot lie there",
            "parent 9 of 1.4 is not in the set",
            "1.5 has neither children nor a rule",
            "2 has a rule and children",
            "3.1 cannot lie there",
            "3.1 is its own ancestor",
            "3.2 cannot lie there",
            "the children of 3.2 add up to 2, not to 1",
            "3.2 is its own ancestor",
            "the Appraisal items add up to 6, not to 7",
        ]
    );
}

/// Far deeper and longer than any honest set: an answer, and soon.
#[test]
fn a_chain_and_a_circle_of_20000_nodes_are_refused_soon() {
    for last in ["19999", "x"] {
        let mut set = Draft::default();
        for n in 0..20_000_u32 {
            let parent = if n == 0 { last.to_owned() } else { (n - 1).to_string() };
            set = set.node(Kind::Criterion, Some(&parent), &n.to_string(), "1", None);
        }
        let faults = set.build().unwrap_err();
        let cycles = faults.iter().filter(|fault| fault.kind == SetFaultKind::Cycle).count();
        assert_eq!(cycles, if last == "x" { 0 } else { 20_000 });
    }
}

#[test]
fn nodes_and_items_stand_by_code_whatever_the_order_they_came_in() {
    let mut drafts = field(vec![("1.2", "1", plain()), ("1.10", "1", plain()), ("1.1", "1", plain())]).0;
    let set = CriteriaSet::new(drafts.clone(), points("3"), points("0")).unwrap();
    assert_eq!(set.nodes().iter().map(|node| &*node.code).collect::<Vec<_>>(), ["1.1", "1.2", "1.10", "F"]);
    assert_eq!(set.item_place("1.10"), Some(2));
    assert_eq!(set.item_place("F"), None);
    assert_eq!(set.node("9"), None);
    drafts.reverse();
    assert_eq!(CriteriaSet::new(drafts, points("3"), points("0")), Ok(set));
}

#[test]
fn tags_say_whom_an_item_concerns() {
    let tags = ["subordinate".into()].into();
    let none = std::collections::BTreeSet::new();
    let concerned = |applies: AppliesTo| [applies.concerns(&tags), applies.concerns(&none)];
    assert_eq!(concerned(AppliesTo::All), [true, true]);
    assert_eq!(concerned(AppliesTo::Optional), [true, true]);
    assert_eq!(concerned(AppliesTo::Tagged("subordinate".into())), [true, false]);
    assert_eq!(concerned(AppliesTo::Untagged("subordinate".into())), [false, true]);
}
