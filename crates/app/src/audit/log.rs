//! Reading the log: page by page, as a file, and as a whole to see that it is whole.

use crate::change::ask;
use crate::{Context, Error, Frame};
use documents::audit::{Format, Log, ReadError, Writer};
use domain::Code;
use domain::audit::{Broken, Chain, Filter, Head, Line, Why, verify_against};
use domain::policy::{Action, Actor};
use std::path::Path;

/// Lines on a page.
pub const PAGE: usize = 50;
/// Lines that are read at once where all of them are.
const PART: u64 = 2_000;

/// A page of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Newest first.
    pub lines: Vec<Line>,
    /// Before which line the next page begins; none: this was the last one.
    pub next: Option<u64>,
    /// Where the whole log ends now.
    pub head: Head,
}

/// The newest lines of the campaign's log that fit a filter, from behind line `before`.
///
/// # Errors
/// [`Error::Forbidden`], or where the database does not answer.
pub async fn page(context: &Context, frame: &Frame, actor: &Actor, filter: &Filter, before: Option<u64>) -> Result<Page, Error> {
    ask(actor, frame, Action::ReadAudit)?;
    let (snapshot, code) = (context.store().read().await?, &frame.settings().code);
    let mut lines = store::audit::page(&snapshot, code, filter, before, PAGE as u64 + 1).await?;
    let more = lines.len() > PAGE;
    lines.truncate(PAGE);
    let next = lines.last().filter(|_| more).map(|line| line.seq);
    Ok(Page { lines, next, head: store::audit::head(&snapshot, code).await? })
}

/// Follows the whole chain of a campaign, and gives its head or the first line that is broken. `expected` is a head that was printed.
///
/// # Errors
/// [`Error::NotThere`] without such a campaign, or where the database does not answer.
pub async fn verify(context: &Context, campaign: &Code, expected: Option<Head>) -> Result<Result<Head, Broken>, Error> {
    let snapshot = context.store().read().await?;
    let mut chain = Chain::new(campaign, expected);
    loop {
        let part = store::audit::following(&snapshot, campaign, &Filter::default(), chain.head().seq, PART).await?;
        if part.is_empty() {
            return Ok(chain.end());
        }
        for line in part {
            let followed = match line {
                Ok(line) => chain.follow(&line),
                Err(unreadable) => Err(Broken { seq: unreadable.seq, why: Why::Unreadable }),
            };
            if let Err(broken) = followed {
                return Ok(Err(broken));
            }
        }
    }
}

/// Verifies a log that `parindex audit export` wrote, without a database, and says whose it is.
///
/// # Errors
/// Where the file is none; that a line of it cannot be read is what is found, no error.
pub fn verify_file(path: &Path, expected: Option<Head>) -> Result<(Option<Code>, Result<Head, Broken>), ReadError> {
    let log = match documents::audit::read(std::fs::File::open(path)?) {
        Ok(log) => log,
        Err(ReadError::Line(seq)) => return Ok((None, Err(Broken { seq, why: Why::Unreadable }))),
        Err(error) => return Err(error),
    };
    let Log { campaign, lines, head } = log;
    let verified = verify_against(&campaign, &lines, expected);
    // The file's own head shows whether its last lines were cut off.
    let verified = verified.and_then(|found| verify_against(&campaign, &lines, head).map(|_| found));
    Ok((Some(campaign), verified))
}

/// The log as a file, part by part, so that a long one is never in memory.
#[derive(Clone)]
pub struct Export {
    context: Context,
    campaign: Code,
    filter: Filter,
    writer: Writer,
    at: At,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum At {
    Beginning,
    /// Behind this line.
    Line(u64),
    End,
}

/// Begins to write the lines of the campaign's log that fit a filter.
///
/// # Errors
/// [`Error::Forbidden`].
pub fn export(context: &Context, frame: &Frame, actor: &Actor, filter: Filter, format: Format) -> Result<Export, Error> {
    ask(actor, frame, Action::ReadAudit)?;
    Ok(whole(context, &frame.settings().code, filter, format))
}

/// The same at the machine's own command line, where nobody is asked who they are.
#[must_use]
pub fn export_at_the_console(context: &Context, campaign: &Code, format: Format) -> Export {
    whole(context, campaign, Filter::default(), format)
}

fn whole(context: &Context, campaign: &Code, filter: Filter, format: Format) -> Export {
    let writer = Writer::new(format, campaign.clone());
    Export { context: context.clone(), campaign: campaign.clone(), filter, writer, at: At::Beginning }
}

impl Export {
    /// The next part of the file; none when it is complete. Lines that are added meanwhile may be in it, each behind the one before.
    ///
    /// # Errors
    /// Where the database does not answer, or holds a line that cannot be read: [`verify`] names it.
    pub async fn part(&mut self) -> Result<Option<String>, Error> {
        let after = match self.at {
            At::End => return Ok(None),
            At::Beginning => {
                self.at = At::Line(0);
                return Ok(Some(self.writer.begin()));
            }
            At::Line(after) => after,
        };
        let snapshot = self.context.store().read().await?;
        let found = store::audit::following(&snapshot, &self.campaign, &self.filter, after, PART).await?;
        let unreadable = |line: store::audit::Unreadable| {
            let value = format!("line {}", line.seq);
            Error::Database(store::Error::Corrupt { table: "audit_lines", column: "hash", value })
        };
        let lines = found.into_iter().collect::<Result<Vec<_>, _>>().map_err(unreadable)?;
        if let Some(last) = lines.last() {
            self.at = At::Line(last.seq);
            return Ok(Some(self.writer.lines(&lines)));
        }
        self.at = At::End;
        // Behind the last line that was written: what came in between is not in the file.
        let head = match (self.filter.is_empty(), after) {
            (true, 0) => Head::EMPTY,
            (true, _) => self.head_at(&snapshot, after).await?,
            (false, _) => store::audit::head(&snapshot, &self.campaign).await?,
        };
        Ok(Some(self.writer.end(head)))
    }

    async fn head_at(&self, snapshot: &store::Snapshot, seq: u64) -> Result<Head, Error> {
        let last = store::audit::page(snapshot, &self.campaign, &Filter::default(), Some(seq.saturating_add(1)), 1).await?;
        Ok(last.first().map_or(Head::EMPTY, Head::from))
    }
}
