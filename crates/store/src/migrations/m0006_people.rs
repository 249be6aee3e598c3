//! People.

use super::*;
use sea_orm_migration::schema::{boolean_null, text, text_null};

migration!("m0006_people", manager => {
    let people = sheet("people", ["code"])
        .col(text("code"))
        .col(text("name"))
        .col(text_null("email"))
        .col(text("role"))
        .col(text_null("agency"))
        .col(text_null("fields"))
        .col(boolean_null("active"))
        .foreign_key(&mut refers("people", ["agency"], "agencies", ["code"]))
        .to_owned();
    manager.create_table(people).await?;
});
