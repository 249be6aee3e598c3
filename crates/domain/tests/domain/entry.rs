//! What agencies enter: whatever is typed, what is accepted of it is what a workbook would be accepted with.

use super::sample::campaign as sample;
use domain::Code;
use domain::assessment::entry::{Entered, Form, Invalid};
use domain::workbook;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn typed() -> impl Strategy<Value = String> {
    prop_oneof![
        Just(String::new()),
        Just(" ".into()),
        (-5_i64..200_000).prop_map(|number| number.to_string()),
        (0_u32..2_000, 0_u32..1_000_000).prop_map(|(whole, fraction)| format!("{whole},{fraction}")),
        (0_u32..2_000, 0_u32..100).prop_map(|(whole, fraction)| format!(" {whole}.{fraction} ")),
        prop::sample::select(vec![
            "yes", "có", "no", "full", "partly", "none", "1e9", "−3", "10%", "\u{7}", "<b>", "00", "0.000"
        ])
        .prop_map(Into::into),
        ".{0,12}",
    ]
}

proptest! {
    #[test]
    fn what_is_accepted_is_accepted_in_a_workbook(
        values in prop::collection::vec(typed(), 6),
        not_applicable in any::<bool>(),
        remark in prop_oneof![Just(String::new()), ".{0,30}", Just("dòng 1\r\ndòng 2".to_owned())],
    ) {
        let mut campaign = sample();
        let (agency, block) = (Code::new("A").unwrap(), Code::new("d").unwrap());
        campaign.claims.retain(|claim| claim.agency != agency);
        let items: Vec<Code> = campaign.criteria.iter().filter(|row| row.block == block && row.rule.is_some()).map(|row| row.code.clone()).collect();
        let mut claims = Vec::new();
        for item in &items {
            let form = Form::of(&campaign, &block, item).unwrap();
            if form.inputs.is_empty() {
                continue;
            }
            let inputs: BTreeMap<String, String> =
                form.inputs.iter().zip(values.iter().cycle()).map(|(input, value)| (input.name.to_string(), value.clone())).collect();
            let entered = Entered { inputs, not_applicable, remark: remark.clone() };
            let (accepted, invalid) = entered.accepted(&form, &Entered::default());
            // What is accepted would be accepted again, as it is.
            let (again, still) = accepted.accepted(&form, &Entered::default());
            prop_assert_eq!((&again, still.len()), (&accepted, 0), "{}", item);
            prop_assert_eq!(invalid.contains(&Invalid::Applicability), not_applicable && !form.is_optional());
            let said = accepted.claims(&agency, item, None);
            prop_assert_eq!(Entered::of(&said), accepted);
            claims.extend(said);
        }
        campaign.claims.extend(claims);
        if let Err(problems) = workbook::read(&workbook::write(&campaign)) {
            prop_assert!(false, "{}", problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n"));
        }
    }
}

#[test]
fn what_is_wrong_leaves_standing_what_stood_before() {
    let campaign = sample();
    let (block, item) = (Code::new("d").unwrap(), Code::new("1.1.3").unwrap());
    let form = Form::of(&campaign, &block, &item).unwrap();
    let of = |pairs: &[(&str, &str)]| Entered {
        inputs: pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
        ..Entered::default()
    };
    let before = of(&[("done", "3"), ("total", "4")]);
    let (accepted, invalid) = of(&[("done", "ba"), ("total", "5")]).accepted(&form, &before);
    assert_eq!(accepted, of(&[("done", "3"), ("total", "5")]));
    let [Invalid::Input { name, .. }] = invalid.as_slice() else { panic!("{invalid:?}") };
    assert_eq!(name.as_str(), "done");
    let (cleared, _) = of(&[("total", " ")]).accepted(&form, &before);
    assert!(cleared.is_blank(), "what is left blank is taken back: {cleared:?}");
}
