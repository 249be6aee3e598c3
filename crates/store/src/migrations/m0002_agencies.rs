//! Blocks, bands, agencies. Decimals are text; see `column::Exact`.

use super::*;
use sea_orm_migration::schema::{boolean_null, date_null, text, text_null};

migration!("m0002_agencies", manager => {
    let blocks = sheet("blocks", ["code"])
        .col(text("code"))
        .col(text("title"))
        .col(text_null("title_en"))
        .col(text("appraisal_points"))
        .col(text("survey_points"))
        .to_owned();
    manager.create_table(blocks).await?;

    let bands = sheet("bands", ["block", "from"])
        .col(text("block"))
        .col(text("label"))
        .col(text_null("label_en"))
        .col(text("from"))
        .col(boolean_null("inclusive"))
        .foreign_key(&mut refers("bands", ["block"], "blocks", ["code"]))
        .to_owned();
    manager.create_table(bands).await?;

    let agencies = sheet("agencies", ["code"])
        .col(text("code"))
        .col(text("block"))
        .col(text("name"))
        .col(text_null("name_en"))
        .col(text_null("org_code"))
        .col(text_null("admin_code"))
        .col(text_null("tags"))
        .col(date_null("valid_from"))
        .col(date_null("valid_to"))
        .col(text_null("successor"))
        .col(boolean_null("assessed"))
        .col(text_null("note"))
        .foreign_key(&mut refers("agencies", ["block"], "blocks", ["code"]))
        .to_owned();
    manager.create_table(agencies).await?;
});
