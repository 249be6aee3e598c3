//! What we write is accepted by pyxform, what people write for pyxform is read, and what is not supported is named.

use super::{Found, place, read, write};
use crate::python::python;
use crate::workbook::{Marks, read_xlsx};
use domain::survey::replacement::Replacement;
use domain::workbook::{Problem, Table, TableRow, Tables};
use domain::{Campaign, Code};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

/// The campaign of the repository, without what is claimed and counted.
fn hanoi() -> Campaign {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../campaigns/hanoi-2023");
    let mut tables = crate::workbook::read(&folder).unwrap();
    tables.0.iter_mut().filter(|table| ["claims", "tallies"].contains(&table.name.as_str())).for_each(|table| table.rows.clear());
    domain::workbook::read(&tables).unwrap()
}

/// Runs Python over what it is given, and gives what it prints.
fn run(script: &str, input: &str, folder: &Path) -> String {
    let mut child = Command::new(python())
        .args(["-c", script])
        .env("PYTHONIOENCODING", "utf-8")
        .current_dir(folder)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let said = child.wait_with_output().unwrap();
    assert!(said.status.success(), "Python ended with {}", said.status);
    String::from_utf8(said.stdout).unwrap()
}

/// Converts each file and says what became of it.
const CONVERT: &str = "
import json, sys
from pyxform.xls2xform import convert
said = {}
for name in json.load(sys.stdin):
    form = convert(name, validate=False)
    said[name] = {'warnings': form.warnings, 'xform': form.xform}
print(json.dumps(said))
";

#[test]
fn pyxform_accepts_every_form_of_the_campaign() {
    let campaign = hanoi();
    let folder = tempfile::tempdir().unwrap();
    let mut names = Vec::new();
    for form in &campaign.forms {
        let bytes = write(form, &campaign.questions, &campaign.choices, "1", Marks::of(&campaign.settings)).unwrap();
        let name = format!("{}.xlsx", form.code);
        std::fs::write(folder.path().join(&name), bytes).unwrap();
        names.push(name);
    }
    assert_eq!(names.len(), 10);
    let said = run(CONVERT, &serde_json::to_string(&names).unwrap(), folder.path());
    let said: serde_json::Value = serde_json::from_str(&said).unwrap();
    for (form, name) in campaign.forms.iter().zip(&names) {
        assert_eq!(said[name]["warnings"], serde_json::json!([]), "{name}");
        let xform = said[name]["xform"].as_str().unwrap();
        assert!(xform.contains(&format!("id=\"{}\" version=\"1\"", form.code)), "{name}");
        assert!(xform.contains("<translation lang=\"Tiếng Việt (vi)\" default=\"true()\">"), "{name}");
        assert!(xform.contains("<translation lang=\"English (en)\">"), "{name}");
        let questions = campaign.questions.iter().filter(|question| question.form == form.code);
        for question in questions.filter(|question| question.kind != "end_group") {
            assert!(xform.contains(&format!("/{}:label\"", question.name)), "{name}: {}", question.name);
        }
        assert_eq!(xform.contains("relevant="), ["4", "5"].contains(&form.group.as_str()), "{name}");
    }
}

#[test]
fn what_we_write_comes_back_equal() {
    let campaign = hanoi();
    for form in &campaign.forms {
        let bytes = write(form, &campaign.questions, &campaign.choices, "1", Marks::default()).unwrap();
        assert_eq!(bytes, write(form, &campaign.questions, &campaign.choices, "1", Marks::default()).unwrap());
        let found = read(&read_xlsx(&bytes).unwrap()).unwrap();
        assert_eq!(found.ignored, []);
        let replacement = replaced(&campaign, &form.code, &found).unwrap();
        assert_eq!(replacement.differences(&campaign), [], "{}", form.code);
        let mut again = campaign.clone();
        replacement.apply(&mut again);
        // Only the figures that give the order may differ.
        let bare = |campaign: &Campaign| write(form, &campaign.questions, &campaign.choices, "1", Marks::default()).unwrap();
        assert_eq!(bare(&again), bare(&campaign));
        assert!(domain::workbook::read(&domain::workbook::write(&again)).is_ok());
    }
}

fn replaced(campaign: &Campaign, code: &Code, found: &Found) -> Result<Replacement, Vec<Problem>> {
    Replacement::read(campaign, code, &found.form, &found.questions, &found.choices)
}

/// The sheets of a workbook: each begins with `# name`; cells are parted by `|`.
fn sheets(text: &str) -> Tables {
    let sheets = text.split("\n# ").filter(|sheet| !sheet.trim().is_empty()).map(|sheet| {
        let mut lines = sheet.lines();
        let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect::<Vec<_>>();
        let (name, columns) = (lines.next().unwrap().trim().to_owned(), cells(lines.next().unwrap()));
        let rows = lines.zip(2..).filter(|(line, _)| !line.trim().is_empty());
        let rows = rows.map(|(line, number)| TableRow { number, cells: cells(line) }).collect();
        Table { name, columns, rows }
    });
    Tables(sheets.collect())
}

