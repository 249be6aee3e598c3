//! A form on paper, to be filled in with a pen: one sheet, or many with running serial numbers.

use crate::letter::PrintError;
use crate::slips::svg;
use chrono::NaiveDate;
use domain::survey::form::{Form, Kind};
use domain::survey::outline::outline;
use scoring::{Lang, Text};
use serde::Serialize;
use std::ops::RangeInclusive;

/// Most sheets that are set at once.
pub const MOST_SHEETS: u32 = 200;

/// What stands on each sheet beside the form itself.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// Who asks.
    pub authority: String,
    /// The agency that is rated; none: it is written in by hand.
    pub rated: Option<String>,
    /// What must be said, such as that figures are simulated; may be empty.
    pub notice: String,
    /// The numbers of the sheets; none: one sheet without a number, a specimen.
    pub serials: Option<RangeInclusive<u32>>,
}

#[derive(Serialize)]
struct Data {
    authority: String,
    nation: [String; 2],
    notice: String,
    code_label: String,
    code: String,
    number_label: String,
    title: String,
    intro: String,
    rated_label: String,
    rated: String,
    how: String,
    lines: Vec<Line>,
    thanks: String,
    sheets: Vec<Numbered>,
}

#[derive(Serialize)]
struct Numbered {
    number: String,
    qr: String,
}

#[derive(Serialize)]
struct Line {
    kind: &'static str,
    number: String,
    label: String,
    hint: String,
    choices: Vec<String>,
}

