//! The council's minutes, as they follow from what was recorded.

use super::papers;
use crate::assessment::name_of;
use crate::council::{Docket, Matter};
use crate::{Context, Error, Frame};
use documents::council::{AgencyRow, Attendance, BlockResults, Member, Minutes, Question, Quorum, Recusal, minutes as set};
use documents::letter::Letter;
use documents::paper::Signer;
use domain::Code;
use domain::council::{Manner, QuestionState, Sitting, SittingState};
use scoring::Decimal;
use scoring::index::Tally;
use scoring::{Lang, Stream, Text};
use std::sync::Arc;

pub(super) async fn minutes(
    context: &Context,
    frame: &Arc<Frame>,
    docket: &Docket,
    sitting: &Sitting,
    lang: Lang,
) -> Result<Letter, Error> {
    let computed = context.computed(frame).await?;
    let snapshot = context.store().read().await?;
    let plain = papers::plain(&snapshot, frame, context.now()).await?;
    // Nobody records when the room filled; that it ended, the decision tells.
    let ended = sitting.changed_at.with_timezone(&frame.settings().zone());
    let closed = match sitting.state {
        SittingState::Convened => (sitting.on, None),
        SittingState::Returned | SittingState::Decided => (ended.date_naive(), Some(ended.time())),
    };
    let members = members(frame, docket, sitting);
    let took_part = members.iter().filter(|member| !matches!(member.attendance, Attendance::Absent(_))).count();
    let needed = members.len() / 2 + 1;
    let input = Minutes {
        paper: papers::of_council(plain, name_of(frame, sitting.chair.as_str())),
        opened: (sitting.on, None),
        closed,
        venue: same(&sitting.place),
        secretary: Signer { position: Text::new("Thư ký", "Secretary"), ..Signer::default() },
        recusals: docket.matters.iter().flat_map(|matter| recusals(frame, matter)).collect(),
        quorum: Quorum { needed, met: took_part >= needed },
        questions: asked(docket).map(|matter| question(frame, matter)).collect(),
        decision: decision(sitting, lang),
        results: results(&docket.proposed(&computed)),
        members,
    };
    Ok(set(&input, lang))
}

/// The members, who chairs first.
fn members(frame: &Frame, docket: &Docket, sitting: &Sitting) -> Vec<Member> {
    let mut members: Vec<_> = docket.members().collect();
    members.sort_by_key(|member| member.code != sitting.chair);
    let member = |member: &domain::accounts::Person| Member {
        name: member.name.clone(),
        position: member.agency.as_ref().map(|agency| agency_name(frame, agency)).unwrap_or_default(),
        role: if member.code == sitting.chair { Text::new("Chủ trì", "Chair") } else { Text::new("Thành viên", "Member") },
        attendance: match docket.attended(&member.code) {
            Some(Manner::Present) => Attendance::Present,
            Some(Manner::InWriting) => Attendance::InWriting,
            None => Attendance::Absent(String::new()),
        },
    };
    members.into_iter().map(member).collect()
}

/// The questions that were not taken back.
fn asked(docket: &Docket) -> impl Iterator<Item = &Matter> {
    docket.matters.iter().filter(|matter| matter.state != QuestionState::Withdrawn)
}

fn recusals(frame: &Frame, matter: &Matter) -> Vec<Recusal> {
    let Some(agency) = &matter.question.agency else { return Vec::new() };
    let recused = matter.ballots.iter().filter(|ballot| ballot.recused);
    let recusal = |ballot: &crate::council::Ballot| Recusal {
        member: ballot.member.name.clone(),
        agency: agency_name(frame, agency),
        reason: Text::new("Công tác tại đơn vị được thẩm định", "Works at the agency appraised"),
    };
    recused.map(recusal).collect()
}

fn question(frame: &Frame, matter: &Matter) -> Question {
    let title = match matter.question.of_item() {
        None => {
            let block = frame.model().blocks.iter().find(|block| *block.code == *matter.question.block.as_str());
            let title = block.map(|block| block.title.clone()).unwrap_or_default();
            Text::new(
                format!("Kết quả thẩm định: {}", title.get(Lang::Vi)),
                format!("Results of the appraisal: {}", title.get(Lang::En)),
            )
        }
        Some((agency, item)) => {
            let name = agency_name(frame, agency);
            let of = |lang| format!("{}, {item}", name.get(lang));
            Text::new(of(Lang::Vi), of(Lang::En))
        }
    };
    let tally = matter.tally;
    Question {
        title,
        approve: tally.approve,
        reject: tally.reject,
        abstain: tally.abstain,
        recused: tally.recused,
        carried: match matter.state {
            QuestionState::Approved => Some(true),
            QuestionState::Rejected | QuestionState::Withdrawn => Some(false),
            QuestionState::Open => None,
        },
    }
}

fn decision(sitting: &Sitting, lang: Lang) -> Vec<String> {
    let text = match sitting.state {
        SittingState::Convened => Text::new("Hội đồng chưa quyết định.", "The council has not decided yet."),
        SittingState::Returned => {
            Text::new("Hội đồng đề nghị Tổ công tác thẩm định lại (lần 2).", "The council asks for round 2 to be done over.")
        }
        SittingState::Decided => Text::new(
            "Hội đồng thông qua kết quả thẩm định như các phụ lục kèm theo.",
            "The council approves the results in the appendices.",
        ),
    };
    let note = sitting.note.clone().filter(|note| !note.trim().is_empty());
    std::iter::once(text.get(lang).to_owned()).chain(note).collect()
}

fn results(computed: &crate::Computed) -> Vec<BlockResults> {
    let ranking = computed.ranking(Stream::Final);
    let mut blocks: Vec<(&str, BlockResults)> = Vec::new();
    for standing in &ranking {
        let result = standing.result;
        let row = AgencyRow {
            rank: result.rank,
            agency: standing.agency.name.clone(),
            appraisal: points(&result.appraisal),
            survey: points(&result.survey),
            index: result.index.map(|index| index.0),
            band: standing.band.map(|band| band.label.clone()).unwrap_or_default(),
        };
        match blocks.last_mut().filter(|(code, _)| *code == &*standing.block.code) {
            Some((_, block)) => block.rows.push(row),
            None => blocks.push((&standing.block.code, BlockResults { block: standing.block.title.clone(), rows: vec![row] })),
        }
    }
    blocks.into_iter().map(|(_, block)| block).collect()
}

fn points(tally: &Tally) -> Option<Decimal> {
    (tally.missing == 0).then_some(tally.points.0)
}

fn agency_name(frame: &Frame, agency: &Code) -> Text {
    frame.place(agency).map_or_else(|| same(agency.as_str()), |place| place.agency.name.clone())
}

fn same(text: &str) -> Text {
    Text::new(text, text)
}
