//! A document of each kind, about the sample campaign's criteria, with figures made up.

use crate::letter::Letter;
use crate::paper::{AuditHead, Level, Paper, Score, Signer, Total};
use crate::{appraisal, assessment, council, workbook};
use chrono::{NaiveDate, NaiveTime};
use domain::appraisal::Round;
use domain::audit::LineHash;
use rust_decimal::Decimal;
use scoring::points::RoundingMode;
use scoring::{Lang, Rounding, Text};
use std::path::Path;

pub(super) fn date(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

fn moment(hour: u32) -> council::Moment {
    (date(2024, 1, 25), NaiveTime::from_hms_opt(hour, 30, 0))
}

fn both(vi: &str, en: &str) -> Text {
    Text::new(vi, en)
}

pub(super) fn department() -> Text {
    both("Sở Nội vụ", "Department of Home Affairs")
}

pub(crate) fn paper() -> Paper {
    Paper {
        superior: both("UBND thành phố Hà Nội", "People's Committee of Hà Nội City"),
        issuer: department(),
        number: String::new(),
        symbol: "BC-SNV".into(),
        place: both("Hà Nội", "Hà Nội"),
        date: date(2023, 11, 28),
        year: 2023,
        legal_basis: both(
            "Kế hoạch số 243/KH-UBND ngày 05/10/2023 của UBND thành phố Hà Nội; Quyết định số 4190/QĐ-UBND ngày 22/8/2023 của UBND Thành phố",
            "Plan No. 243/KH-UBND of 5 October 2023 of the People's Committee of Hà Nội City",
        ),
        signer: Signer {
            authority: Text::default(), position: both("Giám đốc", "Director"), name: "Nguyễn Thị Minh Họa".into()
        },
        recipients: vec![
            both("Như trên;", "As above;"),
            both("UBND Thành phố (để báo cáo);", "City People's Committee (for report);"),
            both("Lưu: VT, CCHC.", "Archive: VT, CCHC."),
        ],
        sample_criteria: true,
        simulated: true,
        rounding: Rounding { decimals: 2, mode: RoundingMode::HalfUp },
        audit: AuditHead { campaign: "hanoi-2023".into(), seq: 1_234, hash: LineHash([0xAB; 32]) },
    }
}

/// The paper of the working group or the council.
fn paper_of(vi: &str, en: &str, symbol: &str, date: NaiveDate) -> Paper {
    let signer = Signer {
        authority: both("TM. Tổ công tác", "For the working group"),
        position: both("Tổ trưởng", "Head"),
        name: "Trần Văn Thử Nghiệm".into(),
    };
    Paper { issuer: both(vi, en), symbol: symbol.into(), date, signer, ..paper() }
}

/// The criteria of a block, as the shipped campaign has them.
pub(super) fn lines() -> Vec<assessment::Line> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../campaigns/hanoi-2023");
    let tables = workbook::read(&folder).unwrap();
    let table = tables.get("criteria").unwrap();
    let column = |name: &str| table.columns.iter().position(|column| column == name).unwrap();
    let rows: Vec<Vec<String>> = table.rows.iter().map(|row| row.cells.clone()).collect();
    let of_block = rows.iter().filter(|row| row[column("block")] == "department" && row[column("kind")] != "bonus");
    let line = |(at, row): (usize, &Vec<String>)| {
        let max: Decimal = row[column("max_points")].parse().unwrap_or_default();
        let is_item = !row[column("rule")].is_empty();
        let level = match row[column("kind")].as_str() {
            "field" => Level::Field,
            _ if is_item => Level::Item,
            _ => Level::Criterion,
        };
        let survey = row[column("half")] == "survey";
        let (score, remark) = match at % 17 {
            _ if survey => (Score::Survey, ""),
            3 if is_item => (Score::NotApplicable, "Đơn vị không có đơn vị sự nghiệp trực thuộc."),
            5 if is_item => (Score::Points(max / Decimal::from(3)), "Đạt 86/94 nhiệm vụ đúng hạn (≥ 90 %, < 95 %)."),
            11 if is_item => (Score::Missing, ""),
            _ => (Score::Points(max), ""),
        };
        let evidence = if is_item && !survey {
            vec![format!("Báo cáo số {at}/BC-SNV ngày 12/11/2023"), "Ảnh chụp màn hình Hệ thống, trang 3–5".to_owned()]
        } else {
            Vec::new()
        };
        let title = both(&row[column("title")], &row[column("title_en")]);
        assessment::Line { code: row[column("code")].clone(), title, level, max, score, remark: remark.into(), evidence }
    };
    of_block.enumerate().map(line).collect()
}

