//! A person as somebody enters it on a page, and what may be wrong with it: the same as with a row of the sheet `people`, and that nobody
//! shuts themselves out.

use super::{Person, Role};
use crate::campaign::Campaign;
use crate::workbook::Code;
use crate::workbook::table::Cell;
use scoring::{Lang, Text};

/// Most characters of a name.
const LONGEST_NAME: usize = 200;

/// What was entered, each as it stands in its field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(missing_docs, reason = "the columns of the sheet `people`")]
pub struct Draft {
    pub code: String,
    pub name: String,
    pub email: String,
    pub role: String,
    pub agency: String,
    /// Each as `block:field`.
    pub fields: Vec<String>,
    pub active: bool,
}

impl From<&Person> for Draft {
    fn from(person: &Person) -> Self {
        Self {
            code: person.code.to_string(),
            name: person.name.clone(),
            email: person.email.clone().unwrap_or_default(),
            role: person.role.word().into(),
            agency: person.agency.as_ref().map(ToString::to_string).unwrap_or_default(),
            fields: person.fields().map(|(block, field)| format!("{block}:{field}")).collect(),
            active: person.is_active(),
        }
    }
}

/// What is wrong with an entry.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mistake {
    /// The sign-in name is none.
    Code,
    /// Somebody else has it.
    CodeTaken,
    /// No name, too long a one, or one with control characters.
    Name,
    /// Not an e-mail address.
    Email,
    /// No role, or an unknown one.
    Role,
    /// An officer or head belongs to an agency.
    AgencyNeeded,
    /// There is no such agency.
    AgencyUnknown,
    /// There is no such field.
    FieldUnknown(String),
    /// One does not change one's own role.
    OwnRole,
    /// One does not shut oneself out.
    OwnActive,
}

impl Mistake {
    /// The field of the form that it belongs to.
    #[must_use]
    pub fn field(&self) -> &'static str {
        match self {
            Self::Code | Self::CodeTaken => "code",
            Self::Name => "name",
            Self::Email => "email",
            Self::Role | Self::OwnRole => "role",
            Self::AgencyNeeded | Self::AgencyUnknown => "agency",
            Self::FieldUnknown(_) => "fields",
            Self::OwnActive => "active",
        }
    }

    /// What is wrong, and what would be right.
    #[must_use]
    pub fn text(&self) -> Text {
        let (vi, en): (&str, &str) = match self {
            Self::Code => {
                ("Tên đăng nhập phải có 1–35 ký tự A–Z a–z 0–9 . _ -", "A sign-in name has 1–35 characters of A–Z a–z 0–9 . _ -")
            }
            Self::CodeTaken => {
                ("Tên đăng nhập này đã có người dùng; hãy chọn tên khác", "Somebody has this sign-in name; choose another one")
            }
            Self::Name => ("Hãy nhập họ và tên, nhiều nhất 200 ký tự", "Enter the name, of at most 200 characters"),
            Self::Email => {
                ("Địa chỉ thư điện tử chưa đúng, ví dụ lan@hanoi.gov.vn", "Not an e-mail address, such as lan@hanoi.gov.vn")
            }
            Self::Role => ("Hãy chọn vai trò", "Choose a role"),
            Self::AgencyNeeded => ("Cán bộ hoặc thủ trưởng phải thuộc một đơn vị", "An officer or head belongs to an agency"),
            Self::AgencyUnknown => ("Không có đơn vị này", "There is no such agency"),
            Self::FieldUnknown(field) => {
                return Text::new(format!("Không có lĩnh vực “{field}”"), format!("There is no field “{field}”"));
            }
            Self::OwnRole => (
                "Không ai tự đổi vai trò của mình; hãy nhờ một người quản lý tài khoản khác",
                "Nobody changes their own role; ask somebody else who manages people",
            ),
            Self::OwnActive => (
                "Không ai tự khóa tài khoản của mình; hãy nhờ một người quản lý tài khoản khác",
                "Nobody deactivates their own account; ask somebody else who manages people",
            ),
        };
        Text::new(vi, en)
    }

    /// The same in one language.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        self.text().get(lang).to_owned()
    }
}

