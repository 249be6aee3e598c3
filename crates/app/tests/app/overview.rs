//! What an agency writes in its own words for its report.

use super::assessment::{Office, code};
use app::assessment::overview::{self, NotWritten};
use app::assessment::{NotSubmitted, check, receipt, submit};
use app::documents::{Format, Kind, print};
use app::{Error, Lang};
use domain::assessment::overview::{Overview, Part};
use domain::assessment::{Closed, State};
use std::io::Read;
use store::testing::{Database, Engine};

fn says(results: &str, proposals: &str) -> Overview {
    Overview { results: results.into(), proposals: proposals.into(), ..Overview::default() }
}

async fn write(office: &Office, person: &str, seen: u32, what: Overview) -> Result<u32, NotWritten> {
    overview::save(&office.context, &office.actor(person), &office.campaign, &office.agency, seen, what).await
}

/// Written by two, printed in the report, part of what is submitted, and locked with it.
#[tokio::test]
async fn it_is_printed_in_the_report_and_locked_with_the_submission() {
    let database = Database::new(Engine::Sqlite);
    let office = Office::open(&database).await;
    let frame = office.context.current().await.unwrap().unwrap();
    let hash = async || check(&office.context, &frame, &office.agency).await.unwrap().hash;
    let empty = hash().await;
    let first = says("Đã ban hành <kế hoạch> & bố trí kinh phí\nHoàn thành 12 nhiệm vụ", "");
    assert_eq!(write(&office, "stc.officer", 0, first.clone()).await.unwrap(), 1);
    assert_eq!(write(&office, "stc.officer", 0, first.clone()).await.unwrap(), 1, "the same again is no revision");
    let overtaken = write(&office, "stc.head", 0, says("Khác", "")).await;
    let Err(NotWritten::Changed(found)) = overtaken else { panic!("{overtaken:?}") };
    assert_eq!((found.revision, found.theirs), (1, first.clone()), "the second is told what the first wrote");
    let both = says(&first.results, "Đề nghị thành phố bố trí phần mềm dùng chung");
    assert_eq!(write(&office, "stc.head", 1, both.clone()).await.unwrap(), 2);
    let long = write(&office, "stc.officer", 2, says("", &"x".repeat(10_001))).await;
    assert!(matches!(long, Err(NotWritten::Invalid(Part::Proposals, _))), "{long:?}");
    for stranger in ["noivu", "tochuc1"] {
        let refused = write(&office, stranger, 2, says("x", "")).await;
        assert!(matches!(refused, Err(NotWritten::Failed(Error::Forbidden))), "{stranger}: {refused:?}");
    }

    let head = office.actor("stc.head");
    let report = print(&office.context, &head, &frame, (Kind::Report, &office.agency), Format::Docx, Lang::Vi);
    let report = document(&report.await.unwrap().bytes);
    let at = |text: &str| report.iter().position(|found| found.contains(text)).unwrap_or_else(|| panic!("{text} is not there"));
    assert_eq!(at("TÌNH HÌNH TRIỂN KHAI, KẾT QUẢ ĐẠT ĐƯỢC") + 1, at("Đã ban hành &lt;kế hoạch&gt; &amp; bố trí kinh phí"));
    assert!(at("Hoàn thành 12 nhiệm vụ") < at("II. KẾT QUẢ TỰ ĐÁNH GIÁ"), "it stands before the figures");
    assert_eq!(at("V. PHƯƠNG HƯỚNG, KIẾN NGHỊ, ĐỀ XUẤT") + 1, at("Đề nghị thành phố bố trí phần mềm dùng chung"));
    assert!(!report.iter().any(|found| found.contains("NGUYÊN NHÂN")), "a part that is blank has no heading");

    let submits = async |seen| {
        let open: Vec<_> =
            check(&office.context, &frame, &office.agency).await.unwrap().open().map(|row| row.code.clone()).collect();
        submit(&office.context, &head, &office.campaign, &office.agency, seen, &open).await
    };
    assert!(matches!(submits(empty).await, Err(NotSubmitted::Changed)), "the head has checked something else");
    submits(hash().await).await.unwrap();
    assert!(receipt(&office.context, &frame, &office.agency).await.unwrap().unwrap().stands);
    let locked = write(&office, "stc.officer", 2, says("", "")).await;
    assert!(matches!(locked, Err(NotWritten::Closed(Closed::Sent(State::Submitted)))), "{locked:?}");
    let kept = overview::read(&office.context, &frame, &office.agency).await.unwrap();
    assert_eq!((kept.says, kept.revision), (both, 2));
    let other = overview::read(&office.context, &frame, &code("SXD")).await.unwrap();
    assert_eq!((other.says, other.revision), (Overview::default(), 0), "nobody else's is touched");
}

/// The texts of a DOCX, one after the other.
fn document(docx: &[u8]) -> Vec<String> {
    let mut xml = String::new();
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(docx)).unwrap();
    archive.by_name("word/document.xml").unwrap().read_to_string(&mut xml).unwrap();
    let texts = xml.split("<w:t xml:space=\"preserve\">").skip(1);
    texts.map(|text| text.split("</w:t>").next().unwrap().to_owned()).collect()
}