/// The form as PDF. The QR code of a sheet holds the form's code and the sheet's number, and nothing else.
///
/// # Errors
/// [`PrintError`].
pub fn print(form: &Form, sheet: &Sheet, lang: Lang, date: NaiveDate) -> Result<Vec<u8>, PrintError> {
    let say = |vi: &str, en: &str| Text::new(vi, en).get(lang).to_owned();
    let numbers: Vec<String> = match &sheet.serials {
        None => vec![say("MẪU", "SPECIMEN")],
        Some(serials) => serials.clone().take(MOST_SHEETS as usize).map(|serial| format!("{serial:05}")).collect(),
    };
    let lines = outline(form).into_iter().filter(|line| line.question.kind != Kind::EndGroup).map(|line| {
        let question = line.question;
        let (kind, hint) = match &question.kind {
            Kind::One(_) => ("one", say("chọn một", "tick one")),
            Kind::Many(_) => ("many", say("chọn một hoặc nhiều", "tick all that apply")),
            Kind::Integer => ("number", say("ghi số", "write a number")),
            Kind::Text => ("text", String::new()),
            Kind::BeginGroup => ("group", String::new()),
            Kind::Note | Kind::EndGroup => ("note", String::new()),
        };
        let when = line.when.map(|when| {
            let when = when.get(lang).to_owned();
            match lang {
                Lang::Vi => format!("chỉ trả lời nếu {when}"),
                Lang::En => format!("answer only if {when}"),
            }
        });
        let help = question.hint.as_ref().map(|hint| hint.get(lang).to_owned());
        let hints: Vec<String> = when.into_iter().chain(help).chain([hint]).filter(|hint| !hint.is_empty()).collect();
        Line {
            kind,
            number: line.number.map(|number| number.to_string()).unwrap_or_default(),
            label: question.label.get(lang).to_owned(),
            hint: hints.join("; "),
            choices: question.choices().iter().map(|choice| choice.label.get(lang).to_owned()).collect(),
        }
    });
    let picture = |number: &String| svg(&format!("{} {number}", form.code)).unwrap_or_default();
    let data = Data {
        authority: sheet.authority.clone(),
        nation: [
            say("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "SOCIALIST REPUBLIC OF VIET NAM"),
            say("Độc lập - Tự do - Hạnh phúc", "Independence - Freedom - Happiness"),
        ],
        notice: sheet.notice.clone(),
        code_label: say("Mã phiếu", "Form"),
        code: form.code.to_string(),
        number_label: say("Số", "No."),
        title: form.title.get(lang).to_owned(),
        intro: form.intro.as_ref().map(|intro| intro.get(lang).to_owned()).unwrap_or_default(),
        rated_label: say("Đơn vị được đánh giá", "Agency that is rated"),
        rated: sheet.rated.clone().unwrap_or_default(),
        how: say(
            "Đánh dấu X vào ô chọn. Nếu chọn nhầm, khoanh tròn ô đã đánh dấu rồi đánh dấu ô khác. Không ghi họ tên vào phiếu.",
            "Put an X into the box you choose. If you err, circle that box and mark another. Do not write your name on the form.",
        ),
        lines: lines.collect(),
        thanks: say("Xin trân trọng cảm ơn!", "Thank you very much!"),
        sheets: numbers.iter().map(|number| Numbered { number: number.clone(), qr: picture(number) }).collect(),
    };
    typeset(&data, lang, date)
}

#[cfg(feature = "pdf")]
fn typeset(sheet: &Data, lang: Lang, date: NaiveDate) -> Result<Vec<u8>, PrintError> {
    use chrono::Datelike;

    let lang = if lang == Lang::Vi { "vi" } else { "en" };
    let sheet = serde_json::to_value(sheet).map_err(|error| PrintError::Typesetter { detail: error.to_string() })?;
    let date = [i64::from(date.year()), date.month().into(), date.day().into()];
    crate::letter::pdf::sheet(include_str!("form.typ"), serde_json::json!({ "lang": lang, "date": date, "sheet": sheet }))
}

#[cfg(not(feature = "pdf"))]
fn typeset(_: &Data, _: Lang, _: NaiveDate) -> Result<Vec<u8>, PrintError> {
    Err(PrintError::Typesetter { detail: "this program was built without PDF".into() })
}

#[cfg(all(test, feature = "pdf"))]
#[expect(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use domain::Code;
    use domain::survey::expression::Expression;
    use domain::survey::form::{Choice, Question};

    fn question(name: &str, kind: Kind, relevant: Option<&str>) -> Question {
        Question {
            name: Code::new(name).unwrap(),
            kind,
            label: Text::new(format!("Câu hỏi {name}?"), format!("Question {name}?")),
            hint: Some(Text::new("Gợi ý", "Help")),
            required: true,
            item: None,
            relevant: relevant.map(|source| Expression::parse(source).unwrap()),
            constraint: None,
        }
    }

    #[test]
    fn each_number_gets_a_sheet_of_its_own_in_both_languages() {
        let yes = Choice { name: Code::new("co").unwrap(), label: Text::new("Có", "Yes"), points: None };
        let code = |text| Code::new(text).unwrap();
        let form = Form {
            code: code("H1-2023"),
            block: code("district"),
            group: code("1"),
            title: Text::new("Phiếu điều tra", "Survey form"),
            intro: Some(Text::new("Phiếu khuyết danh.", "The form is anonymous.")),
            questions: vec![
                question("loi_chao", Kind::Note, None),
                question("phan_a", Kind::BeginGroup, None),
                question("biet", Kind::One(vec![yes.clone()]), None),
                question("nguon", Kind::Many(vec![yes]), Some("${biet} = 'co'")),
                question("het_a", Kind::EndGroup, None),
                question("lan", Kind::Integer, None),
                question("gop_y", Kind::Text, None),
            ],
        };
        let date = NaiveDate::from_ymd_opt(2023, 10, 5).unwrap();
        let sheet = |serials| Sheet { authority: "UBND".into(), rated: None, notice: String::new(), serials };
        for lang in [Lang::Vi, Lang::En] {
            let pages = |serials| {
                let bytes = print(&form, &sheet(serials), lang, date).unwrap();
                lopdf::Document::load_mem(&bytes).unwrap().get_pages().len()
            };
            assert_eq!((pages(None), pages(Some(7..=9))), (1, 3));
        }
        let most = Some(1..=u32::MAX);
        let bytes = print(&form, &Sheet { rated: Some("Sở A".into()), ..sheet(most) }, Lang::Vi, date).unwrap();
        assert_eq!(lopdf::Document::load_mem(&bytes).unwrap().get_pages().len(), MOST_SHEETS as usize);
    }
}
