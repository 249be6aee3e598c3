//! A whole campaign of two blocks with every sheet and every rule, and a small language for spoiling it.

use domain::Campaign;
use domain::workbook::{Table, TableRow, Tables, read};
use scoring::Lang;

/// Sheets begin with `#`; cells stand between `|`.
const WORKBOOK: &str = "
# campaign
key | value
code | sample-2023
title | Kỳ đánh giá mẫu
year | 2023
authority | UBND Thành phố
period_start | 2023-01-01
period_end | 31/12/2023
tiebreakers | appraisal, field:1
decimals | 2
timezone | Asia/Ho_Chi_Minh
minimum_responses | 3

# blocks
code | title | title_en | appraisal_points | survey_points
d | Sở | Departments | 14 | 6
q | Quận | | 1 | 0

# bands
block | label | from | inclusive
d | Tốt | 90 |
d | Khá | 80 | no
d | Kém | 0 |

# agencies
code | block | name | tags | valid_from | valid_to | successor | assessed | org_code
A | d | Sở A | sub old | | | | | H26.1
B | d | Sở B | | 2020-01-01 | 2030-01-01 | A | |
C | d | Hòa Lạc | | | | | no |
Q | q | Quận Q | | | | | có |

# criteria
block | code | parent | kind | title | max_points | half | rule | parameter | formula | applies_to
d | 1 | | field | Lĩnh vực 1 | 12 | | | | |
d | 1.1 | 1 | criterion | Tiêu chí 1.1 | 6 | | | | |
d | 1.1.1 | 1.1 | component | Mức | 1 | | choice | | |
d | 1.1.2 | 1.1 | component | Văn bản | 2 | | count | 0.5 | |
d | 1.1.3 | 1.1 | component | Tỷ lệ | 1 | | proportion | | | optional
d | 1.1.4 | 1.1 | component | Trực tuyến | 1 | | saturating | 80 | |
d | 1.1.5 | 1.1 | component | Tối thiểu | 1 | | floor | 50 | |
d | 1.2 | 1 | criterion | Tiêu chí 1.2 | 6 | | | | |
d | 1.2.1 | 1.2 | component | Khoảng | 1 | | banded | | |
d | 1.2.2 | 1.2 | component | Chậm | 1 | | deduction | 0.25 | |
d | 1.2.3 | 1.2 | component | Vi phạm | 1 | | deduction | | |
d | 1.2.4 | 1.2 | component | Trung bình | 1 | | average | | |
d | 1.2.5 | 1.2 | component | So sánh | 1 | | relative | | |
d | 1.2.6 | 1.2 | component | Công thức | 1 | | formula | | total == 0 ? max_points : min(max_points, max_points * done / total) | all
d | 2 | | field | Lĩnh vực 2 | 8 | | | | |
d | 2.1 | 2 | criterion | Điều tra | 6 | | survey | | |
d | 2.2 | 2 | criterion | SIPAS | 2 | appraisal | external | 100 | |
d | B | | bonus | Thưởng | 1 | | | | |
d | B.1 | B | criterion | Sáng kiến | 1.5 | | count | 0.5 | | tag:sub
d | P | | penalty | Phạt | 1 | | | | |
d | P.1 | P | criterion | Chậm báo cáo | 1 | | count | 1 | | not:new
q | 1 | | field | Lĩnh vực 1 | 1 | | | | |
q | 1.1 | 1 | criterion | Tỷ lệ | 1 | | proportion | | |