fn totals() -> Vec<Total> {
    vec![
        Total {
            title: both("Cộng điểm thẩm định", "Appraisal half"),
            max: Decimal::from(70),
            score: Score::Points(Decimal::new(6_146, 2)),
        },
        Total { title: both("Điểm thưởng", "Bonus"), max: Decimal::TWO, score: Score::Missing },
    ]
}

pub(super) fn sheet(lang: Lang) -> Letter {
    let drawn_up_by =
        Signer {
            authority: Text::default(), position: both("Người lập biểu", "Drawn up by"), name: "Phạm Thị Ví Dụ".into()
        };
    let input = assessment::Sheet {
        paper: Paper { symbol: String::new(), recipients: Vec::new(), ..paper() },
        agency: department(),
        lines: lines(),
        totals: totals(),
        drawn_up_by,
    };
    assessment::sheet(&input, lang)
}

pub(super) fn report(lang: Lang) -> Letter {
    let lines = lines();
    let of = |is: fn(&assessment::Line) -> bool| lines.iter().filter(|line| is(line)).cloned().collect::<Vec<_>>();
    let section = |vi, en, text: &str| assessment::Section { title: both(vi, en), paragraphs: vec![text.to_owned(); 2] };
    let input = assessment::Report {
        paper: paper(),
        agency: department(),
        before: vec![section(
            "Công tác tổ chức triển khai",
            "How it was carried out",
            "Sở đã ban hành Kế hoạch số 15/KH-SNV ngày 10/01/2023 về cải cách hành chính, phân công công chức chuyên trách theo dõi, tổng hợp, đánh giá kết quả; tổ chức kiểm tra tại 06 phòng, đơn vị và khắc phục kịp thời các tồn tại, hạn chế.",
        )],
        fields: of(|line| line.level == Level::Field),
        totals: totals(),
        not_full: of(|line| line.level == Level::Item && matches!(line.score, Score::Points(points) if points < line.max)),
        not_applicable: of(|line| line.score == Score::NotApplicable),
        after: vec![section(
            "Kiến nghị, đề xuất",
            "Proposals",
            "Đề nghị Tổ công tác hướng dẫn thêm về tài liệu kiểm chứng của tháng 12.",
        )],
        lines: lines.iter().take(40).cloned().collect(),
    };
    assessment::report(&input, lang)
}

pub(super) fn notice(round: Round, lang: Lang) -> Letter {
    let compare = |line: &assessment::Line| {
        let lowered = match line.score {
            Score::Points(points) => Score::Points(points / Decimal::TWO),
            other => other,
        };
        appraisal::Compared {
            code: line.code.clone(),
            title: line.title.clone(),
            level: line.level,
            max: line.max,
            claimed: line.score,
            round1: lowered,
            round2: line.score,
            reason: "Tài liệu kiểm chứng chưa thể hiện ngày ban hành.".into(),
            explanation: "Đã bổ sung bản ký số ngày 30/11/2023.".into(),
        }
    };
    let lines: Vec<_> = lines().iter().map(compare).collect();
    let claimed = totals().swap_remove(0);
    let sums = vec![appraisal::Sums {
        claimed,
        round1: Score::Points(Decimal::new(5_573, 2)),
        round2: Score::Points(Decimal::new(60_125, 3)),
    }];
    let input = appraisal::Notice {
        paper: paper_of(
            "Tổ công tác giúp việc Hội đồng thẩm định",
            "Working group of the Appraisal Council",
            "TB-TCT",
            date(2023, 12, 15),
        ),
        agency: department(),
        round,
        fields: lines.iter().filter(|line| line.level == Level::Field).cloned().collect(),
        sums,
        differing: lines.iter().filter(|line| line.level == Level::Item).take(9).cloned().collect(),
        lines: lines.iter().take(40).cloned().collect(),
        explain_by: (round == Round::First).then(|| date(2024, 1, 6)),
        contact: both("Sở Nội vụ (Phòng Cải cách hành chính)", "the Department of Home Affairs"),
    };
    appraisal::notice(&input, lang)
}

