//! Content, figures and what describes them, as the files of a release.

use super::manifest::{Correction, Head, MANIFEST, Manifest};
use super::{Bundle, Release, describe};
use crate::workbook::{WriteError, write_csv};
use domain::publication::{Content, Sure, figures, rules};
use domain::workbook::{Table, Tables};

/// What distinguishes a release from another one with the same content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Edition {
    /// Counted from 1 in the campaign.
    pub number: u32,
    /// When its content was fixed, as RFC 3339 has it.
    pub fixed_at: String,
    /// Which release it corrects.
    pub corrects: Option<Correction>,
    /// What must be said with its figures.
    pub notice: Option<String>,
    /// The audit log's last line.
    pub audit: Option<Head>,
    /// What makes it, with its version.
    pub software: String,
}

/// The files of a release, unsigned; with the release as it will be read back. None where the content makes no criteria set.
///
/// # Errors
/// A table that has no `.csv`.
pub fn pack(content: Content, certainty: Vec<Sure>, edition: &Edition) -> Result<Option<(Bundle, Release)>, WriteError> {
    let Some(model) = content.model() else { return Ok(None) };
    let mut bundle = Bundle::default();
    let mut add = |folder: &str, tables: &Tables| -> Result<(), WriteError> {
        for table in &tables.0 {
            let name = format!("{folder}/{}.csv", table.name);
            bundle.0.insert(name, write_csv(table)?);
        }
        Ok(())
    };
    let mut results: Vec<Table> = figures(&model).0;
    results.extend([rules(&model), Sure::table(&certainty)]);
    let figures = Tables(results);
    let tables = [("campaign", content.workbook()), ("survey", content.survey()), ("results", figures.clone())];
    for (folder, tables) in &tables {
        add(folder, tables)?;
    }
    let settings = &content.campaign.settings;
    let text = |text: String| text.into_bytes();
    let listed: Vec<(String, &Table)> = tables
        .iter()
        .flat_map(|(folder, tables)| tables.0.iter().map(move |table| (format!("{folder}/{}.csv", table.name), table)))
        .collect();
    bundle.0.insert("csv-metadata.json".into(), text(describe::columns(settings, &listed)));
    bundle.0.insert("dcat.jsonld".into(), text(describe::entry(settings, edition, &bundle)));
    bundle.0.insert("README.md".into(), text(describe::readme(settings, edition)));
    let manifest = Manifest {
        format: 1,
        software: edition.software.clone(),
        campaign: settings.code.to_string(),
        year: settings.year,
        title: settings.title.clone(),
        authority: settings.authority.clone(),
        number: edition.number,
        fixed_at: edition.fixed_at.clone(),
        corrects: edition.corrects.clone(),
        notice: edition.notice.clone(),
        audit: edition.audit.clone(),
        files: Manifest::list(&bundle),
    };
    bundle.0.insert(MANIFEST.into(), manifest.to_bytes());
    Ok(Some((bundle, Release { content, certainty, figures })))
}
