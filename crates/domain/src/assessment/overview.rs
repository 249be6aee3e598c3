//! What an agency writes in its own words for its self-assessment report (đánh giá chung), around the figures.

use super::entry::remark;
use crate::workbook::Fault;
use crate::workbook::cell::words;
use scoring::Text;

words! {
    /// A part of it, in the order of the report.
    Part {
        /// What was done, and with what result.
        Results = "results",
        /// What falls short.
        Limits = "limits",
        /// Why.
        Causes = "causes",
        /// What it will do, and what it asks for.
        Proposals = "proposals",
    }
}

impl Part {
    /// The heading in the report.
    #[must_use]
    pub fn title(self) -> Text {
        match self {
            Self::Results => Text::new("Tình hình triển khai, kết quả đạt được", "What was done and achieved"),
            Self::Limits => Text::new("Tồn tại, hạn chế", "Shortcomings"),
            Self::Causes => Text::new("Nguyên nhân", "Causes"),
            Self::Proposals => Text::new("Phương hướng, kiến nghị, đề xuất", "Plans and proposals"),
        }
    }
}

/// See the module. A blank part is not printed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Overview {
    /// [`Part::Results`].
    pub results: String,
    /// [`Part::Limits`].
    pub limits: String,
    /// [`Part::Causes`].
    pub causes: String,
    /// [`Part::Proposals`].
    pub proposals: String,
}

impl Overview {
    /// What it says in a part.
    #[must_use]
    pub fn part(&self, part: Part) -> &str {
        match part {
            Part::Results => &self.results,
            Part::Limits => &self.limits,
            Part::Causes => &self.causes,
            Part::Proposals => &self.proposals,
        }
    }

    /// The parts in which it says something.
    pub fn said(&self) -> impl Iterator<Item = (Part, &str)> {
        Part::ALL.iter().map(|part| (*part, self.part(*part))).filter(|(_, text)| !text.trim().is_empty())
    }

    /// Trims its texts and checks them.
    ///
    /// # Errors
    /// The first part whose text cannot be kept, and why.
    pub fn checked(self) -> Result<Self, (Part, Fault)> {
        let text = |part, text: &str| remark(&text.replace("\r\n", "\n")).map_err(|fault| (part, fault));
        Ok(Self {
            results: text(Part::Results, &self.results)?,
            limits: text(Part::Limits, &self.limits)?,
            causes: text(Part::Causes, &self.causes)?,
            proposals: text(Part::Proposals, &self.proposals)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_and_the_first_that_cannot_be_kept_is_named() {
        let typed = Overview { results: " a\r\nb ".into(), causes: " ".into(), ..Overview::default() };
        let kept = typed.checked().unwrap();
        assert_eq!(kept.said().collect::<Vec<_>>(), [(Part::Results, "a\nb")]);
        let long = Overview { limits: "x".repeat(100_000), proposals: "\u{7}".into(), ..Overview::default() };
        assert_eq!(long.checked().unwrap_err().0, Part::Limits);
        let bell = Overview { proposals: "\u{7}".into(), ..Overview::default() };
        assert_eq!(bell.checked().unwrap_err().0, Part::Proposals);
    }
}
