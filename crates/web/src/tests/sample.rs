//! A small campaign: one of each thing that pages show.

use domain::workbook::{self, Table, TableRow, Tables};
use domain::{Campaign, Phase};

/// The sheets: a name, the columns, the rows; cells are parted by `|`.
const SHEETS: &str = "
campaign
key|value
code|mau-2023
title|Chỉ số CCHC mẫu năm 2023
title_en|Sample PAR Index 2023
year|2023
authority|UBND Thành phố
authority_en|City People's Committee
period_start|2023-01-01
period_end|2023-12-31
phase|council
sample_criteria|yes
simulated|yes
minimum_responses|1
small_cell|5

blocks
code|title|title_en|appraisal_points|survey_points
sector|Sở, ngành|Departments|7|3

bands
block|label|label_en|from
sector|Tốt|Good|80
sector|Khá|Fair|0

agencies
code|block|name|name_en|tags|assessed|note
A|sector|Sở Ăn uống|Department of Food|||
D|sector|Sở Đê điều|Department of Dykes|||
O|sector|Sở Ô tô|Department of Cars|||
M|sector|Sở Muộn|Department of Delay|||
X|sector|Ban Chưa đánh giá|Board Not Assessed||no|Mới thành lập <b>

criteria
block|code|parent|kind|title|title_en|max_points|rule|applies_to|guidance|evidence|appraising_body
sector|1||field|Chỉ đạo|Direction|6|||||
sector|1.1|1|criterion|Kế hoạch|The plan|4|||||
sector|1.1.1|1.1|component|Ban hành kế hoạch|Issuing the plan|1|choice||Ban hành đúng hạn được 1 điểm|Kế hoạch có ký số|Sở Nội vụ
sector|1.1.2|1.1|component|Thực hiện kế hoạch|Carrying out the plan|3|proportion|optional|||
sector|1.2|1|criterion|Mức hài lòng|Satisfaction|2|external||||
sector|2||field|Tác động|Impact|4|||||
sector|2.1|2|criterion|Đánh giá của người dân|What citizens say|3|survey||||
sector|2.2|2|criterion|Chấp hành|Compliance|1|choice|optional|||
sector|B||bonus|Điểm thưởng|Bonus|0.5|||||
sector|B.1|B|criterion|Sáng kiến|Initiatives|0.5|choice||||

inputs
block|item|name|label|label_en|type
sector|1.1.1|level|Mức độ|Level|choice
sector|1.1.2|done|Số nhiệm vụ đã xong|Tasks done|integer
sector|1.1.2|total|Tổng số nhiệm vụ|All tasks|integer
sector|2.2|level|Mức độ|Level|choice
sector|B.1|level|Sáng kiến|Initiative|choice

levels
block|item|level|label|label_en|points
sector|1.1.1|yes|Đúng hạn|On time|1
sector|1.1.1|no|Không|No|0
sector|2.2|yes|Tốt|Good|1
sector|2.2|no|Chưa tốt|Not good|0
sector|B.1|yes|Có|Yes|0.5
sector|B.1|no|Không|No|0

groups
block|code|title|title_en|weight
sector|people|Người dân|Citizens|2
sector|firms|Doanh nghiệp|Businesses|1

forms
code|block|group|title
F1|sector|people|Phiếu người dân
F2|sector|firms|Phiếu doanh nghiệp

questions
form|name|type|label|label_en|item
F1|q1|select_one good|Ông/bà có hài lòng không?|Are you content?|2.1
F2|q1|select_one good|Doanh nghiệp có hài lòng không?|Is your business content?|2.1

sample
agency|form|population|planned|reason
A|F1|200|134|
A|F2|40|37|

choices
list|name|label|points
good|yes|Có|100
good|no|Không|0
good|dont_know|Không biết|

tasks
code|section|section_en|title|title_en|product|owner|start|due|due_text|status|done_on
1|Chuẩn bị|Preparation|Lập Hội đồng|Set up the council|Quyết định|Sở Nội vụ|2023-10-05|2023-10-20|Tháng 10/2023|done|2023-10-19
2|Chuẩn bị|Preparation|Lập Tổ công tác|Set up the working group||Sở Nội vụ|2023-10-05|2023-10-20||done|2023-10-25
3|Công bố|Publication|Báo cáo phân tích|Write the report|Báo cáo|Tổ công tác|2023-11-01|2023-12-30||in_progress|
4|Công bố|Publication|Hội nghị công bố|Hold the conference|Hội nghị|Sở Nội vụ|2024-02-01|2024-02-10||planned|

people
code|name|role|agency|fields
standing|Người thường trực|standing_body||
officer|Cán bộ A|officer|A|
head|Thủ trưởng A|head|A|
appraiser|Người thẩm định|appraiser|D|sector:1
council|Ủy viên|council|D|
survey|Người khảo sát|survey_officer||
monitor|Người giám sát|monitor||
finance|Người tài chính|finance||
operator|Người vận hành|operator||

claims
agency|item|stream|input|value|score|applicable|remark
A|1.1.1|self|level|yes|||
A|1.1.2|self|done|9|||
A|1.1.2|self|total|10|||
A|1.1.2|appraisal1|done|8|||Một nhiệm vụ chưa xong <script>
A|2.2|self|level|yes|||
A|2.2|final||||no|Không phát sinh
A|B.1|self|level|yes|||
D|1.1.1|self|level|yes|||
D|1.1.2|self||||no|Không có kế hoạch riêng
D|2.2|self|level|yes|||
O|1.1.1|self|level|no|||
O|1.1.2|self|done|10|||
O|1.1.2|self|total|10|||
O|2.2|self|level|no|||
O|2.2|final|||0.5||Hội đồng ấn định
M|1.1.1|self|level|yes|||

tallies
agency|form|question|choice|count
A|F1|q1|yes|40
A|F1|q1|no|10
A|F2|q1|yes|3
A|F2|q1|no|1
D|F1|q1|yes|50
D|F2|q1|yes|20
O|F1|q1|yes|30
O|F1|q1|no|30
O|F2|q1|no|20
M|F1|q1|yes|9
M|F2|q1|yes|9

external
agency|item|value|n|source
A|1.2|85.5|300|SIPAS
D|1.2|95|300|SIPAS
O|1.2|75|300|SIPAS
M|1.2|80|300|SIPAS
";

/// The campaign in a phase.
pub(crate) fn campaign(phase: Phase) -> Campaign {
    let text = SHEETS.replace("phase|council", &format!("phase|{}", phase.word()));
    let tables = text.trim().split("\n\n").map(table).collect();
    workbook::read(&Tables(tables)).unwrap_or_else(|problems| panic!("{problems:#?}"))
}

fn table(text: &str) -> Table {
    let mut lines = text.trim().lines();
    let name = lines.next().unwrap().to_owned();
    let cells = |line: &str| line.split('|').map(str::to_owned).collect::<Vec<_>>();
    let columns = cells(lines.next().unwrap());
    Table { name, columns, rows: lines.zip(2..).map(|(line, number)| TableRow { number, cells: cells(line) }).collect() }
}
