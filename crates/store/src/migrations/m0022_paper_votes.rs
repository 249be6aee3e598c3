//! Votes that came on paper: on which, and who recorded them.

use super::*;
use sea_orm_migration::schema::{big_integer_null, text_null};

migration!("m0022_paper_votes", manager => {
    for column in [big_integer_null("paper"), text_null("recorded_by"), text_null("recorded_name")] {
        let mut alter = Table::alter();
        manager.alter_table(alter.table("council_votes").add_column(column).to_owned()).await?;
    }
});
