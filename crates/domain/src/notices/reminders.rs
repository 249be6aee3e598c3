//! What there is to remind of at a moment: windows and tasks, by the plan and by how far everybody is.

use super::{Kind, Reminder};
use crate::agencies::Agency;
use crate::appraisal::Round;
use crate::assessment::State;
use crate::campaign::Phase;
use crate::plan::{Extension, Status, Task, Window, end_for, window_end};
use crate::workbook::Code;
use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use chrono_tz::Tz;

/// A campaign as far as reminders depend on it.
#[derive(Clone, Copy, Debug)]
pub struct Course<'a> {
    /// Where it stands.
    pub phase: Phase,
    /// The zone of its days.
    pub zone: Tz,
    /// The plan.
    pub tasks: &'a [Task],
    /// Its agencies.
    pub agencies: &'a [Agency],
    /// How far each agency is.
    pub states: &'a [(Code, State)],
    /// More time for single agencies, oldest first.
    pub extensions: &'a [Extension],
}

impl Course<'_> {
    /// Everything to be said at `now`. Most of it will have been said before: [`Kind::key`] tells.
    ///
    /// An agency is reminded while it is the one to write, and everybody else while their phase lasts and something is left to do. That
    /// explaining may begin is said with the draft itself. The standing body hears of every task of the plan.
    #[must_use]
    pub fn reminders(&self, now: DateTime<Utc>) -> Vec<Kind> {
        if matches!(self.phase, Phase::Published | Phase::Archived) {
            return Vec::new();
        }
        let mut kinds: Vec<Kind> = self.tasks.iter().filter_map(|task| self.of_task(task, now)).collect();
        if self.phase == Phase::Draft {
            return kinds;
        }
        kinds.extend(self.states.iter().filter_map(|(agency, state)| self.of_agency(agency, *state, now)));
        if let Some((window, is_work_left)) = self.window() {
            let end = window_end(self.tasks, window, self.zone);
            let until = end.filter(|end| now < *end).map(|end| self.last_day(end));
            kinds.extend(until.map(|until| Kind::WindowOpened { window, agency: None, until }));
            if is_work_left && window != Window::SelfAssessment {
                kinds.extend(end.and_then(|end| self.of_window(window, None, end, now)));
            }
        }
        kinds
    }

    /// The window of the phase, where its opening is told, and whether something is left to do in it.
    fn window(&self) -> Option<(Window, bool)> {
        let any = |is: &dyn Fn(State) -> bool| self.states.iter().any(|(_, state)| is(*state));
        match self.phase {
            Phase::Open => Some((Window::SelfAssessment, true)),
            Phase::Appraisal1 => Some((Window::Appraisal1, any(&|state| state.under_appraisal() == Some(Round::First)))),
            Phase::Appraisal2 => Some((Window::Appraisal2, any(&|state| state.under_appraisal() == Some(Round::Second)))),
            Phase::Council => Some((Window::Council, true)),
            _ => None,
        }
    }

    fn of_agency(&self, agency: &Code, state: State, now: DateTime<Utc>) -> Option<Kind> {
        let window = state.writes()?.window();
        self.agencies.iter().find(|found| found.code == *agency && found.is_assessed())?;
        let end = end_for(self.tasks, self.extensions, agency, window, self.zone)?;
        self.of_window(window, Some(agency), end, now)
    }

    fn of_window(&self, window: Window, agency: Option<&Code>, end: DateTime<Utc>, now: DateTime<Utc>) -> Option<Kind> {
        let (agency, until) = (agency.cloned(), self.last_day(end));
        // More time may end in the middle of a day.
        let reminder = if now >= end { Some(Reminder::Overdue) } else { Reminder::on(self.day(now), until) };
        Some(match reminder? {
            Reminder::Near(stage, days) => Kind::WindowCloses { window, agency, until, stage, days },
            Reminder::Overdue => Kind::WindowMissed { window, agency, until },
        })
    }

    fn of_task(&self, task: &Task, now: DateTime<Utc>) -> Option<Kind> {
        let (due, code) = (task.due.filter(|_| task.status != Some(Status::Done))?, task.code.clone());
        Some(match Reminder::on(self.day(now), due)? {
            Reminder::Near(stage, days) => Kind::TaskDue { task: code, due, stage, days },
            Reminder::Overdue => Kind::TaskOverdue { task: code, due },
        })
    }

    fn day(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// The last day on which something may be done that is locked from `end` on.
    fn last_day(&self, end: DateTime<Utc>) -> NaiveDate {
        self.day(end.checked_sub_signed(TimeDelta::microseconds(1)).unwrap_or(end))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notices::Stage;

    fn code(text: &str) -> Code {
        Code::new(text).unwrap()
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    fn at(text: &str) -> DateTime<Utc> {
        text.parse().unwrap()
    }

    fn task(name: &str, window: Option<Window>, due: &str, status: Option<Status>) -> Task {
        Task {
            code: code(name),
            section: None,
            section_en: None,
            title: name.into(),
            title_en: None,
            product: None,
            product_en: None,
            owner: String::new(),
            owner_en: None,
            start: None,
            due: Some(day(due)),
            due_text: None,
            due_text_en: None,
            status,
            done_on: None,
            note: None,
            window,
        }
    }

    fn agency(name: &str, assessed: Option<bool>) -> Agency {
        Agency {
            code: code(name),
            block: code("b"),
            name: name.into(),
            name_en: None,
            org_code: None,
            admin_code: None,
            tags: None,
            valid_from: None,
            valid_to: None,
            successor: None,
            assessed,
            note: None,
        }
    }

    struct Campaign {
        tasks: Vec<Task>,
        agencies: Vec<Agency>,
        states: Vec<(Code, State)>,
        extensions: Vec<Extension>,
    }

    impl Campaign {
        fn new() -> Self {
            let done = Some(Status::Done);
            Self {
                tasks: vec![
                    task("5", Some(Window::SelfAssessment), "2023-11-30", done),
                    task("6", Some(Window::Appraisal1), "2023-12-14", done),
                    task("8", Some(Window::Explanation), "2024-01-06", done),
                    task("9", Some(Window::Appraisal2), "2024-01-20", done),
                    task("C", Some(Window::Council), "2024-01-30", done),
                ],
                agencies: vec![agency("A", None), agency("B", None), agency("X", Some(false))],
                states: ["A", "B", "X"].map(|name| (code(name), State::Drafting)).into(),
                extensions: Vec::new(),
            }
        }

        fn says(&self, phase: Phase, now: &str) -> Vec<String> {
            let Self { tasks, agencies, states, extensions } = self;
            let course = Course { phase, zone: chrono_tz::Asia::Ho_Chi_Minh, tasks, agencies, states, extensions };
            course.reminders(at(now)).iter().map(Kind::key).collect()
        }
    }

    #[test]
    fn an_agency_is_reminded_while_it_is_the_one_to_write() {
        let mut campaign = Campaign::new();
        let opened = "window_opened:self_assessment::2023-11-30";
        assert_eq!(campaign.says(Phase::Draft, "2023-11-24T01:00:00Z"), [""; 0]);
        assert_eq!(campaign.says(Phase::Open, "2023-11-01T01:00:00Z"), [opened]);
        campaign.states[1].1 = State::Submitted;
        assert_eq!(
            campaign.says(Phase::Open, "2023-11-24T01:00:00Z"),
            ["window_closes:self_assessment:A:2023-11-30:week", opened],
            "B has submitted, X is not assessed"
        );
        let missed = ["window_missed:self_assessment:A:2023-11-30"];
        assert_eq!(campaign.says(Phase::Open, "2023-11-30T16:59:59Z").len(), 2, "the last second of the day in Hanoi");
        assert_eq!(campaign.says(Phase::Open, "2023-11-30T17:00:00Z"), missed);
        assert_eq!(campaign.says(Phase::Appraisal1, "2024-01-24T01:00:00Z")[..1], missed, "still the agency's turn");
    }

    #[test]
    fn more_time_counts_to_its_very_end() {
        let mut campaign = Campaign::new();
        campaign.states.truncate(1);
        campaign.extensions = vec![Extension {
            agency: code("A"),
            window: Window::SelfAssessment,
            until: at("2023-12-05T05:00:00Z"),
            reason: String::new(),
        }];
        assert_eq!(campaign.says(Phase::Appraisal1, "2023-12-05T04:59:59Z")[0], "window_closes:self_assessment:A:2023-12-05:day");
        assert_eq!(campaign.says(Phase::Appraisal1, "2023-12-05T05:00:00Z")[0], "window_missed:self_assessment:A:2023-12-05");
    }

    #[test]
    fn appraisers_are_reminded_while_something_is_left() {
        let mut campaign = Campaign::new();
        campaign.states = vec![(code("A"), State::Submitted), (code("B"), State::Appraised1)];
        let opened = "window_opened:appraisal1::2023-12-14";
        let said = campaign.says(Phase::Appraisal1, "2023-12-12T01:00:00Z");
        assert_eq!(said, [opened, "window_closes:appraisal1::2023-12-14:three_days"]);
        assert_eq!(campaign.says(Phase::Appraisal1, "2023-12-15T01:00:00Z"), ["window_missed:appraisal1::2023-12-14"]);
        campaign.states[0].1 = State::Appraised1;
        assert_eq!(campaign.says(Phase::Appraisal1, "2023-12-12T01:00:00Z"), [opened]);
        campaign.states = vec![(code("A"), State::Explaining), (code("B"), State::Explained)];
        let said = campaign.says(Phase::Explanation, "2024-01-05T01:00:00Z");
        assert_eq!(said, ["window_closes:explanation:A:2024-01-06:day"]);
        let said = campaign.says(Phase::Appraisal2, "2024-01-19T01:00:00Z");
        assert_eq!(said[1..], ["window_opened:appraisal2::2024-01-20", "window_closes:appraisal2::2024-01-20:day"]);
        let said = campaign.says(Phase::Council, "2024-01-29T18:00:00Z");
        assert_eq!(said[1..], ["window_opened:council::2024-01-30", "window_closes:council::2024-01-30:day"]);
    }

    #[test]
    fn the_standing_body_hears_of_every_task_until_it_is_done() {
        let mut campaign = Campaign::new();
        campaign.states.clear();
        campaign.tasks = vec![
            task("1", None, "2023-10-20", None),
            task("2", None, "2023-10-31", Some(Status::InProgress)),
            task("3", None, "2023-10-20", Some(Status::Done)),
            Task { due: None, ..task("4", None, "2023-10-20", None) },
            task("5", None, "2023-12-20", None),
        ];
        let said = campaign.says(Phase::Draft, "2023-10-24T01:00:00Z");
        assert_eq!(said, ["task_overdue:1:2023-10-20", "task_due:2:2023-10-31:week"]);
        let near = Kind::TaskDue { task: code("2"), due: day("2023-10-31"), stage: Stage::Week, days: 7 };
        assert!(said.contains(&near.key()));
        assert_eq!(campaign.says(Phase::Archived, "2023-10-24T01:00:00Z"), [""; 0]);
    }
}
