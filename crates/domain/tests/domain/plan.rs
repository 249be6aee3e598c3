//! How tasks stand on each side of their dates. The window of the self-assessment: 01/10–30/11/2023 (plan 243).

use chrono::{DateTime, NaiveDate, Utc};
use domain::Code;
use domain::plan::{Extension, Standing, Status, Task, Window, awaited_by, end_for, window_end};

fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn task(status: Option<Status>, done_on: Option<&str>) -> Task {
    Task {
        code: Code::new("5").unwrap(),
        section: None,
        section_en: None,
        title: "Tự đánh giá, chấm điểm".into(),
        title_en: None,
        product: None,
        product_en: None,
        owner: "Các Sở, UBND quận, huyện, thị xã".into(),
        owner_en: None,
        start: Some(day("2023-10-01")),
        due: Some(day("2023-11-30")),
        due_text: None,
        due_text_en: None,
        status,
        done_on: done_on.map(day),
        note: None,
        window: None,
    }
}

fn on(task: &Task, days: &[&str]) -> Vec<Standing> {
    days.iter().map(|today| task.standing(day(today))).collect()
}

const DAYS: [&str; 5] = ["2023-09-30", "2023-10-01", "2023-11-30", "2023-12-01", "2024-01-01"];

#[test]
fn a_planned_task_is_ahead_then_running_then_late() {
    use Standing::{Ahead, Late, Running};
    let expected = [Ahead, Running, Running, Late { days: 1 }, Late { days: 32 }];
    assert_eq!(on(&task(None, None), &DAYS), expected);
    assert_eq!(on(&task(Some(Status::Planned), None), &DAYS), expected);
}

#[test]
fn a_task_begun_early_is_running() {
    use Standing::{Late, Running};
    assert_eq!(
        on(&task(Some(Status::InProgress), None), &DAYS),
        [Running, Running, Running, Late { days: 1 }, Late { days: 32 }]
    );
}

#[test]
fn a_task_done_by_its_day_is_done_whatever_the_day_is() {
    for done_on in [None, Some("2023-10-15"), Some("2023-11-30")] {
        assert_eq!(on(&task(Some(Status::Done), done_on), &DAYS), [Standing::Done; 5]);
    }
}

/// The conference was due by 10/02/2024 and held on 20/02/2024 (DOMAIN.md): ten days late, for good.
#[test]
fn a_task_done_after_its_day_was_late() {
    let mut conference = task(Some(Status::Done), Some("2024-02-20"));
    conference.due = Some(day("2024-02-10"));
    assert_eq!(on(&conference, &DAYS), [Standing::DoneLate { days: 10 }; 5]);
}

#[test]
fn without_a_due_date_nothing_is_late() {
    let open = |status, done_on| Task { due: None, ..task(status, done_on) };
    assert_eq!(open(None, None).standing(day("2099-01-01")), Standing::Running);
    assert_eq!(open(Some(Status::Done), Some("2099-01-01")).standing(day("2099-01-02")), Standing::Done);
}

#[test]
fn without_a_start_a_task_is_ahead_until_somebody_begins() {
    let open = |status| Task { start: None, ..task(status, None) };
    assert_eq!(open(None).standing(day("2023-11-30")), Standing::Ahead);
    assert_eq!(open(None).standing(day("2023-12-01")), Standing::Late { days: 1 });
    assert_eq!(open(Some(Status::InProgress)).standing(day("2023-11-30")), Standing::Running);
}

fn moment(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

/// Midnight in Hanoi is 17:00 in UTC.
#[test]
fn a_window_ends_with_its_last_day_in_the_campaigns_zone() {
    let zone = chrono_tz::Asia::Ho_Chi_Minh;
    let tasks = [Task { window: Some(Window::SelfAssessment), ..task(None, None) }];
    assert_eq!(window_end(&tasks, Window::SelfAssessment, zone), Some(moment("2023-11-30T17:00:00Z")));
    assert_eq!(window_end(&tasks, Window::Explanation, zone), None);
    // Where clocks are put forward at midnight, a day ends when the next one begins.
    let beirut = [Task { due: Some(day("2023-03-25")), ..tasks[0].clone() }];
    assert_eq!(window_end(&beirut, Window::SelfAssessment, chrono_tz::Asia::Beirut), Some(moment("2023-03-25T22:00:00Z")));
}

#[test]
fn the_newest_extension_of_an_agency_counts_and_only_for_it() {
    let zone = chrono_tz::Asia::Ho_Chi_Minh;
    let tasks = [Task { window: Some(Window::SelfAssessment), ..task(None, None) }];
    let extension = |agency: &str, until| Extension {
        agency: Code::new(agency).unwrap(),
        window: Window::SelfAssessment,
        until: moment(until),
        reason: "Mất điện".into(),
    };
    let given = [extension("STC", "2023-12-02T17:00:00Z"), extension("STC", "2023-12-01T17:00:00Z")];
    let end = |agency: &str, window| end_for(&tasks, &given, &Code::new(agency).unwrap(), window, zone);
    assert_eq!(end("STC", Window::SelfAssessment), Some(moment("2023-12-01T17:00:00Z")));
    assert_eq!(end("STP", Window::SelfAssessment), Some(moment("2023-11-30T17:00:00Z")));
    assert_eq!(end("STC", Window::Explanation), None);
}

#[test]
fn a_task_waits_for_what_its_section_should_have_done_before_it_begins() {
    let code = |text: &str| Code::new(text).unwrap();
    let due = |name: &str, due: Option<&str>, status| Task { code: code(name), due: due.map(day), ..task(status, None) };
    let tasks = [
        due("1", Some("2023-11-09"), None),
        due("2", Some("2023-11-09"), Some(Status::Done)),
        due("3", Some("2023-11-10"), None),
        Task { section: Some("Khác".into()), ..due("4", Some("2023-11-09"), None) },
        due("5", None, None),
    ];
    let waits = Task { start: Some(day("2023-11-10")), ..due("6", Some("2023-11-20"), None) };
    let awaited: Vec<_> = awaited_by(&tasks, &waits).map(|task| task.code.as_str()).collect();
    assert_eq!(awaited, ["1"]);
    let done = Task { status: Some(Status::Done), ..waits };
    assert_eq!(awaited_by(&tasks, &done).count(), 0, "what is done waits for nothing");
}
