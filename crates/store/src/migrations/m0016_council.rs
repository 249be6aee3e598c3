//! Sittings of the council, the questions put to it, votes, and what became of them.

use super::*;
use sea_orm_migration::schema::{big_integer, boolean_null, date, text, text_null, timestamp_with_time_zone};

migration!("m0016_council", manager => {
    let sittings = sheet("council_sittings", ["number", "revision"])
        .col(big_integer("number"))
        .col(big_integer("revision"))
        .col(text("state"))
        .col(date("on"))
        .col(text("place"))
        .col(text("chair"))
        .col(text_null("note"))
        .col(text("changed_by"))
        .col(timestamp_with_time_zone("changed_at"))
        .to_owned();
    manager.create_table(sittings).await?;

    let questions = sheet("council_questions", ["number"])
        .col(big_integer("number"))
        .col(big_integer("sitting"))
        .col(text("block"))
        .col(text_null("agency"))
        .col(text_null("item"))
        .col(text_null("reason"))
        .col(text("asked_by"))
        .col(text("asked_name"))
        .col(timestamp_with_time_zone("asked_at"))
        .to_owned();
    manager.create_table(questions).await?;

    let proposals = of_campaign("council_proposals")
        .col(big_integer("question"))
        .col(text("agency"))
        .col(text("item"))
        .col(text_null("input"))
        .col(text_null("value"))
        .col(text_null("score"))
        .col(boolean_null("applicable"))
        .col(text_null("remark"))
        .foreign_key(&mut refers("council_proposals", ["question"], "council_questions", ["number"]))
        .to_owned();
    manager.create_table(proposals).await?;

    let votes = of_campaign("council_votes")
        .col(big_integer("question"))
        .col(text("member"))
        .col(text("name"))
        .col(text("choice"))
        .col(text("manner"))
        .col(big_integer("basis"))
        .col(timestamp_with_time_zone("at"))
        .foreign_key(&mut refers("council_votes", ["question"], "council_questions", ["number"]))
        .to_owned();
    manager.create_table(votes).await?;

    let closings = sheet("council_closings", ["question"])
        .col(big_integer("question"))
        .col(text("state"))
        .col(big_integer("entitled"))
        .col(big_integer("approve"))
        .col(big_integer("reject"))
        .col(big_integer("abstain"))
        .col(big_integer("recused"))
        .col(text_null("note"))
        .col(text("closed_by"))
        .col(timestamp_with_time_zone("closed_at"))
        .foreign_key(&mut refers("council_closings", ["question"], "council_questions", ["number"]))
        .to_owned();
    manager.create_table(closings).await?;

    let papers = sheet("council_papers", ["number"])
        .col(big_integer("number"))
        .col(big_integer("sitting"))
        .col(text("file"))
        .col(text("media"))
        .col(big_integer("size"))
        .col(text("name"))
        .col(text("by"))
        .col(timestamp_with_time_zone("at"))
        .to_owned();
    manager.create_table(papers).await?;
});
