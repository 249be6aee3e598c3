//! The survey's plan: changed while it is a draft, frozen as it was seen, amended for a reason; its lists, and drawing from them.

use super::{Hand, process};
use app::survey::SurveyError;
use app::survey::draw::{MOST_RESERVE, NotDrawn, Order, draw, repeat, standing};
use app::survey::frame::{NotListed, import};
use app::survey::plan::{CellEdit, Edit, GroupEdit, edit, freeze, freezing, versions};
use app::{Actor, Code, Context, Error, Frame};
use domain::Campaign;
use domain::accounts::{Person, Role};
use domain::survey::draw::Seed;
use domain::survey::planning::Gap;
use domain::survey::{Mode, Rates, Sample, Stage};
use std::collections::BTreeSet;
use std::sync::Arc;
use store::Store;
use store::survey::invitations::{self, Invitation};
use store::testing::{Database, on_both};

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

/// The shipped campaign with two departments and two districts, before its survey.
fn few() -> Campaign {
    let mut campaign = crate::hanoi();
    let kept = ["BDT", "STC", "D001", "D002"].map(code);
    campaign.agencies.retain(|agency| kept.contains(&agency.code));
    campaign.sample.retain(|sample| kept.contains(&sample.agency));
    campaign.people.retain(|person| person.agency.as_ref().is_none_or(|agency| kept.contains(agency)));
    (campaign.claims, campaign.tallies, campaign.external) = Default::default();
    campaign
}

struct Institute {
    context: Context,
    campaign: Code,
    vien: Actor,
    database: String,
}

impl Institute {
    async fn with(database: &Database, campaign: &Campaign) -> Self {
        let context = process(database, &Hand::new()).await;
        app::campaign::import(&context, &Actor::at_the_console(), campaign).await.unwrap();
        let person = |person: &&Person| person.role == Role::SurveyOfficer;
        let vien = campaign.people.iter().find(person).unwrap().into();
        Self { context, campaign: campaign.settings.code.clone(), vien, database: database.url().into() }
    }

    async fn frame(&self) -> Arc<Frame> {
        self.context.current().await.unwrap().unwrap()
    }

    async fn edit(&self, reason: Option<&str>, what: Edit) -> Result<Option<u32>, SurveyError> {
        let design = edit(&self.context, &self.vien, &self.campaign, reason, what).await?;
        Ok(design.map(|design| design.version))
    }

    async fn freeze(&self) -> Result<String, SurveyError> {
        let seen = freezing(&*self.frame().await).hash;
        Ok(freeze(&self.context, &self.vien, &self.campaign, &seen).await?.hash)
    }

    async fn import(&self, list: &str) -> Result<u32, NotListed> {
        Ok(import(&self.context, &self.vien, &self.campaign, ("danh-sach.csv", list.as_bytes())).await?.number)
    }

    async fn draw(&self, list: u32, seed: &str, reserve: u32) -> Result<(u32, u32), NotDrawn> {
        let order = Order { list, seed: Seed::new(seed).unwrap(), reserve };
        let drawn = draw(&self.context, &self.vien, &self.campaign, &order).await?;
        Ok((drawn.main, drawn.reserved))
    }

    async fn invitations(&self) -> Vec<Invitation> {
        let store = Store::open(&self.database).await.unwrap();
        invitations::all(&store.read().await.unwrap(), &self.campaign).await.unwrap()
    }
}

fn cell(agency: &str, form: &str, population: Option<u32>, by_hand: Option<(u32, &str)>) -> Edit {
    let by_hand = by_hand.map(|(forms, reason)| (forms, reason.to_owned()));
    Edit::Cells(vec![CellEdit { agency: code(agency), form: code(form), population, by_hand }])
}

fn sample<'a>(frame: &'a Frame, agency: &str, form: &str) -> &'a Sample {
    let is_it = |sample: &&Sample| sample.agency.as_str() == agency && sample.form.as_str() == form;
    frame.campaign().sample.iter().find(is_it).unwrap()
}

/// A list of the group (2) of BDT, and of the delegates who rate every department.
fn list(of_agency: usize, delegates: usize) -> String {
    let mut list = String::from("form,person,name,email,agency,place,language\n");
    for at in 1..=of_agency {
        list.push_str(&format!("S2-2023,CB-{at:03},Người {at},cb{at}@parindex.example,BDT,Phòng {at},\n"));
    }
    for at in 1..=delegates {
        list.push_str(&format!("S1-2023,DB-{at:03},Đại biểu {at},,,Tổ {at},en\n"));
    }
    list
}