/// The person that a draft describes: somebody new, or `before` as they shall be from now on. `by` is who enters it.
///
/// # Errors
/// Every mistake, in the order of the form.
pub fn accept(draft: &Draft, before: Option<&Person>, campaign: &Campaign, by: &Code) -> Result<Person, Vec<Mistake>> {
    let mut mistakes = Vec::new();
    let code = match before {
        Some(before) => Some(before.code.clone()),
        None => Code::new(draft.code.trim()),
    };
    match &code {
        None => mistakes.push(Mistake::Code),
        // Two names that differ in case only would be taken for each other.
        Some(code) if before.is_none() && campaign.people.iter().any(|known| same(&known.code, code)) => {
            mistakes.push(Mistake::CodeTaken);
        }
        Some(_) => {}
    }
    let name = String::parse(draft.name.trim()).ok().filter(|name| (1..=LONGEST_NAME).contains(&name.chars().count()));
    if name.is_none() {
        mistakes.push(Mistake::Name);
    }
    let email = Some(draft.email.trim()).filter(|email| !email.is_empty());
    if email.is_some_and(|email| !is_email(email)) {
        mistakes.push(Mistake::Email);
    }
    let role = Role::from_word(draft.role.trim());
    if role.is_none() {
        mistakes.push(Mistake::Role);
    }
    let own = before.filter(|before| before.code == *by);
    if own.is_some_and(|own| role.is_some_and(|role| role != own.role)) {
        mistakes.push(Mistake::OwnRole);
    }
    let agency = Some(draft.agency.trim()).filter(|agency| !agency.is_empty());
    let known = agency.and_then(|agency| campaign.agencies.iter().find(|known| known.code.as_str() == agency));
    if agency.is_none() && matches!(role, Some(Role::Officer | Role::Head)) {
        mistakes.push(Mistake::AgencyNeeded);
    }
    if agency.is_some() && known.is_none() {
        mistakes.push(Mistake::AgencyUnknown);
    }
    // Whoever is no appraiser any more appraises nothing.
    let fields: &[String] = if role == Some(Role::Appraiser) { &draft.fields } else { &[] };
    mistakes.extend(fields.iter().filter(|field| !is_field(campaign, field)).cloned().map(Mistake::FieldUnknown));
    if own.is_some() && !draft.active {
        mistakes.push(Mistake::OwnActive);
    }
    match (code, name, role) {
        (Some(code), Some(name), Some(role)) if mistakes.is_empty() => Ok(Person {
            code,
            name,
            email: email.map(str::to_owned),
            role,
            agency: known.map(|agency| agency.code.clone()),
            fields: Some(fields.join(" ")).filter(|fields| !fields.is_empty()),
            active: if draft.active { before.and_then(|before| before.active).filter(|active| *active) } else { Some(false) },
        }),
        _ => Err(mistakes),
    }
}

fn same(a: &Code, b: &Code) -> bool {
    a.as_str().eq_ignore_ascii_case(b.as_str())
}

pub(crate) fn is_email(text: &str) -> bool {
    let plain = text.chars().all(|c| !c.is_whitespace() && !c.is_control() && !"<>,;\"".contains(c));
    let halves = text.split_once('@').is_some_and(|(who, at)| !who.is_empty() && at.contains('.') && !at.contains('@'));
    plain && halves && text.len() <= 254
}

/// Whether the text names a root of a criteria tree, as `block:field`.
fn is_field(campaign: &Campaign, text: &str) -> bool {
    let Some((block, field)) = text.split_once(':') else { return false };
    campaign.criteria.iter().any(|row| row.is_root() && row.block.as_str() == block && row.code.as_str() == field)
}
