//! The printed documents: for whom there is which, and that each is made.

use super::{Hand, process};
use app::demo::Start;
use app::documents::{Format, Kind, NotPrinted, Standing, list, print, print_minutes};
use app::{Actor, Clock, Code, Context, Error, Frame, Lang};
use domain::accounts::{Person, Role};
use domain::appraisal::Round;
use domain::assessment::{Claim, State, Stream};
use std::io::Read;
use std::sync::Arc;
use store::testing::{Database, on_both};

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

/// The demonstration's city in a phase, on its day.
struct City {
    context: Context,
    frame: Arc<Frame>,
    _folder: tempfile::TempDir,
}

impl City {
    async fn in_phase(database: &Database, start: Start) -> Self {
        let (clock, folder) = (Hand::new(), tempfile::tempdir().unwrap());
        clock.forward(start.day().and_hms_opt(1, 0, 0).unwrap().and_utc() - clock.now());
        let context = process(database, &clock).await;
        app::demo::prepare(&context, folder.path(), start).await.unwrap();
        let frame = context.current().await.unwrap().unwrap();
        Self { context, frame, _folder: folder }
    }

    fn of_role(&self, role: Role) -> Actor {
        let is_it = |person: &&Person| person.role == role;
        self.frame.campaign().people.iter().find(is_it).unwrap().into()
    }

    /// An officer, and the agency for which they speak.
    fn officer(&self) -> (Actor, Code) {
        let officer = self.of_role(Role::Officer);
        let agency = officer.agency.clone().unwrap();
        (officer, agency)
    }

    async fn standings(&self, actor: &Actor, agency: &Code) -> Vec<Standing> {
        let list = list(&self.context, actor, &self.frame, agency).await.unwrap();
        assert_eq!(list.iter().map(|(kind, _)| *kind).collect::<Vec<_>>(), Kind::ALL);
        list.into_iter().map(|(_, standing)| standing).collect()
    }

    async fn print(&self, actor: &Actor, agency: &Code, kind: Kind, format: Format) -> Result<Vec<u8>, NotPrinted> {
        let printed = print(&self.context, actor, &self.frame, (kind, agency), format, Lang::Vi).await?;
        assert_eq!(printed.format, format);
        assert!(printed.name.ends_with(&format!(".{}", format.ending())), "{}", printed.name);
        Ok(printed.bytes)
    }
}

fn is_of(format: Format, bytes: &[u8]) -> bool {
    match format {
        Format::Pdf => bytes.starts_with(b"%PDF-"),
        Format::Docx | Format::Xlsx => bytes.starts_with(b"PK\x03\x04"),
    }
}

/// A part of a DOCX or an XLSX.
fn part(bytes: &[u8], name: &str) -> String {
    let mut text = String::new();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).unwrap();
    archive.by_name(name).unwrap().read_to_string(&mut text).unwrap();
    text
}