# inputs
block | item | name | label | type | min | max
d | 1.1.1 | level | Mức | choice | |
d | 1.1.2 | count | Số văn bản | integer | | 50
d | 1.1.3 | done | Đã xong | integer | |
d | 1.1.3 | total | Tổng số | integer | |
d | 1.1.4 | done | Đã xong | integer | |
d | 1.1.4 | total | Tổng số | integer | |
d | 1.1.5 | done | Đã xong | integer | |
d | 1.1.5 | total | Tổng số | integer | |
d | 1.2.1 | done | Đã xong | integer | |
d | 1.2.1 | total | Tổng số | integer | |
d | 1.2.2 | violations | Số lần | integer | |
d | 1.2.3 | minor | Nhẹ | integer | |
d | 1.2.3 | serious | Nặng | integer | |
d | 1.2.4 | done_1 | Đã xong | integer | |
d | 1.2.4 | total_1 | Tổng số | integer | |
d | 1.2.4 | done_2 | Đã xong | integer | |
d | 1.2.4 | total_2 | Tổng số | integer | |
d | 1.2.5 | value | Giá trị | number | |
d | 1.2.6 | done | Đã xong | percent | |
d | 1.2.6 | total | Tổng số | number | 0 | 1000.5
d | B.1 | count | Số sáng kiến | integer | |
d | P.1 | count | Số lần | integer | |
q | 1.1 | done | Đã xong | integer | |
q | 1.1 | total | Tổng số | integer | |

# levels
block | item | level | label | points | from | inclusive
d | 1.1.1 | full | Đầy đủ | 1 | |
d | 1.1.1 | part | Một phần | 0.5 | |
d | 1.1.1 | none | Không | 0 | |
d | 1.2.1 | c | Cao | 1 | 95 |
d | 1.2.1 | b | Vừa | 0.5 | 50 | no
d | 1.2.1 | a | Thấp | 0 | 0 |
d | 1.2.3 | minor | Nhẹ | 0.5 | |
d | 1.2.3 | serious | Nặng | 1 | |

# groups
block | code | title | weight | mode
d | 1 | Đại biểu | 0.6 | online
d | 2 | Người dân | 0.4 | imported

# forms
code | block | group | title
F1 | d | 1 | Phiếu đại biểu
F2 | d | 2 | Phiếu người dân

# questions
form | name | type | label | required | item | weight | order
F1 | q1 | select_one quality | Chất lượng? | yes | 2.1 | | 1
F1 | q2 | text | Góp ý | | | | 2
F2 | q1 | select_one quality | Hài lòng? | | 2.1 | 2 | 1
F1 | q3 | select_multiple channels | Kênh nào? | | | | 3

# choices
list | name | label | points | order
quality | good | Tốt | 100 | 1
quality | bad | Kém | 20 | 2
quality | dk | Không biết | | 3
channels | web | Mạng | | 1
channels | desk | Một cửa | | 2

# sample
agency | form | population | planned
A | F1 | 100 | 80

# tasks
code | title | owner | start | due | status | done_on
1 | Ban hành kế hoạch | Sở Nội vụ | 2023-10-01 | 2023-10-31 | done | 2023-10-30
2 | Báo cáo | Sở Nội vụ | 2023-11-01 | 2023-11-30 | |

# people
code | name | role | agency | fields
lan | Lan | officer | A |
nam | Nam | appraiser | | d:1 d:B

# budget
code | task | title | quantity | unit_cost
b1 | 1 | In phiếu | 100 | 5000

# claims
agency | item | stream | input | value | score | applicable | remark
A | 1.1.1 | self | level | full | | |
A | 1.1.2 | self | count | 3 | | |
A | 1.1.3 | self | | | | no |
A | 1.1.3 | appraisal1 | done | 1 | | yes | Có phát sinh
A | 1.1.3 | appraisal1 | total | 4 | | |
A | 1.1.4 | final | | | 0.5 | | Theo biên bản

# tallies
agency | form | question | choice | count
A | F1 | q1 | good | 10
A | F1 | q1 | dk | 2
A | F2 | q1 | bad | 5
A | F1 | q3 | web | 12
A | F1 | q3 | desk | 11

# external
agency | item | value | n | source
A | 2.2 | 84.5 | 300 | Báo cáo SIPAS, trang 12
";

fn cells(line: &str) -> Vec<String> {
    line.split('|').map(|cell| cell.trim().to_owned()).collect()
}

