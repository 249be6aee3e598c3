//! How large things are: communes, staff, dossiers, procedures of an agency, from its frame and from the label of an input.

use crate::dice::{Dice, WHOLE, share_of};
use domain::Campaign;
use domain::agencies::Agency;
use domain::criteria::InputRow;

/// The size of an agency, as far as figures should agree with one another.
pub(crate) struct Size {
    seed: u64,
    agency: String,
    communes: i64,
    divisions: i64,
    units: i64,
    managers: i64,
    staff: i64,
    dossiers: i64,
    procedures: i64,
}

impl Size {
    /// Sizes follow from the populations of the survey's groups, which the frame gives.
    pub(crate) fn of(seed: u64, campaign: &Campaign, agency: &Agency) -> Self {
        let population = |form: &str| {
            let found = campaign.sample.iter().find(|row| row.agency == agency.code && row.form.as_str().starts_with(form));
            found.and_then(|row| row.population).map_or(50, i64::from)
        };
        let is_district = agency.block.as_str() == "district";
        let letter = if is_district { "H" } else { "S" };
        let of_group = |group: u32| population(&format!("{letter}{group}-"));
        let mut dice = Dice::of(seed, &["size", agency.code.as_str()]);
        let managers = of_group(2);
        Self {
            seed,
            agency: agency.code.to_string(),
            // A commune has 2.7 chairs and vice chairs on average; that is how the frame got its population.
            communes: if is_district { (of_group(3) * 10 + 13) / 27 } else { 0 },
            divisions: if is_district { dice.between(12, 13) } else { (managers / 4).max(4) },
            units: if is_district { dice.between(60, 110) } else { dice.between(1, 9) },
            managers,
            staff: if is_district { dice.between(105, 165) } else { managers * dice.between(21, 32) / 10 },
            dossiers: of_group(4) + of_group(5),
            procedures: if is_district { dice.between(290, 340) } else { dice.between(28, 135) },
        }
    }

    /// A plausible value for an input that says how much there is of something.
    pub(crate) fn whole(&self, input: &InputRow) -> i64 {
        let known = KNOWN.iter().find(|(needle, _, _)| input.label.contains(needle));
        let unit = input.unit.as_deref().unwrap_or_default();
        let value = match known {
            // Keyed by what is counted, so that two items that count the same agree.
            Some((needle, size, spread)) => {
                let deviation = Dice::of(self.seed, &["whole", &self.agency, needle]).between(-spread, *spread);
                share_of(size(self), WHOLE + deviation)
            }
            None => {
                let (_, low, high) = UNITS.iter().find(|(known, _, _)| *known == unit).copied().unwrap_or(("", 10, 40));
                Dice::of(self.seed, &["whole", &self.agency, input.item.as_str(), input.name.as_str()]).between(low, high)
            }
        };
        bounded(input, value.max(1))
    }

    /// How many dossiers ran late in the year: few where `share` of them is good.
    pub(crate) fn overdue(&self, share: i64) -> i64 {
        let all = self.dossiers + self.communes * 2_500;
        (share_of(all, (WHOLE - share).max(0)) / 60).max(2)
    }
}

/// The value held within the bounds of the input.
pub(crate) fn bounded(input: &InputRow, value: i64) -> i64 {
    let bound = |bound: Option<rust_decimal::Decimal>| bound.and_then(|bound| i64::try_from(bound.trunc()).ok());
    value.max(bound(input.min).unwrap_or(0)).min(bound(input.max).unwrap_or(i64::MAX))
}

