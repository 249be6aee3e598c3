use super::*;
use domain::Campaign;
use domain::publication::{differences, figures};
use std::path::Path;

fn campaign() -> Campaign {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../campaigns/hanoi-2023");
    domain::workbook::read(&crate::workbook::read(&folder).unwrap()).unwrap()
}

fn edition() -> Edition {
    Edition {
        number: 1,
        fixed_at: "2024-02-05T01:00:00Z".into(),
        corrects: None,
        notice: Some("simulated".into()),
        audit: None,
        software: "parindex test".into(),
    }
}

#[test]
fn what_is_packed_is_read_back_and_gives_the_same_figures_as_the_whole_campaign() {
    let whole = campaign();
    let (bundle, packed) = pack(Content::of(&whole).unwrap(), Vec::new(), &edition()).unwrap().unwrap();
    let read = read(&Bundle::from_zip("r.zip", &bundle.to_zip().unwrap()).unwrap()).unwrap();
    assert_eq!(read.content, packed.content);
    assert_eq!(differences(&read.figures, &figures(&read.content.model().unwrap())), []);
    assert_eq!(differences(&read.figures, &figures(&whole.model().unwrap())), [], "nothing is lost by keeping counts back");
    assert!(read.content.sums.len() > 1_000, "{}", read.content.sums.len());
}

#[test]
fn what_is_for_those_inside_stays_there() {
    let whole = campaign();
    let (bundle, _) = pack(Content::of(&whole).unwrap(), Vec::new(), &edition()).unwrap().unwrap();
    for secret in
        ["campaign/people.csv", "campaign/budget.csv", "campaign/tasks.csv", "campaign/tallies.csv", "campaign/sample.csv"]
    {
        assert!(!bundle.0.contains_key(secret), "{secret}");
    }
    let remark = whole.claims.iter().find_map(|claim| claim.remark.clone());
    if let Some(remark) = remark {
        let text = String::from_utf8(bundle.0["campaign/claims.csv"].clone()).unwrap();
        assert!(!text.contains(&remark), "{remark}");
    }
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let zip = || pack(Content::of(&campaign()).unwrap(), Vec::new(), &edition()).unwrap().unwrap().0.to_zip().unwrap();
    assert_eq!(zip(), zip());
}

#[test]
fn a_name_that_leads_elsewhere_is_refused() {
    for name in ["../x", "/x", "a/b/c", ".hidden", "a\\b"] {
        let bundle = Bundle([(name.to_owned(), b"x".to_vec())].into());
        let zip = bundle.to_zip().unwrap();
        assert!(matches!(Bundle::from_zip("z", &zip), Err(BundleError::Name { .. })), "{name}");
    }
    assert!(matches!(Bundle::from_zip("z", b"no zip"), Err(BundleError::Damaged { .. })));
}