pub(super) fn request(lang: Lang) -> Letter {
    let items = lines().into_iter().filter(|line| line.level == Level::Item).take(6);
    let question = |line: assessment::Line| appraisal::Question {
        code: line.code,
        title: line.title,
        claimed: line.score,
        appraised: Score::Points(Decimal::new(25, 2)),
        question: "Đề nghị làm rõ số nhiệm vụ hoàn thành đúng hạn; bổ sung bảng đối chiếu.".into(),
    };
    let input = appraisal::Request {
        paper: Paper {
            number: "128".into(),
            ..paper_of(
                "Tổ công tác giúp việc Hội đồng thẩm định",
                "Working group of the Appraisal Council",
                "TCT",
                date(2023, 12, 15),
            )
        },
        agency: department(),
        items: items.map(question).collect(),
        explain_by: date(2024, 1, 6),
        contact: both("Sở Nội vụ", "the Department of Home Affairs"),
    };
    appraisal::request(&input, lang)
}

pub(super) fn minutes(lang: Lang) -> Letter {
    use council::{AgencyRow, Attendance, BlockResults, Member, Minutes, Question, Quorum, Recusal};
    let names = ["Đỗ Văn Thử Nghiệm", "Ngô Thị Thử Nghiệm", "Lê Quỳnh Mẫu", "Vũ Hữu Ước", "Bùi Thị Giả Định"];
    let attend = |at: usize| match at {
        3 => Attendance::InWriting,
        4 => Attendance::Absent("đi công tác".into()),
        _ => Attendance::Present,
    };
    let member = |(at, name): (usize, &&str)| Member {
        name: (*name).into(),
        position: both("Giám đốc Sở Tư pháp", "Director, Department of Justice"),
        role: if at == 0 { both("Chủ tịch Hội đồng", "Chair") } else { both("Thành viên", "Member") },
        attendance: attend(at),
    };
    let row = |at: u32| AgencyRow {
        rank: (at < 21).then_some(at as usize),
        agency: both(&format!("Sở số {at}"), &format!("Department {at}")),
        appraisal: (at < 21).then(|| Decimal::from(70) - Decimal::new(i64::from(at) * 313, 3)),
        survey: Some(Decimal::new(27_125, 3)),
        index: (at < 21).then(|| Decimal::from(98) - Decimal::new(i64::from(at) * 313, 3)),
        band: if at < 21 { both("Tốt", "Good") } else { Text::default() },
    };
    let council = |position: Text, name: &str| Signer { authority: Text::default(), position, name: name.into() };
    let input = Minutes {
        paper: Paper {
            signer: Signer {
                authority: both("TM. Hội đồng thẩm định", "For the Appraisal Council"),
                position: both("Chủ tịch", "Chair"),
                name: "Đỗ Văn Thử Nghiệm".into(),
            },
            ..paper_of("Hội đồng thẩm định", "Appraisal Council", "BB-HĐTĐ", date(2024, 1, 25))
        },
        opened: moment(8),
        closed: moment(11),
        venue: both("Phòng họp số 2, trụ sở UBND Thành phố", "Meeting room 2, seat of the City People's Committee"),
        members: names.iter().enumerate().map(member).collect(),
        secretary: council(both("Thư ký", "Secretary"), "Hoàng Văn Minh Họa"),
        recusals: vec![Recusal {
            member: "Ngô Thị Thử Nghiệm".into(),
            agency: department(),
            reason: both("Là người đứng đầu đơn vị được thẩm định", "Head of the agency appraised"),
        }],
        quorum: Quorum { needed: 3, met: true },
        questions: vec![Question {
            title: both("Thông qua kết quả thẩm định khối Sở", "Approve the result of the departments"),
            approve: 3,
            reject: 0,
            abstain: 1,
            recused: 1,
            carried: Some(true),
        }],
        decision: vec![
            "Thống nhất kết quả thẩm định như các phụ lục kèm theo.".into(),
            "Giao Sở Nội vụ trình UBND Thành phố công bố.".into(),
        ],
        results: vec![
            BlockResults {
                block: both("Sở, cơ quan tương đương Sở", "Departments"), rows: (1..=22).map(row).collect()
            },
            BlockResults { block: both("UBND quận, huyện, thị xã", "Districts"), rows: (1..=30).map(row).collect() },
        ],
    };
    council::minutes(&input, lang)
}

/// Every document, with a name for its file.
pub(super) fn all(lang: Lang) -> Vec<(&'static str, Letter)> {
    vec![
        ("sheet", sheet(lang)),
        ("report", report(lang)),
        ("notice1", notice(Round::First, lang)),
        ("notice2", notice(Round::Second, lang)),
        ("request", request(lang)),
        ("minutes", minutes(lang)),
        ("codebook", crate::survey::tests::printed(paper(), lang)),
        ("survey-plan", super::survey_plan::printed(Some(2), lang)),
    ]
}
