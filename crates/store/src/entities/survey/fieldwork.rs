//! The survey under way. Responses have no entity: they are written and counted in great numbers, by [`crate::survey::responses`].

use crate::sheet::{sheet, table};
use crate::survey::course::StageStep;
use crate::survey::designs::Design;
use crate::survey::doors::DoorRow;
use crate::survey::invitations::Invitation;
use crate::survey::progress::Progress;
use crate::survey::targets::TargetRow;

table! {
    "survey_events" holds StageStep as survey_events [campaign_id: i64] {
        event: String,
        stage: String,
        reason: Option<String>,
        by_code: String,
        by_name: String,
        by_role: String,
        at: DateTimeUtc,
    }
}

sheet! {
    "survey_designs" holds Design as survey_designs by (version) {
        version: i64,
        hash: String,
        document: String,
        reason: Option<String>,
        by_code: String,
        by_name: String,
        at: DateTimeUtc,
    }
}

table! {
    "survey_targets" holds TargetRow as survey_targets [campaign_id: i64] {
        form: String,
        agencies: String,
    }
}

sheet! {
    "survey_invitations" holds Invitation as survey_invitations by (number) {
        number: i64,
        target: i64,
        person: String,
        name: String,
        email: Option<String>,
        place: Option<String>,
        language: Option<String>,
        reserve: bool,
        tag: Option<Vec<u8>>,
        issued: i64,
        issued_on: Option<Date>,
        way: Option<String>,
        fault: Option<String>,
        reminded: i64,
        reminded_on: Option<Date>,
        used: bool,
        due: Option<String>,
        attempts: i64,
        held_until: Option<DateTimeUtc>,
        replaced: bool,
    }
}

table! {
    "survey_doors" holds DoorRow as survey_doors [campaign_id: i64] {
        code: String,
        target: i64,
        place: String,
        limit: i64,
        answered: i64,
        closed: bool,
    }
}

sheet! {
    "survey_progress" holds Progress as survey_progress by (at, target, channel) {
        at: DateTimeUtc,
        target: i64,
        channel: String,
        responses: i64,
    }
}
