//! Lists from which samples are drawn: rows are only ever added.

use crate::sheet::{sheet, table};
use crate::survey::frames::{Draw, Frame, Person};

sheet! {
    "survey_frames" holds Frame as survey_frames by (number) {
        number: i64,
        name: String,
        file: String,
        people: i64,
        by_code: String,
        by_name: String,
        at: DateTimeUtc,
    }
}

table! {
    "survey_frame_people" holds Person as survey_frame_people [campaign_id: i64] {
        frame: i64,
        form: String,
        person: String,
        name: String,
        email: Option<String>,
        agency: Option<String>,
        place: Option<String>,
        language: Option<String>,
    }
}

sheet! {
    "survey_draws" holds Draw as survey_draws by (number) {
        number: i64,
        frame: i64,
        seed: String,
        reserve: i64,
        main: i64,
        reserved: i64,
        by_code: String,
        by_name: String,
        at: DateTimeUtc,
    }
}
