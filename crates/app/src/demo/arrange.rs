//! The campaign as it was in an earlier phase: later streams left out, nothing of the future done.

use super::{Start, survey};
use crate::assessment::Beginning;
use chrono::{NaiveDate, TimeDelta};
use domain::appraisal::ItemState;
use domain::assessment::{Claim, State, Stream};
use domain::plan::{Status, Task, Window};
use domain::{Campaign, Code, Phase, Settings};
use std::collections::HashSet;
use store::assessment::explanations::Explanation;

/// Those whose officers and heads can be chosen at sign-in: they have their work before them.
const OWN: [&str; 2] = ["STC", "D006"];
/// The fields that the first of them has filled in when self-assessment is under way; the second is ready to submit.
const FILLED_IN: [&str; 4] = ["1", "2", "3", "4"];
/// What is simulated beside the claims.
const EXPLANATION: &str =
    "Đơn vị đề nghị xem xét lại nội dung này; tài liệu bổ sung được nêu trong báo cáo giải trình (mô phỏng).";

fn is_own(agency: &Code) -> bool {
    OWN.contains(&agency.as_str())
}

fn field(item: &Code) -> &str {
    item.as_str().split('.').next().unwrap_or_default()
}

/// The campaign on a day, before its later streams were said.
pub(super) fn campaign(whole: Campaign, start: Start, day: NaiveDate) -> Campaign {
    let earlier = !matches!(start, Start::Council | Start::Published);
    // What is published is decided first.
    let phase = if start == Start::Published { Phase::Decided } else { start.phase() };
    Campaign {
        settings: Settings { phase: Some(phase), ..whole.settings },
        claims: whole.claims.into_iter().filter(|claim| is_said(claim, start)).collect(),
        tallies: if survey::is_counted(start) { whole.tallies } else { Vec::new() },
        tasks: if earlier { whole.tasks.into_iter().map(|task| as_of(task, start, day)).collect() } else { whole.tasks },
        ..whole
    }
}

/// Whether a claim has been made by then. What the others claim is there from the beginning, or a journey through the phases would find
/// fifty agencies with nothing.
fn is_said(claim: &Claim, start: Start) -> bool {
    let own = is_own(&claim.agency);
    match (start, claim.stream) {
        (Start::Council | Start::Published, _) => true,
        (Start::Draft, Stream::SelfAssessed) => !own,
        (Start::Open, Stream::SelfAssessed) => claim.agency.as_str() != OWN[0] || FILLED_IN.contains(&field(&claim.item)),
        (_, Stream::SelfAssessed) | (Start::Explanation | Start::Appraisal2, Stream::Appraisal1) => true,
        (Start::Draft, Stream::Appraisal1) => false,
        (Start::Open | Start::Appraisal1, Stream::Appraisal1) => !own,
        (_, Stream::Final) => false,
    }
}

fn as_of(task: Task, start: Start, day: NaiveDate) -> Task {
    if task.done_on.is_some_and(|done| done < day) {
        return task;
    }
    let waits = start == Start::Draft && task.window == Some(Window::SelfAssessment);
    let begun = task.start.is_some_and(|start| start <= day) && !waits;
    // The notes tell when a task was done; it has not been yet.
    let note = task.note.as_deref().map(|note| {
        let sentences = note.split_inclusive(". ").filter(|sentence| !sentence.contains("oàn thành"));
        sentences.collect::<String>().trim().to_owned()
    });
    Task {
        status: Some(if begun { Status::InProgress } else { Status::Planned }),
        done_on: None,
        note: note.filter(|note| !note.is_empty()),
        ..task
    }
}

/// How far agencies and items are, and what was explained. `whole` is the campaign to its end.
pub(super) fn beginning(beginning: &mut Beginning, whole: &Campaign, start: Start) -> Vec<Explanation> {
    let changed_later: HashSet<(&Code, &Code)> =
        whole.claims.iter().filter(|claim| claim.stream == Stream::Final).map(|claim| (&claim.agency, &claim.item)).collect();
    for (at, assessment) in beginning.assessments.iter_mut().enumerate() {
        let own = is_own(&assessment.agency);
        assessment.state = match start {
            Start::Open if !own => State::Submitted,
            Start::Appraisal1 if !own && at % 3 == 0 => State::Appraised1,
            Start::Explanation if !own && at % 2 == 0 => State::Explained,
            _ => assessment.state,
        };
    }
    let explains: HashSet<&Code> = match start {
        Start::Explanation | Start::Appraisal2 => beginning
            .assessments
            .iter()
            .filter(|assessment| start == Start::Appraisal2 || assessment.state == State::Explained)
            .map(|assessment| &assessment.agency)
            .collect(),
        _ => HashSet::new(),
    };
    let mut explanations = Vec::new();
    for item in &mut beginning.items {
        // Round 1 has seen the others, whether it said something of an item or not.
        if matches!(start, Start::Open | Start::Appraisal1) && !is_own(&item.agency) && item.state == ItemState::Open {
            item.state = ItemState::Accepted1;
        }
        if explains.contains(&item.agency) && changed_later.contains(&(&item.agency, &item.item)) {
            item.state = ItemState::Disputed;
            explanations.push(Explanation {
                agency: item.agency.clone(),
                item: item.item.clone(),
                revision: 1,
                text: EXPLANATION.into(),
                changed_by: item.changed_by.clone(),
                changed_at: item.changed_at - TimeDelta::days(1),
            });
        }
    }
    explanations
}
