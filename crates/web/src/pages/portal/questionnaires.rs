//! What respondents were asked.

use super::{Asked, Head};
use crate::failure::Failure;
use askama::Template;
use scoring::Text;

#[derive(Template)]
#[template(path = "portal/questionnaires.html")]
struct View {
    head: Head,
    forms: Vec<Form>,
}

struct Form {
    code: String,
    title: String,
    /// Each question with the answers offered.
    questions: Vec<(String, Vec<String>)>,
}

pub(super) fn render(asked: &Asked) -> Result<String, Failure> {
    let t = asked.t;
    let campaign = asked.released.computed.campaign();
    let say = |vi: &str, en: Option<&String>| t.of(&Text::new(vi, en.cloned().unwrap_or_default()));
    let forms = campaign.forms.iter().map(|form| {
        let of_form = campaign.questions.iter().filter(|question| question.form == form.code);
        let asks = of_form.filter_map(|question| {
            let list = question.select_one()?;
            let offered = campaign.choices.iter().filter(|choice| choice.list.as_str() == list);
            let answers = offered.map(|choice| say(&choice.label, choice.label_en.as_ref())).collect();
            Some((say(&question.label, question.label_en.as_ref()), answers))
        });
        Form { code: form.code.to_string(), title: say(&form.title, form.title_en.as_ref()), questions: asks.collect() }
    });
    let view = View { head: Head::new(asked, t.get("portal-questionnaires")), forms: forms.collect() };
    Ok(view.render()?)
}
