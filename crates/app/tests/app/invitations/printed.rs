//! Slips and posters.

use super::*;
use app::documents::Format;
use app::survey::doors::{self, DoorError, Opening};
use app::survey::invitations::Order;
use domain::survey::inviting::Way;
use scoring::Lang;
use std::collections::BTreeSet;
use store::testing::on_both;

fn order(whom: &Whom) -> Order<'_> {
    Order { whom, with_address: false, confirmed: true, base: "http://127.0.0.1:1", lang: Lang::Vi }
}

impl Survey {
    async fn print(&self, order: Order<'_>) -> Result<Vec<u8>, InvitationError> {
        invitations::print(&self.context, &self.vien, &self.code, order).await
    }
}

/// The codes that stand in a file, page by page.
fn codes(pdf: &[u8]) -> Vec<LinkCode> {
    let shown = shown(pdf);
    let is_code = |part: &&str| part.len() == 24 && part.split('-').count() == 5;
    shown.split(|c: char| !(c.is_ascii_alphanumeric() || c == '-')).filter(is_code).filter_map(LinkCode::parse).collect()
}

fn shown(pdf: &[u8]) -> String {
    let document = lopdf::Document::load_mem(pdf).unwrap();
    let pages: Vec<u32> = document.get_pages().keys().copied().collect();
    document.extract_text(&pages).unwrap().replace('\n', " ")
}

on_both! {
    async fn slips_are_printed_once_and_printing_again_kills_the_first(database: Database) {
        let survey = Survey::of(&database).await;
        survey.invite(11, &[1, 2, 3, 4, 5, 6, 7, 8, 9]).await;
        let first = match survey.print(order(&Whom::All)).await {
            Err(InvitationError::NotPrinted(_)) if !Format::ALL.contains(&Format::Pdf) => {
                assert!(survey.all().await.iter().all(|one| one.tag.is_none()), "what was not printed has no link");
                return;
            }
            printed => codes(&printed.unwrap()),
        };
        assert_eq!(first.iter().map(LinkCode::shown).collect::<BTreeSet<_>>().len(), 9, "those without an address");
        for code in &first {
            assert!(survey.opens(code).await);
        }
        holds_none(&database, &first).await;
        let all = survey.all().await;
        assert_eq!(all.iter().filter(|one| one.way == Some(Way::Print) && one.issued == 1).count(), 9);

        survey.answer(&first[0]).await.unwrap();
        let second = codes(&survey.print(order(&Whom::All)).await.unwrap());
        assert_eq!(second.len(), 9, "whoever has answered is not told from others");
        for code in &first {
            assert!(!survey.opens(code).await, "the first slips are dead");
        }
        let mut open = 0;
        for code in &second {
            open += usize::from(survey.opens(code).await);
        }
        assert_eq!(open, 8, "and whoever has answered cannot again");
        let with = codes(&survey.print(Order { with_address: true, ..order(&Whom::All) }).await.unwrap());
        assert_eq!(with.len(), 11);
        let one = codes(&survey.print(order(&Whom::One(survey.number(4).await))).await.unwrap());
        assert_eq!(one.len(), 1);
        holds_none(&database, &[second, with, one].concat()).await;
    }
}

#[tokio::test]
async fn an_open_link_takes_answers_to_its_limit_and_hangs_on_a_poster() {
    let database = Database::new(store::testing::Engine::Sqlite);
    let survey = Survey::of(&database).await;
    let code = |text: &str| Code::new(text).unwrap();
    let opening = Opening { form: code("S5-2023"), agency: Some(code("STC")), place: "Quầy 1".into(), limit: 2 };
    let open = |opening: Opening| {
        let survey = &survey;
        async move { doors::open(&survey.context, &survey.vien, &survey.code, &opening).await }
    };
    for (wrong, why) in [
        (Opening { form: code("NONE"), ..opening.clone() }, "form"),
        (Opening { agency: Some(code("NONE")), ..opening.clone() }, "agency"),
        (Opening { place: " ".into(), ..opening.clone() }, "place"),
        (Opening { limit: 0, ..opening.clone() }, "limit"),
    ] {
        let refused = open(wrong).await;
        assert!(matches!(refused, Err(DoorError::Target | DoorError::Place | DoorError::Limit)), "{why}: {refused:?}");
    }
    let door = open(opening).await.unwrap();
    let by = |number: u8| Entrance::Door(door.clone(), LinkCode::of([number; 20]));
    let frame = survey.frame().await;
    let target = frame.survey().targets[0].clone();
    let form = frame.survey().form(&target.form).unwrap().clone();
    let said = |_: usize, name: &Code| {
        let question = form.questions.iter().find(|question| question.name == *name)?;
        Some(question.choices().first()?.name.as_str())
    };
    for number in 1..=2 {
        answering::submit(&survey.context, &by(number), target.id, None, said).await.unwrap();
    }
    let third = answering::submit(&survey.context, &by(3), target.id, None, said).await;
    assert!(matches!(third, Err(NotTaken::Full)));
    let change = |limit, closed| doors::change(&survey.context, &survey.vien, &survey.code, (&door, limit, closed));
    change(3, true).await.unwrap();
    assert!(matches!(answering::submit(&survey.context, &by(3), target.id, None, said).await, Err(NotTaken::Closed)));
    change(3, false).await.unwrap();
    answering::submit(&survey.context, &by(3), target.id, None, said).await.unwrap();
    let known = doors::all(&survey.context, &survey.vien, &frame).await.unwrap();
    assert_eq!((known[0].answered, known[0].limit, known[0].closed), (3, 3, false));

    let poster = doors::poster(&survey.context, &survey.vien, &frame, (&door, "http://x", Lang::Vi)).await;
    match poster {
        Err(DoorError::NotPrinted(_)) => assert!(!Format::ALL.contains(&Format::Pdf)),
        poster => {
            let shown = shown(&poster.unwrap());
            assert!(shown.contains(&format!("https://par.example{}", doors::path(&door))), "{shown}");
        }
    }
}
