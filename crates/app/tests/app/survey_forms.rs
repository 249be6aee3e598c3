//! Forms as files: what a file would change, changing it, and what is refused.

use super::{Hand, process};
use app::survey::SurveyError;
use app::survey::forms::{FormError, Preview, apply, export, preview};
use app::survey::plan::{freeze, freezing};
use app::{Actor, Code, Context, Error, Frame};
use documents::workbook::Marks;
use documents::xlsform;
use domain::Campaign;
use domain::accounts::{Person, Role};
use domain::survey::replacement::Change;
use domain::survey::{ChoiceRow, FormRow, QuestionRow};
use std::sync::Arc;
use store::testing::{Database, Engine};

fn code(text: &str) -> Code {
    Code::new(text).unwrap()
}

/// The shipped campaign with one district, before its survey.
fn few() -> Campaign {
    let mut campaign = crate::hanoi();
    let kept = ["SNV", "D001"].map(code);
    campaign.agencies.retain(|agency| kept.contains(&agency.code));
    campaign.sample.retain(|sample| kept.contains(&sample.agency));
    campaign.people.retain(|person| person.agency.as_ref().is_none_or(|agency| kept.contains(agency)));
    (campaign.claims, campaign.tallies, campaign.external) = Default::default();
    campaign
}

struct Institute {
    context: Context,
    campaign: Campaign,
    h1: Code,
}

impl Institute {
    async fn with(database: &Database) -> Self {
        let (context, campaign) = (process(database, &Hand::new()).await, few());
        app::campaign::import(&context, &Actor::at_the_console(), &campaign).await.unwrap();
        Self { context, campaign, h1: code("H1-2023") }
    }

    fn somebody(&self, role: Role) -> Actor {
        let is = |person: &&Person| person.role == role;
        self.campaign.people.iter().find(is).unwrap().into()
    }

    async fn frame(&self) -> Arc<Frame> {
        self.context.current().await.unwrap().unwrap()
    }

    /// A file with the form of this code after a change.
    async fn file(&self, edit: impl FnOnce(&mut FormRow, &mut Vec<QuestionRow>, &mut Vec<ChoiceRow>)) -> Vec<u8> {
        let mut campaign = self.frame().await.campaign().clone();
        let mut form = campaign.forms.iter().find(|form| form.code == self.h1).unwrap().clone();
        campaign.questions.retain(|question| question.form == self.h1);
        edit(&mut form, &mut campaign.questions, &mut campaign.choices);
        xlsform::write(&form, &campaign.questions, &campaign.choices, "", Marks::default()).unwrap()
    }

    async fn apply(&self, role: Role, file: &[u8], reason: Option<&str>) -> Result<Option<u32>, FormError> {
        let (frame, actor) = (self.frame().await, self.somebody(role));
        Ok(apply(&self.context, &actor, &frame, &self.h1, file, reason).await?.map(|design| design.version))
    }

    async fn label(&self, question: &str) -> Option<String> {
        let frame = self.frame().await;
        let found = frame.survey().form(&self.h1)?.questions.iter().find(|known| known.name.as_str() == question)?;
        Some(found.label.vi.clone())
    }
}

fn relabel(questions: &mut [QuestionRow]) {
    questions.iter_mut().find(|question| question.name.as_str() == "chi_dao").unwrap().label = "Chỉ đạo thế nào?".into();
}

#[tokio::test]
async fn what_goes_out_changes_nothing_when_it_comes_in() {
    let database = Database::new(Engine::Sqlite);
    let institute = Institute::with(&database).await;
    let frame = institute.frame().await;
    for form in &frame.campaign().forms {
        let file = export(frame.campaign(), &form.code).unwrap();
        let Preview { differences, ignored, .. } = preview(frame.campaign(), None, &file).unwrap();
        assert_eq!((differences, ignored), (Vec::new(), Vec::new()), "{}", form.code);
    }
    assert!(matches!(export(frame.campaign(), &code("H9")), Err(FormError::Failed(Error::NotThere))));
    assert!(matches!(preview(frame.campaign(), None, b"PK"), Err(FormError::Unreadable(_))));
}

#[tokio::test]
async fn a_form_is_replaced_freely_before_the_freeze_and_by_amendment_after_it() {
    let database = Database::new(Engine::Sqlite);
    let institute = Institute::with(&database).await;
    let file = institute.file(|_, questions, _| relabel(questions)).await;

    let seen = preview(institute.frame().await.campaign(), Some(&institute.h1), &file).unwrap();
    let [difference] = seen.differences.as_slice() else { panic!("{:?}", seen.differences) };
    assert_eq!((difference.sheet, difference.name.as_str()), ("questions", "chi_dao"));
    assert!(matches!(&difference.change, Change::Cells(cells) if cells[0].0 == "label" && cells[0].2 == "Chỉ đạo thế nào?"));

    // A monitor reads forms and changes none.
    let refused = institute.apply(Role::Monitor, &file, None).await;
    assert!(matches!(refused, Err(FormError::Failed(Error::Forbidden | Error::NotThere))), "{refused:?}");

    // What the preview hands on is all that is needed.
    assert_eq!(institute.apply(Role::SurveyOfficer, &seen.file, None).await.unwrap(), None);
    assert_eq!(institute.label("chi_dao").await.as_deref(), Some("Chỉ đạo thế nào?"));

    let vien = institute.somebody(Role::SurveyOfficer);
    let seen = freezing(&*institute.frame().await).hash;
    freeze(&institute.context, &vien, &institute.campaign.settings.code, &seen).await.unwrap();
    let file = institute.file(|form, _, _| form.title = "Phiếu số 1".into()).await;
    let refused = institute.apply(Role::SurveyOfficer, &file, Some("  ")).await;
    assert!(matches!(refused, Err(FormError::Survey(SurveyError::NoReason))), "{refused:?}");
    assert_eq!(institute.apply(Role::SurveyOfficer, &file, Some("Sửa tên phiếu")).await.unwrap(), Some(2));
    assert_eq!(institute.frame().await.survey().form(&institute.h1).unwrap().title.vi, "Phiếu số 1");
}

#[tokio::test]
async fn a_file_with_problems_changes_nothing() {
    let database = Database::new(Engine::Sqlite);
    let institute = Institute::with(&database).await;
    let file = institute
        .file(|_, questions, choices| {
            relabel(questions);
            questions.iter_mut().find(|question| question.name.as_str() == "gop_y").unwrap().relevant =
                Some("${later} = 1".into());
            choices.iter_mut().find(|choice| choice.list.as_str() == "quality5").unwrap().label = "Khác hẳn".into();
        })
        .await;
    let Err(FormError::Problems(problems)) = institute.apply(Role::SurveyOfficer, &file, None).await else {
        panic!("it was taken")
    };
    let said: Vec<String> = problems.iter().map(ToString::to_string).collect();
    assert_eq!(said.len(), 2, "{said:?}");
    assert!(said[0].starts_with("choices!") && said[0].contains("“quality5” is also used by H2-2023"), "{said:?}");
    assert!(said[1].starts_with("survey!") && said[1].contains("the form H1-2023 has no question “later”"), "{said:?}");
    assert_ne!(institute.label("chi_dao").await.as_deref(), Some("Chỉ đạo thế nào?"));
}