/// A form as people write it for pyxform: other spellings of types and columns, an unnamed note, one language without its name,
/// curly quotation marks, remarks and colours of phones.
const BY_HAND: &str = "
# survey
type | name | label | label::English (en) | hint | required | relevance | constraint | constraint_message | appearance | item | ghi chú
start | bat_dau | | | | | | | | | |
note | intro | Phiếu khuyết danh. | The form is anonymous. | | | | | | | |
begin group | chung | Thông tin chung | General | | | | | | | |
select one from yn | biet | Ông/Bà có biết không? | Do you know? | Chọn một | TRUE | | | | minimal | | xem lại
select all that apply from nguon | nguon | Từ nguồn nào? | | | no | ${biet} = ‘co’ | count-selected(.) <= 2 | Nhiều nhất 2 | | |
int | lan | Mấy lần? | | | false() | selected(${nguon}, \"bao\") | . > 0 and . < 100 | Từ 1 | numbers | |
end group | | | | | | | | | | |
note | | Cảm ơn! | Thank you! | | | | | | | |
| | | | | | | | | | | một dòng ghi chú
select_one yn | hai_long | Hài lòng? | | | yes | | | | | 1.6.1 |

# choices
list name | name | label | label::English (en) | points | image
yn | co | Có | Yes | 100 |
yn | khong | Không | No | 0 |
nguon | bao | Báo | | |
nguon | dai | Đài | | |

# settings
form_title | form_id | default_language | style
Phiếu viết tay | viet_tay | vi | pages
";

/// Makes a workbook of sheets with another program than ours, and lets pyxform convert it.
const MAKE: &str = "
import json, sys
import openpyxl
from pyxform.xls2xform import convert
book = openpyxl.Workbook()
book.remove(book.active)
for sheet in json.load(sys.stdin):
    page = book.create_sheet(sheet['name'])
    for row in sheet['rows']:
        page.append([cell or None for cell in row])
book.save('made.xlsx')
print(convert('made.xlsx', validate=False).xform)
";

#[test]
fn a_form_written_by_hand_for_pyxform_is_read() {
    let folder = tempfile::tempdir().unwrap();
    let tables = sheets(BY_HAND);
    let rows = |table: &Table| {
        let rows = table.rows.iter().map(|row| row.cells.clone());
        std::iter::once(table.columns.clone()).chain(rows).collect::<Vec<_>>()
    };
    let input: Vec<_> = tables.0.iter().map(|table| serde_json::json!({"name": table.name, "rows": rows(table)})).collect();
    let xform = run(MAKE, &serde_json::to_string(&input).unwrap(), folder.path());
    assert!(xform.contains("<h:title>Phiếu viết tay</h:title>"), "pyxform accepts it");

    let found = read(&read_xlsx(&std::fs::read(folder.path().join("made.xlsx")).unwrap()).unwrap()).unwrap();
    let form = |column: &str| found.form.get(column).map(String::as_str);
    assert_eq!([form("code"), form("title")], [Some("viet_tay"), Some("Phiếu viết tay")]);
    assert_eq!([form("intro"), form("intro_en")], [Some("Phiếu khuyết danh."), Some("The form is anonymous.")]);
    let lines: Vec<String> = found.questions.rows.iter().map(|row| row.cells.join("|")).collect();
    assert_eq!(
        lines,
        [
            "chung|begin_group|Thông tin chung|General|||||||",
            "biet|select_one yn|Ông/Bà có biết không?|Do you know?|Chọn một||yes||||",
            "nguon|select_multiple nguon|Từ nguồn nào?||||no|${biet} = 'co'|count-selected(.) <= 2||",
            "lan|integer|Mấy lần?||||no|selected(${nguon}, \"bao\")|. > 0 and . < 100||",
            "chung_end|end_group|Thông tin chung|General|||||||",
            "note_9|note|Cảm ơn!|Thank you!|||||||",
            "hai_long|select_one yn|Hài lòng?||||yes|||1.6.1|",
        ]
    );
    let ignored: Vec<String> = found.ignored.iter().map(ToString::to_string).collect();
    assert_eq!(
        ignored,
        [
            "settings!2:style a setting that is not kept — passed over; the form means the same",
            "survey!1:constraint_message a column that is not kept — passed over; the form means the same",
            "survey!1:ghi chú a column that is not kept — passed over; the form means the same",
            "survey!2:type start: times and devices of respondents are never recorded — passed over; the form means the same",
            "survey!5:appearance a matter of layout — passed over; the form means the same",
            "survey!7:appearance a matter of layout — passed over; the form means the same",
        ]
    );

    // It takes the place of a form of the campaign and stays the same when it is written and read again.
    let mut campaign = hanoi();
    let code = Code::new("H1-2023").unwrap();
    let replacement = replaced(&campaign, &code, &found).unwrap();
    replacement.apply(&mut campaign);
    let form = &replacement.form;
    assert_eq!((form.title.as_str(), form.group.as_str()), ("Phiếu viết tay", "1"));
    let again = write(form, &campaign.questions, &campaign.choices, "2", Marks::default()).unwrap();
    let again = read(&read_xlsx(&again).unwrap()).unwrap();
    assert_eq!(replaced(&campaign, &code, &again).unwrap(), replacement);
    assert_eq!(replacement.differences(&campaign), []);
}

/// What is wrong with a file: its own problems, or those it would bring into the campaign, in the file's own places.
fn problems(text: &str) -> Vec<String> {
    let there = |problem: Problem| {
        let at = place(&problem.sheet, &problem.column);
        at.map_or(problem.clone(), |(sheet, column)| Problem::at(sheet, problem.row, &column, problem.fault)).to_string()
    };
    let campaign = hanoi();
    let code = Code::new("H1-2023").unwrap();
    let found = read(&sheets(text)).and_then(|found| replaced(&campaign, &code, &found));
    found.err().unwrap_or_default().into_iter().map(there).collect()
}

#[test]
fn what_is_not_supported_is_refused_with_its_place() {
    let see = "see what is supported in docs/forms.md";
    assert_eq!(
        problems(
            "
# survey
type | name | label | calculation | media::image | required | bind::relevant | appearance | parameters
calculate | tong | | 1 + 1 | | | | |
begin_repeat | lap | Lặp | | | | | |
select_one yn or_other | khac | Khác | | | | | |
geopoint | vi_tri | Ở đâu? | | | | | |
text | anh | Xem ảnh | | anh.png | ${khac} = 'x' | | |
text | ky | Ký | | | | true() | signature | start=1
 | khong_loai | Câu | | | | | |
text | anh | Lần nữa | | | | | |

# choices
list_name | name | label
yn | co | Có
yn | co | Vẫn có

# external_choices
list_name | name
x | y
"
        ),
        [
            format!("external_choices “external_choices” is not supported — {see}"),
            format!("survey!2:calculation “calculation” is not supported — {see}"),
            format!("survey!2:type “calculate” is not supported — {see}"),
            format!("survey!3:type “begin_repeat” is not supported — {see}"),
            format!("survey!4:type “or_other” is not supported — {see}"),
            format!("survey!5:type “geopoint” is not supported — {see}"),
            format!("survey!6:media::image “media::image” is not supported — {see}"),
            "survey!6:required required takes yes or no, no expression — yes; when to ask is said by relevant".into(),
            format!("survey!7:bind::relevant “bind::relevant” is not supported — {see}"),
            format!("survey!7:appearance “signature” is not supported — {see}"),
            format!("survey!7:parameters “parameters” is not supported — {see}"),
            "survey!8:type is empty — give a type, such as select_one LIST".into(),
            "survey!9:name repeats the name of row 6 — one row for each name".into(),
            "choices!3:name repeats the name of row 2 — one row for each name".into(),
        ]
    );
    assert_eq!(
        problems("\n# settings\nform_title\nA\n"),
        ["survey the file has no sheet survey — an XLSForm has the sheets survey, choices, settings"]
    );
    assert_eq!(
        problems("\n# survey\nname | label | label::vi | label::English\na | b | c | d\n"),
        ["survey!1:type column is missing — add the column type"]
    );
}

/// The checks of a workbook speak of the file's places.
#[test]
fn what_a_campaign_refuses_is_refused_with_the_files_place() {
    assert_eq!(
        problems(
            "
# survey
type | name | label::vi | label::English (en) | relevant | item | weight
select_one yn | a | | A? | | 1.6.1 | x
text | 2b | B | B | ${c} = 'x' | |
select_one agree4 | c | C | ${a} | | 9.9 |
select_one yesno | d | D | D | | |
begin_group | g | G | G | | |

# choices
list_name | name | label::vi | points
yn | co | Có | 100
agree4 | co | Có | 100
"
        ),
        [
            "survey!5:type the file has no list “yesno” — add it to the sheet choices",
            "choices!3:list_name the list “agree4” is also used by H2-2023, H3-2023, H4-2023, H5-2023, S1-2023, S2-2023, S3-2023, \
             S4-2023, S5-2023 and differs there — give this list another name",
            "survey!2:label::Tiếng Việt (vi) is empty — fill in label",
            "survey!2:weight “x” is not a number — digits with a decimal point, such as 0.25",
            "survey!3:name the name “2b” does not begin with a letter or _ — such as q2b",
            "survey!3:relevant “c” does not stand before this line — the name of an earlier question of H1-2023",
            "survey!4:item there is no “9.9” — a code of the sheet criteria",
            "survey!4:label::English (en) answers cannot be put into texts — remove ${…}",
        ]
    );
}
