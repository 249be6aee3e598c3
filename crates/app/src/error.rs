//! What can go wrong with a use case, in few kinds.

use domain::Code;
use scoring::{Lang, Text};

/// Why a use case did not come about. Nothing of it was kept.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Somebody else is writing; the same may work in a moment.
    #[error("the database is busy; nothing was changed, try again in a moment")]
    Busy,
    /// The database does not do what is asked.
    #[error("the database does not do it: {0}; nothing was changed")]
    Database(store::Error),
    /// What the database holds cannot be computed.
    #[error("the criteria of campaign {0} do not make a set; import its workbook again")]
    Unsound(Code),
    /// There is no such thing, or the reader may not know of it.
    #[error("there is no such thing")]
    NotThere,
    /// The policy forbids it.
    #[error("this is not for you to do; nothing was changed")]
    Forbidden,
    /// It concerns the agency where the person works.
    #[error("nobody appraises or votes on the agency where they work; nothing was changed")]
    Conflict,
    /// Somebody else has changed it since it was seen.
    #[error("somebody else has changed it meanwhile; nothing was changed")]
    Stale,
    /// Where evidence is kept, files cannot be read or written.
    #[error("the evidence storage does not do it: {0}; nothing was changed")]
    Evidence(String),
    /// What is in the database is not what was published.
    #[error("what is in the database is not what was published; it is not shown")]
    Damaged,
    /// The system gives no random bytes.
    #[error("the system gives no random numbers: {0}")]
    NoRandomness(String),
}

impl Error {
    pub(crate) fn unsound(campaign: &Code) -> Self {
        Self::Unsound(campaign.clone())
    }

    /// The error as a sentence.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let vi = match self {
            Self::Busy => "cơ sở dữ liệu đang bận; chưa thay đổi gì, xin thử lại sau giây lát".into(),
            Self::Database(error) => format!("cơ sở dữ liệu không thực hiện được: {error}; chưa thay đổi gì"),
            Self::Unsound(code) => format!("bộ tiêu chí của kỳ {code} không dùng được; xin nhập lại sổ tính"),
            Self::NotThere => "không có nội dung này".into(),
            Self::Forbidden => "việc này không thuộc quyền của ông/bà; chưa thay đổi gì".into(),
            Self::Conflict => "không ai thẩm định hoặc biểu quyết về đơn vị nơi mình công tác; chưa thay đổi gì".into(),
            Self::Stale => "người khác vừa thay đổi nội dung này; chưa thay đổi gì".into(),
            Self::Evidence(error) => format!("nơi lưu tài liệu kiểm chứng không thực hiện được: {error}; chưa thay đổi gì"),
            Self::Damaged => "nội dung trong cơ sở dữ liệu không đúng như đã công bố nên không hiển thị".into(),
            Self::NoRandomness(error) => format!("hệ thống không cấp được số ngẫu nhiên: {error}"),
        };
        Text::new(vi, self.to_string()).get(lang).to_owned()
    }
}

impl From<store::Error> for Error {
    fn from(error: store::Error) -> Self {
        match error {
            store::Error::Busy => Self::Busy,
            store::Error::Stale => Self::Stale,
            other => Self::Database(other),
        }
    }
}
