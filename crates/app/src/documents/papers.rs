//! Who issues a document: what the campaign says of the agency, the working group and the council.

use crate::{Error, Frame};
use chrono::{DateTime, NaiveDate, Utc};
use documents::paper::{AuditHead, Paper, Signer};
use domain::Code;
use domain::accounts::{Person, Role};
use scoring::{Lang, Text};
use store::Snapshot;

/// The name of the working group.
fn working_group() -> Text {
    Text::new("Tổ công tác giúp việc Hội đồng thẩm định", "Working group of the Appraisal Council")
}

/// What every paper of the campaign has; its issuer, symbol, signer and recipients are still missing.
pub(crate) async fn plain(snapshot: &Snapshot, frame: &Frame, now: DateTime<Utc>) -> Result<Paper, Error> {
    let settings = frame.settings();
    let head = store::audit::head(snapshot, &settings.code).await?;
    Ok(Paper {
        superior: both(&settings.authority, settings.authority_en.as_deref()),
        issuer: Text::default(),
        number: String::new(),
        symbol: String::new(),
        place: place(&settings.authority),
        date: today(frame, now),
        year: settings.year,
        legal_basis: both(settings.legal_basis.as_deref().unwrap_or_default(), settings.legal_basis_en.as_deref()),
        signer: Signer::default(),
        recipients: Vec::new(),
        sample_criteria: settings.has_sample_criteria(),
        simulated: settings.is_simulated(),
        rounding: frame.model().method.rounding,
        audit: AuditHead { campaign: settings.code.to_string(), seq: head.seq, hash: head.hash },
    })
}

/// Today, in the campaign's zone.
pub(super) fn today(frame: &Frame, now: DateTime<Utc>) -> NaiveDate {
    now.with_timezone(&frame.settings().zone()).date_naive()
}

/// The paper of an agency, signed by its head.
pub(super) fn of_agency(plain: Paper, frame: &Frame, agency: &Code, name: &Text) -> Paper {
    let is_head = |person: &&Person| person.role == Role::Head && person.is_active() && person.agency.as_ref() == Some(agency);
    let head = frame.campaign().people.iter().find(is_head);
    let position = Text::new("Thủ trưởng đơn vị", "Head of the agency");
    let signer = Signer { authority: Text::default(), position, name: head.map(|head| head.name.clone()).unwrap_or_default() };
    Paper { issuer: name.clone(), signer, ..plain }
}

/// The paper of the working group to an agency. Its head signs by hand: the campaign does not name them.
pub(super) fn of_working_group(plain: Paper, symbol: &str, to: &Text) -> Paper {
    let signer = Signer {
        authority: Text::new("TM. Tổ công tác", "For the working group"),
        position: Text::new("Tổ trưởng", "Head"),
        name: String::new(),
    };
    let recipients = vec![
        semicolon(to),
        Text::new("Hội đồng thẩm định (để báo cáo);", "Appraisal Council (for report);"),
        Text::new("Lưu: VT, TCT.", "Archive: VT, TCT."),
    ];
    Paper { issuer: working_group(), symbol: symbol.into(), signer, recipients, ..plain }
}

/// The paper of the council, signed by who chairs it.
pub(super) fn of_council(plain: Paper, chair: String) -> Paper {
    let signer = Signer {
        authority: Text::new("TM. Hội đồng thẩm định", "For the Appraisal Council"),
        position: Text::new("Chủ trì", "Chair"),
        name: chair,
    };
    let recipients = vec![
        Text::new("Thành viên Hội đồng thẩm định;", "Members of the Appraisal Council;"),
        Text::new("Lưu: VT, TCT.", "Archive: VT, TCT."),
    ];
    Paper {
        issuer: Text::new("Hội đồng thẩm định", "Appraisal Council"), symbol: "BB-HĐTĐ".into(), signer, recipients, ..plain
    }
}

/// Who receives an agency's report.
pub(super) fn to_working_group() -> Vec<Text> {
    vec![semicolon(&working_group()), Text::new("Lưu: VT.", "Archive: VT.")]
}

fn semicolon(name: &Text) -> Text {
    Text::new(format!("{};", name.get(Lang::Vi)), format!("{};", name.get(Lang::En)))
}

/// What stands behind the number of an agency's report. A code with digits in it is no abbreviation; then the clerk adds one.
pub(super) fn symbol(agency: &Code) -> String {
    if agency.as_str().chars().all(char::is_alphabetic) { format!("BC-{agency}") } else { "BC".into() }
}

/// Where the body that orders the campaign has its seat: what is left of its name. Dots where that is not to be seen.
fn place(authority: &str) -> Text {
    let rest = ["UBND", "Ủy ban nhân dân"].iter().find_map(|body| authority.strip_prefix(body)).unwrap_or_default().trim();
    let rest = ["thành phố", "Thành phố", "tỉnh", "Tỉnh"].iter().find_map(|kind| rest.strip_prefix(kind)).unwrap_or(rest).trim();
    let name = if rest.is_empty() { "……" } else { rest };
    Text::new(name, name)
}

fn both(vi: &str, en: Option<&str>) -> Text {
    Text::new(vi, en.unwrap_or(vi))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_seat_is_what_is_left_of_the_authority() {
        for (authority, seat) in
            [("UBND thành phố Hà Nội", "Hà Nội"), ("Ủy ban nhân dân tỉnh Quảng Ninh", "Quảng Ninh"), ("Bộ Nội vụ", "……")]
        {
            assert_eq!(place(authority).vi, seat, "{authority}");
        }
    }

    #[test]
    fn only_an_abbreviation_stands_behind_a_number() {
        let symbol = |code| Code::new(code).map(|code| symbol(&code));
        assert_eq!((symbol("STC"), symbol("D006")), (Some("BC-STC".into()), Some("BC".into())));
    }
}
