//! What waits for the reader, in a sentence each: on the first page.

use super::step::by_state;
use crate::failure::Failure;
use crate::guard::Visit;
use crate::moments;
use app::campaign::Prospect;
use domain::accounts::Role;
use domain::assessment::{State, Writing};
use domain::campaign::PhaseEvent;
use domain::policy::Action;
use domain::{Code, Phase};

/// Something that waits for the reader.
pub(super) struct Mine {
    pub(super) says: String,
    pub(super) href: String,
    pub(super) label: String,
    pub(super) late: bool,
}

impl Mine {
    fn new(says: String, href: impl Into<String>, label: String) -> Self {
        Self { says, href: href.into(), label, late: false }
    }
}

/// What waits for the reader; nothing is computed that people are writing at.
pub(super) async fn mine(visit: &Visit) -> Result<Vec<Mine>, Failure> {
    let actor = &visit.session.actor;
    match (actor.role, &actor.agency) {
        (Role::Officer | Role::Head, Some(agency)) if visit.may(Action::Assess(agency)) => of_agency(visit, agency).await,
        (Role::Appraiser, _) => of_appraiser(visit).await,
        (Role::StandingBody, _) => of_standing_body(visit).await,
        (Role::Council, _) => of_council(visit).await,
        _ => Ok(Vec::new()),
    }
}

async fn of_agency(visit: &Visit, agency: &Code) -> Result<Vec<Mine>, Failure> {
    let t = visit.t;
    if visit.frame.place(agency).is_none_or(|place| !place.agency.assessed) || visit.frame.settings().phase() == Phase::Draft {
        return Ok(Vec::new());
    }
    let desk = app::assessment::desk(&visit.ctx, &visit.frame, agency).await?;
    let progress = desk.progress();
    let left = |end: Option<chrono::DateTime<chrono::Utc>>| match end.map(|end| moments::left(t, end, visit.now)) {
        Some(Some(left)) => t.with("campaign-left", &[("left", &left)]),
        Some(None) => t.get("campaign-over"),
        None => t.get("campaign-mine-no-end"),
    };
    let all = progress.not_started + progress.in_progress + progress.problem + progress.ready;
    let found = match desk.state {
        State::Drafting => {
            let left = left(desk.end);
            let says = t.with("campaign-mine-drafting", &[("ready", &progress.ready), ("all", &all), ("left", &left)]);
            Mine::new(says, format!("/agencies/{agency}/assessment"), t.get("campaign-mine-assessment"))
        }
        State::Explaining => {
            let says = t.with("campaign-mine-explaining", &[("left", &left(desk.end))]);
            Mine::new(says, format!("/agencies/{agency}/explanations"), t.get("campaign-mine-explanations"))
        }
        state => {
            let says = t.with("campaign-mine-sent", &[("state", &super::step::state_name(visit, state))]);
            Mine::new(says, format!("/agencies/{agency}/assessment"), t.get("campaign-mine-assessment"))
        }
    };
    let open = matches!(desk.may_write, Ok(Writing::SelfAssessment | Writing::Explanation));
    let late = desk.state.writes().is_some() && !open;
    Ok(vec![Mine { late, ..found }])
}

async fn of_appraiser(visit: &Visit) -> Result<Vec<Mine>, Failure> {
    let t = visit.t;
    let work = app::appraisal::worklist(&visit.ctx, &visit.frame, &visit.session.actor).await?;
    let progress = work.progress();
    let says = if progress.owed > 0 {
        t.with("campaign-mine-owed", &[("n", &progress.owed), ("all", &progress.all)])
    } else {
        t.get("campaign-mine-owed-nothing")
    };
    Ok(vec![Mine::new(says, "/appraisal", t.get("campaign-mine-appraisal"))])
}

async fn of_standing_body(visit: &Visit) -> Result<Vec<Mine>, Failure> {
    let t = visit.t;
    let mut mine = Vec::new();
    if visit.frame.settings().phase() == Phase::Council {
        let says = t.with("campaign-mine-step", &[("step", &super::course::step_name(t, PhaseEvent::Decide))]);
        return Ok(vec![Mine::new(says, "/council", t.get("campaign-mine-council"))]);
    }
    for prospect in app::campaign::prospects(&visit.ctx, &visit.frame).await? {
        mine.push(step(visit, &prospect));
        mine.extend(
            by_state(visit, &prospect.awaited()).into_iter().map(|group| Mine {
                late: group.late,
                ..Mine::new(group.says, "/campaign/agencies", t.get("campaign-agencies"))
            }),
        );
    }
    let all = app::campaign::standing(&visit.ctx, &visit.frame).await?;
    let ready = all.iter().filter(|found| super::agencies::is_ready(found)).count();
    if ready > 0 {
        let says = t.with("campaign-mine-ready", &[("n", &ready)]);
        mine.push(Mine::new(says, "/campaign/approvals", t.get("campaign-approve-all")));
    }
    Ok(mine)
}

fn step(visit: &Visit, prospect: &Prospect) -> Mine {
    let t = visit.t;
    let name = super::course::step_name(t, prospect.event);
    let awaited = prospect.awaited().len();
    let says = if awaited > 0 {
        t.with("campaign-mine-step-waits", &[("step", &name), ("n", &awaited)])
    } else {
        t.with("campaign-mine-step", &[("step", &name)])
    };
    Mine::new(says, "/campaign", t.get("campaign-course"))
}

async fn of_council(visit: &Visit) -> Result<Vec<Mine>, Failure> {
    let t = visit.t;
    if visit.frame.settings().phase() != Phase::Council {
        return Ok(Vec::new());
    }
    let actor = &visit.session.actor;
    let docket = app::council::docket(&visit.ctx, actor, &visit.frame).await?;
    let owes = |ballot: &app::council::Ballot| !ballot.recused && ballot.vote.is_none();
    let open = docket.matters.iter().filter(|matter| matter.closing.is_none());
    let waiting = open.filter(|matter| matter.ballot(&actor.code).is_some_and(owes)).count();
    let says = if docket.convened().is_none() {
        t.get("campaign-mine-not-convened")
    } else {
        t.with("campaign-mine-votes", &[("n", &waiting)])
    };
    Ok(vec![Mine::new(says, "/council", t.get("campaign-mine-council"))])
}