type Known = (&'static str, fn(&Size) -> i64, i64);

/// A piece of the label, the size it speaks of, and how far the figure may lie from it. The first that fits counts.
const KNOWN: &[Known] = &[
    ("TTHC phải công khai", |size| size.procedures, 0),
    ("đã được công bố", |size| size.procedures, 0),
    ("Bộ phận Tiếp nhận", |size| size.communes + 1, 0),
    ("phòng chuyên môn, đơn vị trực thuộc và UBND cấp xã", |size| size.divisions + size.units + size.communes, 0),
    ("đơn vị trực thuộc, UBND cấp xã", |size| size.units + size.communes, 0),
    ("UBND cấp xã trực thuộc", |size| size.communes, 0),
    ("đơn vị hành chính cấp xã", |size| size.communes, 0),
    ("thuộc huyện", |size| size.communes, 0),
    ("phường thuộc quận", |size| size.communes, 0),
    ("phòng, đơn vị thuộc, trực thuộc", |size| size.divisions + size.units, 0),
    ("Tổng số phòng chuyên môn", |size| size.divisions, 0),
    ("sự nghiệp công lập trực thuộc", |size| size.units, 0),
    ("tự bảo đảm chi thường xuyên trở lên của năm trước", |size| size.units / 12 + 1, 0),
    ("phải ban hành quy chế", |size| size.units + size.divisions, 0),
    ("phải công khai", |size| size.units + 1, 0),
    ("Giấy chứng nhận", |size| size.communes * 28, 3_500),
    ("liên thông", |size| size.communes * 240, 2_000),
    ("hộ tịch", |size| size.communes * 3_900, 2_500),
    ("cấp xã đã", |size| size.communes * 2_600, 2_000),
    ("hồ sơ công việc cấp xã", |size| size.communes * 310, 1_500),
    ("hồ sơ công việc cấp huyện", |size| size.staff * 32, 1_500),
    ("Tổng số hồ sơ công việc", |size| size.staff * 14, 1_500),
    ("ở cấp huyện, cấp xã", |size| size.dossiers + size.communes * 2_600, 0),
    ("phí, lệ phí", |size| size.dossiers * 2 / 5, 1_500),
    ("nghĩa vụ tài chính", |size| size.dossiers / 2, 1_500),
    ("toàn trình", |size| if size.communes > 0 { size.dossiers } else { size.procedures * 3 / 5 }, 500),
    ("không kể TTHC giải quyết trong ngày", |size| size.dossiers * 7 / 10, 500),
    ("hồ sơ cấp huyện", |size| size.dossiers, 0),
    ("tiếp nhận của TTHC có dịch vụ công", |size| size.dossiers * 9 / 10, 300),
    ("hồ sơ đã giải quyết", |size| size.dossiers, 0),
    ("dịch vụ công trực tuyến của TTHC", |size| size.procedures / 2, 500),
    ("cán bộ cấp xã", |size| size.communes * 11, 500),
    ("công chức cấp xã", |size| size.communes * 10, 500),
    ("công chức có mặt", |size| size.staff, 0),
    ("biên chế công chức được giao", |size| size.staff, 0),
    ("biên chế phải giảm", |size| size.staff / 40 + 1, 0),
    ("công chức lãnh đạo, quản lý", |size| size.managers, 0),
    ("hồ sơ công chức, viên chức", |size| size.staff + size.units * 24, 0),
    ("người lao động thuộc diện đánh giá", |size| size.staff + size.units * 27, 0),
    ("phải chuyển đổi", |size| size.staff / 9 + 2, 3_000),
    ("lượt người", |size| size.staff * 2, 2_500),
    ("văn bản đi", |size| size.staff * 62, 2_500),
    ("đề nghị phối hợp", |size| size.staff * 9, 2_500),
    ("chi thường xuyên được giao", |size| size.staff * 310 + size.units * 14_000, 2_000),
    ("vốn đầu tư công", |size| if size.communes > 0 { size.communes * 48_000 } else { size.staff * 1_900 }, 3_500),
    ("TTHC được phân cấp", |size| size.procedures / 5, 2_000),
    ("TTHC", |size| size.procedures, 0),
    ("buổi phải tiếp công dân", |_| 24, 0),
    ("hòa giải", |size| size.communes * 9, 3_000),
];

/// What is usual for a unit, where the label says nothing more.
const UNITS: &[(&str, i64, i64)] = &[
    ("nhiệm vụ", 36, 88),
    ("văn bản", 14, 46),
    ("dự thảo", 22, 48),
    ("vấn đề", 9, 32),
    ("tồn tại", 8, 26),
    ("nội dung", 10, 30),
    ("phản ánh, kiến nghị", 45, 260),
    ("câu hỏi", 25, 140),
    ("kiến nghị", 12, 48),
    ("vụ việc", 16, 70),
    ("chỉ tiêu", 18, 27),
    ("mục", 24, 36),
    ("mục thông tin", 24, 36),
    ("lần", 90, 220),
    ("triệu đồng", 900, 24_000),
    ("tổ dân phố, thôn, đơn vị", 6, 34),
];
