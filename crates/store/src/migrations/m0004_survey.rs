//! Groups, forms, questions, choices, samples; tallies and imported figures.

use super::*;
use sea_orm_migration::schema::{big_integer, big_integer_null, boolean_null, text, text_null};

migration!("m0004_survey", manager => {
    let groups = sheet("respondent_groups", ["block", "code"])
        .col(text("block"))
        .col(text("code"))
        .col(text("title"))
        .col(text_null("title_en"))
        .col(text("weight"))
        .col(text_null("mode"))
        .foreign_key(&mut refers("respondent_groups", ["block"], "blocks", ["code"]))
        .to_owned();
    manager.create_table(groups).await?;

    let forms = sheet("forms", ["code"])
        .col(text("code"))
        .col(text("block"))
        .col(text("group"))
        .col(text("title"))
        .col(text_null("title_en"))
        .col(text_null("intro"))
        .col(text_null("intro_en"))
        .foreign_key(&mut refers("forms", ["block", "group"], "respondent_groups", ["block", "code"]))
        .to_owned();
    manager.create_table(forms).await?;

    let questions = sheet("questions", ["form", "name"])
        .col(text("form"))
        .col(text("name"))
        .col(text("kind"))
        .col(text("label"))
        .col(text_null("label_en"))
        .col(text_null("hint"))
        .col(text_null("hint_en"))
        .col(boolean_null("required"))
        .col(text_null("relevant"))
        .col(text_null("constraint"))
        .col(text_null("item"))
        .col(text_null("weight"))
        .col(big_integer_null("order"))
        .foreign_key(&mut refers("questions", ["form"], "forms", ["code"]))
        .to_owned();
    manager.create_table(questions).await?;

    let choices = sheet("choices", ["list", "name"])
        .col(text("list"))
        .col(text("name"))
        .col(text("label"))
        .col(text_null("label_en"))
        .col(text_null("points"))
        .col(big_integer_null("order"))
        .to_owned();
    manager.create_table(choices).await?;

    let samples = sheet("samples", ["agency", "form"])
        .col(text("agency"))
        .col(text("form"))
        .col(big_integer_null("population"))
        .col(big_integer("planned"))
        .foreign_key(&mut refers("samples", ["agency"], "agencies", ["code"]))
        .foreign_key(&mut refers("samples", ["form"], "forms", ["code"]))
        .to_owned();
    manager.create_table(samples).await?;

    let tallies = sheet("tallies", ["agency", "form", "question", "choice"])
        .col(text("agency"))
        .col(text("form"))
        .col(text("question"))
        .col(text("choice"))
        .col(big_integer("count"))
        .foreign_key(&mut refers("tallies", ["agency"], "agencies", ["code"]))
        .foreign_key(&mut refers("tallies", ["form", "question"], "questions", ["form", "name"]))
        .to_owned();
    manager.create_table(tallies).await?;

    let external_figures = sheet("external_figures", ["agency", "item"])
        .col(text("agency"))
        .col(text("item"))
        .col(text("value"))
        .col(big_integer_null("n"))
        .col(text("source"))
        .foreign_key(&mut refers("external_figures", ["agency"], "agencies", ["code"]))
        .to_owned();
    manager.create_table(external_figures).await?;
});