on_both! {
    async fn each_kind_is_made_in_each_format(database: Database) {
        let city = City::in_phase(&database, Start::Council).await;
        let (standing_body, (officer, agency)) = (city.of_role(Role::StandingBody), city.officer());
        assert_eq!(city.standings(&officer, &agency).await, [Standing::Ready; 5]);
        assert_eq!(city.standings(&standing_body, &agency).await, [Standing::Ready; 5]);
        for kind in Kind::ALL {
            for format in Format::ALL {
                let bytes = city.print(&officer, &agency, kind, *format).await.unwrap();
                assert!(is_of(*format, &bytes), "{kind:?} {format:?}");
            }
            // Whoever prints it: the same figures make the same file.
            let [own, other] = [&officer, &standing_body].map(|by| city.print(by, &agency, kind, Format::Docx));
            let docx = own.await.unwrap();
            assert!(docx == other.await.unwrap(), "{kind:?}");
            let docx = part(&docx, "word/document.xml");
            let head = city.frame.place(&agency).unwrap().agency.name.vi.clone();
            assert!(docx.contains(&head), "{kind:?} names the agency");
        }
    }

    async fn a_draft_is_not_for_the_agency_before_it_is_sent(database: Database) {
        let city = City::in_phase(&database, Start::Appraisal1).await;
        let (standing_body, (officer, agency)) = (city.of_role(Role::StandingBody), city.officer());
        let standings = city.standings(&officer, &agency).await;
        assert_eq!(standings, [vec![Standing::Ready; 2], vec![Standing::NotYet; 3]].concat());
        for kind in [Kind::Notice(Round::First), Kind::Request, Kind::Notice(Round::Second)] {
            let refused = city.print(&officer, &agency, kind, Format::Docx).await;
            assert!(matches!(refused, Err(NotPrinted::Failed(Error::NotThere))), "{kind:?}");
        }
        // An agency whose round 1 is approved: the standing body looks at what is to be sent, and the paper says that it is a draft.
        let states = app::campaign::standing(&city.context, &city.frame).await.unwrap();
        let (approved, _) = states.iter().find(|(found, _)| found.state == State::Appraised1).unwrap();
        assert_eq!(city.standings(&standing_body, &approved.code).await[2], Standing::Draft);
        let notice = city.print(&standing_body, &approved.code, Kind::Notice(Round::First), Format::Docx).await.unwrap();
        assert!(part(&notice, "word/document.xml").contains("DỰ THẢO, NỘI DUNG"));
    }

    async fn nobody_reads_what_another_agency_sends(database: Database) {
        let city = City::in_phase(&database, Start::Council).await;
        let (officer, agency) = city.officer();
        let other = city.frame.campaign().agencies.iter().map(|other| &other.code).find(|other| **other != agency).unwrap();
        assert!(matches!(list(&city.context, &officer, &city.frame, other).await, Err(Error::NotThere)));
        let refused = city.print(&officer, other, Kind::Sheet, Format::Docx).await;
        assert!(matches!(refused, Err(NotPrinted::Failed(Error::NotThere))));
        let unknown = code("NONE");
        let refused = city.print(&city.of_role(Role::StandingBody), &unknown, Kind::Sheet, Format::Docx).await;
        assert!(matches!(refused, Err(NotPrinted::Failed(Error::NotThere))));
    }

    async fn the_minutes_are_for_the_council_from_its_first_sitting_on(database: Database) {
        let city = City::in_phase(&database, Start::Council).await;
        let (officer, _) = city.officer();
        let standing_body = city.of_role(Role::StandingBody);
        let minutes = async |actor: &Actor, format| print_minutes(&city.context, actor, &city.frame, format, Lang::Vi).await;
        assert!(matches!(minutes(&officer, Format::Docx).await, Err(NotPrinted::Failed(Error::Forbidden))));
        let docket = app::council::docket(&city.context, &standing_body, &city.frame).await.unwrap();
        assert!(matches!(minutes(&standing_body, Format::Docx).await, Err(NotPrinted::Failed(Error::NotThere))));
        let chair = docket.members().next().unwrap().code.clone();
        let on = city.context.now().date_naive();
        let convening = app::council::Convening { on, place: "Phòng họp số 2".into(), chair, seen: 0 };
        app::council::convene(&city.context, &standing_body, &code("hanoi-2023"), convening).await.unwrap();
        for format in Format::ALL {
            assert!(is_of(*format, &minutes(&standing_body, *format).await.unwrap().bytes), "{format:?}");
        }
        let docx = part(&minutes(&standing_body, Format::Docx).await.unwrap().bytes, "word/document.xml");
        assert!(docx.contains("Phòng họp số 2") && docx.contains("DỰ THẢO, NỘI DUNG") && docx.contains("Chưa kết luận"));
    }

    async fn what_looks_like_a_formula_is_a_text(database: Database) {
        let (clock, mut campaign) = (Hand::new(), crate::hanoi());
        let own = |claim: &&mut Claim| claim.agency.as_str() == "STC" && claim.stream == Stream::SelfAssessed;
        campaign.claims.iter_mut().find(own).unwrap().remark = Some("=HYPERLINK(\"http://x.example\",\"y\")".into());
        let context = process(&database, &clock).await;
        app::campaign::import(&context, &Actor::at_the_console(), &campaign).await.unwrap();
        let frame = context.current().await.unwrap().unwrap();
        let by: Actor = frame.campaign().people.iter().find(|person| person.role == Role::StandingBody).unwrap().into();
        let printed = print(&context, &by, &frame, (Kind::Sheet, &code("STC")), Format::Xlsx, Lang::Vi).await.unwrap();
        assert!(part(&printed.bytes, "xl/sharedStrings.xml").contains("=HYPERLINK("));
        assert!(!part(&printed.bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
    }
}