/// The sample as tables.
pub(crate) fn tables() -> Tables {
    let sheets = WORKBOOK.split("\n# ").skip(1).map(|sheet| {
        let mut lines = sheet.lines().filter(|line| !line.trim().is_empty());
        let (name, columns) = (lines.next().unwrap().trim().to_owned(), cells(lines.next().unwrap()));
        let rows = lines.zip(2..).map(|(line, number)| TableRow { number, cells: cells(line) }).collect();
        Table { name, columns, rows }
    });
    Tables(sheets.collect())
}

/// The sample as a campaign.
pub(crate) fn campaign() -> Campaign {
    read(&tables()).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

/// The sample after some changes, each written as
/// `sheet!row:column = value` · `sheet + cell | cell | …` (a row more) · `- sheet!row` · `- sheet:column` · `- sheet` ·
/// `sheet:column -> name` (a column renamed) · `++ sheet` (an empty sheet more).
pub(crate) fn changed(changes: &[&str]) -> Tables {
    let mut tables = tables();
    for change in changes {
        if let Some(place) = change.strip_prefix("- ") {
            remove(&mut tables, place);
        } else if let Some(name) = change.strip_prefix("++ ") {
            tables.0.push(Table { name: name.into(), ..Table::default() });
        } else if let Some((place, value)) =
            change.split_once(" =").filter(|(place, _)| place.contains('!') && !place.contains(' '))
        {
            let (sheet, place) = place.split_once('!').unwrap();
            let (number, column) = place.split_once(':').unwrap();
            let sheet = table(&mut tables, sheet);
            let at = column_place(sheet, column);
            let row = sheet.rows.iter_mut().find(|row| row.number.to_string() == number).unwrap();
            row.cells.resize(sheet.columns.len(), String::new());
            row.cells[at] = value.trim().into();
        } else if let Some((sheet, row)) = change.split_once(" + ") {
            let sheet = table(&mut tables, sheet);
            let number = sheet.rows.last().map_or(2, |row| row.number + 1);
            sheet.rows.push(TableRow { number, cells: cells(row) });
        } else {
            let (place, name) = change.split_once(" -> ").unwrap();
            let (sheet, column) = place.split_once(':').unwrap();
            let sheet = table(&mut tables, sheet);
            let at = column_place(sheet, column);
            sheet.columns[at] = name.into();
        }
    }
    tables
}

fn remove(tables: &mut Tables, place: &str) {
    if let Some((sheet, row)) = place.split_once('!') {
        table(tables, sheet).rows.retain(|known| known.number.to_string() != row);
    } else if let Some((sheet, column)) = place.split_once(':') {
        let sheet = table(tables, sheet);
        let at = column_place(sheet, column);
        sheet.columns.remove(at);
        for row in &mut sheet.rows {
            row.cells.remove(at);
        }
    } else {
        tables.0.retain(|table| table.name != place);
    }
}

fn table<'t>(tables: &'t mut Tables, name: &str) -> &'t mut Table {
    tables.0.iter_mut().find(|table| table.name == name).unwrap_or_else(|| panic!("{name}"))
}

fn column_place(table: &Table, column: &str) -> usize {
    table.columns.iter().position(|known| known == column).unwrap_or_else(|| panic!("{column}"))
}

/// What is wrong with the sample after these changes, line by line.
pub(crate) fn problems_in(lang: Lang, changes: &[&str]) -> Vec<String> {
    read(&changed(changes)).err().unwrap_or_default().iter().map(|problem| problem.say(lang)).collect()
}

/// These changes lead to exactly these problems, no fewer and no more.
#[track_caller]
pub(crate) fn refused(changes: &[&str], lines: &[&str]) {
    assert_eq!(problems_in(Lang::En, changes), lines);
    assert_eq!(problems_in(Lang::Vi, changes).len(), lines.len());
}

/// These changes are nothing wrong.
#[track_caller]
pub(crate) fn accepted(changes: &[&str]) -> Campaign {
    read(&changed(changes))
        .unwrap_or_else(|problems| panic!("{:#?}", problems.iter().map(ToString::to_string).collect::<Vec<_>>()))
}
