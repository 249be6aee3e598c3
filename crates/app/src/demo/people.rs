//! Invented people.

use super::dice::Dice;

const FAMILY: [&str; 14] =
    ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Phan", "Vũ", "Đặng", "Bùi", "Đỗ", "Hồ", "Ngô", "Dương", "Lý"];
const MIDDLE: [&str; 10] = ["Văn", "Thị", "Minh", "Thu", "Quang", "Ngọc", "Đức", "Hải", "Thanh", "Xuân"];
const GIVEN: [&str; 16] =
    ["An", "Bình", "Chi", "Dũng", "Giang", "Hà", "Hùng", "Khánh", "Lan", "Long", "Mai", "Nam", "Phúc", "Quỳnh", "Sơn", "Yến"];

/// A name that nobody was given.
pub(super) fn name(dice: &mut Dice) -> String {
    let mut one = |of: &[&'static str]| {
        let at = dice.between(0, u32::try_from(of.len()).unwrap_or(1).saturating_sub(1));
        of.get(usize::try_from(at).unwrap_or(0)).copied().unwrap_or_default()
    };
    format!("{} {} {} (mô phỏng)", one(&FAMILY), one(&MIDDLE), one(&GIVEN))
}

/// What may stand in an address or a code: small letters, digits and dashes.
pub(super) fn plain(text: &str) -> String {
    text.chars().filter(|c| c.is_ascii_alphanumeric() || *c == '-').collect::<String>().to_ascii_lowercase()
}
