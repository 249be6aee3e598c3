//! The working of a sample in words, as the annex prints it.

use super::{NoPlan, Step};
use scoring::words::number;
use scoring::{Decimal, Lang};

impl Step {
    /// The step as a sentence, with its numbers.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        // A figure that is cut off has its dots already.
        self.sentence(lang).replace("….", "…")
    }

    fn sentence(&self, lang: Lang) -> String {
        let n = |figure: Decimal| number(figure, lang);
        let of = |count: u32| number(count.into(), lang);
        let share = |percent: Decimal| number(percent / Decimal::ONE_HUNDRED, lang);
        match (self, lang) {
            (Self::Population { population: Some(population) }, Lang::Vi) => {
                format!("Tổng thể N = {} người.", of(*population))
            }
            (Self::Population { population: Some(population) }, Lang::En) => {
                format!("The group has N = {} people.", of(*population))
            }
            (Self::Population { population: None }, Lang::Vi) => "Chưa xác định được tổng thể.".into(),
            (Self::Population { population: None }, Lang::En) => "How many belong to the group is not known.".into(),
            (Self::Unlimited { error, unlimited }, Lang::Vi) => format!(
                "Tổng thể không giới hạn, sai số e = {}%: n₀ = 1 ÷ e² = 1 ÷ {}² = {}.",
                n(*error),
                share(*error),
                n(*unlimited)
            ),
            (Self::Unlimited { error, unlimited }, Lang::En) => format!(
                "An unlimited population would need, with an error e = {} %: n₀ = 1 ÷ e² = 1 ÷ {}² = {}.",
                n(*error),
                share(*error),
                n(*unlimited)
            ),
            (Self::Corrected { population, unlimited, figure }, _) => {
                let (people, n0) = (of(*population), n(*unlimited));
                let what = if lang == Lang::Vi {
                    "Hiệu chỉnh cho tổng thể hữu hạn"
                } else {
                    "Corrected for a finite population"
                };
                format!("{what}: n = n₀ ÷ (1 + n₀ ÷ N) = {n0} ÷ (1 + {n0} ÷ {people}) = {}.", n(*figure))
            }
            (Self::Slovin { population, error, figure }, _) => {
                let people = of(*population);
                let what = if lang == Lang::Vi { "Bằng công thức Slovin" } else { "Which is Slovin's formula" };
                format!("{what}: n = N ÷ (1 + N × e²) = {people} ÷ (1 + {people} × {}²) = {}.", share(*error), n(*figure))
            }
            (Self::RoundedUp { figure, forms }, Lang::Vi) => format!("Làm tròn lên: {} → {} phiếu.", n(*figure), of(*forms)),
            (Self::RoundedUp { figure, forms }, Lang::En) => format!("Rounded up: {} → {} forms.", n(*figure), of(*forms)),
            (Self::ByHand { forms, reason: Some(reason) }, Lang::Vi) => {
                format!("Ấn định: {} phiếu. Lý do: {}", of(*forms), ended(reason))
            }
            (Self::ByHand { forms, reason: Some(reason) }, Lang::En) => {
                format!("Set by hand: {} forms. Reason: {}", of(*forms), ended(reason))
            }
            (Self::ByHand { forms, reason: None }, Lang::Vi) => format!("Ấn định: {} phiếu, chưa ghi lý do.", of(*forms)),
            (Self::ByHand { forms, reason: None }, Lang::En) => format!("Set by hand: {} forms, without a reason.", of(*forms)),
            (Self::Response { forms, response, figure, invited }, Lang::Vi) => format!(
                "Dự kiến {}% người được mời trả lời: {} ÷ {} = {}, làm tròn lên: mời {} người.",
                n(*response),
                of(*forms),
                share(*response),
                n(*figure),
                of(*invited)
            ),
            (Self::Response { forms, response, figure, invited }, Lang::En) => format!(
                "Of those asked {} % are expected to answer: {} ÷ {} = {}, rounded up: {} people to ask.",
                n(*response),
                of(*forms),
                share(*response),
                n(*figure),
                of(*invited)
            ),
            (Self::EverybodyAnswers { forms }, Lang::Vi) => {
                format!("Dự kiến mọi người được mời đều trả lời: mời {} người.", of(*forms))
            }
            (Self::EverybodyAnswers { forms }, Lang::En) => {
                format!("Everybody who is asked is expected to answer: {} people to ask.", of(*forms))
            }
            (Self::AllAsked { population, expected }, Lang::Vi) => {
                let people = of(*population);
                format!(
                    "Tổng thể chỉ có {people} người: mời cả {people} người, dự kiến thu về khoảng {} phiếu.",
                    n(expected.floor())
                )
            }
            (Self::AllAsked { population, expected }, Lang::En) => format!(
                "There are only {} people: all are asked, and about {} forms are to be expected.",
                of(*population),
                n(expected.floor())
            ),
        }
    }
}

/// A reason as the end of a sentence.
fn ended(reason: &str) -> String {
    let reason = reason.trim();
    if reason.ends_with(['.', '!', '?', '…']) { reason.into() } else { format!("{reason}.") }
}

impl NoPlan {
    /// What is wrong and what to do.
    #[must_use]
    pub fn say(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::NoPopulation, Lang::Vi) => {
                "Công thức cần tổng thể: xin nhập số người của nhóm, hoặc ấn định số phiếu kèm lý do."
            }
            (Self::NoPopulation, Lang::En) => {
                "The formula asks for the population: enter how many belong to the group, or set the forms by hand with a reason."
            }
            (Self::NobodyThere, Lang::Vi) => "Tổng thể bằng 0: không có ai để hỏi. Xin kiểm tra lại tổng thể.",
            (Self::NobodyThere, Lang::En) => "The population is 0: there is nobody to ask. Check the population.",
            (Self::MoreThanThereAre, Lang::Vi) => "Số phiếu nhiều hơn tổng thể: xin giảm số phiếu hoặc sửa tổng thể.",
            (Self::MoreThanThereAre, Lang::En) => "More forms than people: plan fewer forms, or correct the population.",
            (Self::NoForms, Lang::Vi) => "Số phiếu phải từ 1 trở lên.",
            (Self::NoForms, Lang::En) => "At least one form must be planned.",
            (Self::NoPercentage, Lang::Vi) => {
                "Sai số và tỷ lệ trả lời dự kiến phải lớn hơn 0% và không quá 100%, tối đa 6 chữ số thập phân."
            }
            (Self::NoPercentage, Lang::En) => {
                "The margin of error and the expected response lie above 0 % and up to 100 %, with up to 6 decimals."
            }
        }
    }
}