on_both! {
    async fn samples_follow_the_formula_or_have_a_reason(database: Database) {
        let institute = Institute::with(&database, &few()).await;
        institute.edit(None, cell("BDT", "S2-2023", Some(200), None)).await.unwrap();
        assert_eq!(sample(&*institute.frame().await, "BDT", "S2-2023").planned, 134, "200 ÷ 1.5 = 133.3");
        institute.edit(None, cell("BDT", "S2-2023", Some(200), Some((50, "Trưng cầu ý kiến toàn bộ phòng")))).await.unwrap();
        institute.edit(None, cell("STC", "S2-2023", Some(200), Some((60, "")))).await.unwrap();
        let frame = institute.frame().await;
        assert_eq!(sample(&frame, "BDT", "S2-2023").reason.as_deref(), Some("Trưng cầu ý kiến toàn bộ phòng"));
        let gaps = freezing(&frame).gaps;
        assert_eq!(gaps, [Gap::NoReason(sample(&frame, "STC", "S2-2023").clone())]);
        assert!(matches!(institute.freeze().await, Err(SurveyError::Gaps(found)) if found == gaps));
        institute.edit(None, Edit::ByFormula).await.unwrap();
        let frame = institute.frame().await;
        assert_eq!((sample(&frame, "BDT", "S2-2023").planned, sample(&frame, "STC", "S2-2023").planned), (134, 134));
        assert_eq!(sample(&frame, "BDT", "S4-2023").planned, 100, "what is imported stays");
        let refused = institute.edit(None, cell("BDT", "S2-2023", Some(20), Some((21, "x")))).await;
        assert!(matches!(refused, Err(SurveyError::Unsound(_))), "{refused:?}");
    }

    async fn what_is_frozen_is_what_was_seen(database: Database) {
        let institute = Institute::with(&database, &few()).await;
        let seen = freezing(&*institute.frame().await).hash;
        institute.edit(None, cell("BDT", "S2-2023", Some(200), None)).await.unwrap();
        let stale = freeze(&institute.context, &institute.vien, &institute.campaign, &seen).await;
        assert!(matches!(stale, Err(SurveyError::Failed(Error::Stale))), "{stale:?}");
        let hash = institute.freeze().await.unwrap();
        assert_eq!(institute.frame().await.survey().stage, Stage::Frozen);
        assert_eq!(freezing(&*institute.frame().await).hash, hash, "what stands is what was fixed");
        assert!(matches!(institute.freeze().await, Err(SurveyError::Stage(Stage::Frozen))));
    }

    async fn an_amendment_has_a_reason_and_stays_visible(database: Database) {
        let institute = Institute::with(&database, &few()).await;
        institute.freeze().await.unwrap();
        let group = |weight: &str| {
            let weight = weight.parse().unwrap();
            Edit::Groups(vec![GroupEdit { block: code("department"), code: code("2"), weight, mode: Mode::Online, rates: Rates::One }])
        };
        assert!(matches!(institute.edit(Some("  "), group("0.3")).await, Err(SurveyError::NoReason)));
        assert_eq!(institute.edit(Some("Theo công văn 12"), group("0.3")).await.unwrap(), Some(2));
        let versions = versions(&institute.context, &institute.vien, &institute.campaign).await.unwrap();
        let [first, second] = versions.as_slice() else { panic!("{} versions", versions.len()) };
        assert!(first.changed.is_empty() && first.design.reason.is_none());
        assert_eq!((second.design.reason.as_deref(), second.design.by_code.as_str()), (Some("Theo công văn 12"), "vien"));
        let [changed] = second.changed.as_slice() else { panic!("{:?}", second.changed) };
        assert_eq!((changed.sheet.as_str(), changed.row.join(" ").as_str()), ("groups", "department 2"));
        let of = (changed.column.as_str(), changed.before.as_deref(), changed.after.as_deref());
        assert_eq!(of, ("weight", Some("0.15"), Some("0.3")));
        assert_ne!(first.design.hash, second.design.hash);
    }

    async fn only_the_institute_changes_the_plan(database: Database) {
        let campaign = few();
        let institute = Institute::with(&database, &campaign).await;
        for role in [Role::StandingBody, Role::Monitor, Role::Head] {
            let other: Actor = campaign.people.iter().find(|person| person.role == role).map_or_else(
                || Actor { role, ..Actor::at_the_console() },
                Into::into,
            );
            let refused = edit(&institute.context, &other, &institute.campaign, None, Edit::ByFormula).await;
            assert!(matches!(refused, Err(SurveyError::Failed(Error::Forbidden))), "{role:?}");
            let refused = import(&institute.context, &other, &institute.campaign, ("x.csv", list(1, 0).as_bytes())).await;
            assert!(matches!(refused, Err(NotListed::Failed(SurveyError::Failed(Error::Forbidden)))), "{role:?}");
        }
    }

    async fn a_list_is_read_in_whole_or_not_at_all(database: Database) {
        let institute = Institute::with(&database, &few()).await;
        let bad = "form,person,name,email,agency\n\
                   S2-2023,A,Người A,not an address,BDT\n\
                   S2-2023,A,Người A,,BDT\n\
                   S1-2023,B,Người B,,BDT\n\
                   S2-2023,C,Người C,,\n\
                   S4-2023,D,Người D,,BDT\n\
                   S2-2023,E,Người E,,D001\n\
                   S9-2023,F,Người F,,BDT\n";
        let Err(NotListed::Problems(problems)) = institute.import(bad).await else { panic!("it was read") };
        let places: Vec<_> = problems.iter().map(|problem| (problem.row, problem.column.as_str())).collect();
        let expected =
            [(2, "email"), (3, "person"), (4, "agency"), (5, "agency"), (6, "form"), (7, "agency"), (8, "form")];
        assert_eq!(places, expected, "{problems:#?}");
        assert!(app::survey::frame::all(&institute.context, &institute.vien, &institute.campaign).await.unwrap().is_empty());
        assert!(matches!(institute.import("form,person,name\n").await, Err(NotListed::Problems(_) | NotListed::Unreadable(_))));
        assert_eq!(institute.import(&list(30, 95)).await.unwrap(), 1);
        assert_eq!(institute.import(&list(30, 95)).await.unwrap(), 2, "the newest counts, the first stays");
    }

    async fn whoever_is_drawn_is_invited_once(database: Database) {
        let institute = Institute::with(&database, &few()).await;
        assert!(matches!(institute.draw(1, "xổ số 48213", 20).await, Err(NotDrawn::Failed(SurveyError::Stage(Stage::Draft)))));
        institute.freeze().await.unwrap();
        assert!(matches!(institute.draw(1, "xổ số 48213", 20).await, Err(NotDrawn::NoList)));
        institute.import(&list(40, 0)).await.unwrap();
        assert!(matches!(institute.draw(2, "1", 20).await, Err(NotDrawn::Failed(SurveyError::Failed(Error::Stale)))));
        assert!(matches!(institute.draw(1, "1", MOST_RESERVE + 1).await, Err(NotDrawn::Reserve)));
        // BDT has 20 in its group (2): 20 forms; at 80 % that asks for 25, but there are only 20.
        assert_eq!(institute.draw(1, "xổ số 48213", 20).await.unwrap(), (20, 4));
        let first = institute.invitations().await;
        assert_eq!(first.iter().map(|one| one.number).collect::<Vec<_>>(), (1..=24).collect::<Vec<_>>());
        assert_eq!(first.iter().map(|one| &one.person).collect::<BTreeSet<_>>().len(), 24, "nobody twice");
        assert!(matches!(institute.draw(1, "2", 20).await, Err(NotDrawn::Nothing)), "the same stratum is not drawn again");
        // The delegates come later: one link rates every department.
        institute.import(&list(40, 95)).await.unwrap();
        assert_eq!(institute.draw(2, "xổ số 1", 10).await.unwrap(), (95, 0));
        let frame = institute.frame().await;
        let all = institute.invitations().await;
        assert_eq!((all.len(), &all[..24]), (119, first.as_slice()));
        let target = |one: &Invitation| frame.survey().target(one.target).unwrap().agencies.len();
        assert!(all[..24].iter().all(|one| target(one) == 1) && all[24..].iter().all(|one| target(one) == 2));
        let standing = standing(&institute.context, &institute.vien, &frame).await.unwrap();
        let delegates = standing.iter().find(|found| found.stratum.agency.is_none()).unwrap();
        assert_eq!((delegates.invited, delegates.reserved, delegates.listed, delegates.asked), (95, 0, 95, Some(95)));
    }

    async fn a_draw_can_be_repeated(database: Database) {
        let institute = Institute::with(&database, &few()).await;
        institute.freeze().await.unwrap();
        institute.import(&list(40, 0)).await.unwrap();
        institute.draw(1, "xổ số 48213", 20).await.unwrap();
        let lines = repeat(&institute.context, &institute.vien, &*institute.frame().await, 1).await.unwrap();
        assert_eq!(lines.len(), 40);
        assert!(lines.windows(2).all(|pair| pair[0].number < pair[1].number), "in the order of the numbers");
        let invited: BTreeSet<(String, bool)> =
            institute.invitations().await.into_iter().map(|one| (one.person, one.reserve)).collect();
        let named = lines.iter().filter(|line| line.list != "rest");
        assert_eq!(named.map(|line| (line.person.to_string(), line.list == "reserve")).collect::<BTreeSet<_>>(), invited);
        let unknown = repeat(&institute.context, &institute.vien, &*institute.frame().await, 2).await;
        assert!(matches!(unknown, Err(Error::NotThere)));
    }
}
