//! From characters to tokens. The bounds are kept here, before anything is parsed.

use super::{FormulaError, FormulaErrorKind, MAX_CHARACTERS, MAX_NESTING};
use rust_decimal::Decimal;

/// A piece of a formula.
#[derive(Debug)]
pub(super) struct Token<'s> {
    /// Place of its first character, from 1.
    pub(super) at: usize,
    /// How it is written. It alone tells marks and words apart, for a text begins with a quotation mark and a number with a digit.
    pub(super) text: &'s str,
    pub(super) lexeme: Lexeme,
}

#[derive(Debug)]
pub(super) enum Lexeme {
    Number(Decimal),
    Text(Box<str>),
    /// A name, `true`, `false` or `in`.
    Word,
    Mark,
}

/// Most digits of a number, as everywhere in a workbook. It also keeps whole numbers within CEL's 64 bits.
const MAX_DIGITS: usize = 18;

/// What is written with two characters.
const PAIRS: [&str; 6] = ["==", "!=", "<=", ">=", "&&", "||"];

/// What people are used to from spreadsheets and word processors, and what CEL writes for it.
const SPELLINGS: [(&str, &str); 19] = [
    ("<>", "!="),
    ("=<", "<="),
    ("=>", ">="),
    ("=", "=="),
    ("&", "&&"),
    ("|", "||"),
    ("≠", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("×", "*"),
    ("·", "*"),
    ("÷", "/"),
    ("−", "-"),
    ("–", "-"),
    (";", ","),
    ("‘", "'"),
    ("’", "'"),
    ("“", "\""),
    ("”", "\""),
];

/// What is written with one character.
const SINGLES: [&str; 15] = ["<", ">", "+", "-", "*", "/", "%", "!", "?", ":", ",", "(", ")", "[", "]"];

/// Words that CEL keeps for itself, besides `true`, `false` and `in`.
pub(super) const RESERVED: [&str; 18] = [
    "as",
    "break",
    "const",
    "continue",
    "else",
    "for",
    "function",
    "if",
    "import",
    "let",
    "loop",
    "namespace",
    "null",
    "package",
    "return",
    "var",
    "void",
    "while",
];

/// Splits a formula into tokens, at least one.
///
/// Afterwards it is certain that the formula is not too long, that every bracket has its partner, and that not too many are open at once.
pub(super) fn tokens(source: &str) -> Result<Vec<Token<'_>>, FormulaError> {
    if source.chars().nth(MAX_CHARACTERS).is_some() {
        return Err(FormulaError::new(MAX_CHARACTERS + 1, FormulaErrorKind::TooLong));
    }
    let mut lexer = Lexer { rest: source, at: 1 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next()? {
        tokens.push(token);
    }
    if tokens.is_empty() {
        return Err(FormulaError::new(1, FormulaErrorKind::Empty));
    }
    check_brackets(&tokens)?;
    Ok(tokens)
}

fn check_brackets(tokens: &[Token<'_>]) -> Result<(), FormulaError> {
    let mut open: Vec<(usize, char)> = Vec::new();
    for token in tokens {
        let fail = |kind| Err(FormulaError::new(token.at, kind));
        match token.text {
            "(" | "[" if open.len() == MAX_NESTING => return fail(FormulaErrorKind::TooDeep),
            "(" => open.push((token.at, '(')),
            "[" => open.push((token.at, '[')),
            ")" if open.pop().is_none_or(|(_, bracket)| bracket != '(') => return fail(FormulaErrorKind::Unopened(')')),
            "]" if open.pop().is_none_or(|(_, bracket)| bracket != '[') => return fail(FormulaErrorKind::Unopened(']')),
            _ => {}
        }
    }
    open.pop().map_or(Ok(()), |(at, bracket)| Err(FormulaError::new(at, FormulaErrorKind::Unclosed(bracket))))
}

struct Lexer<'s> {
    rest: &'s str,
    /// Place of the first character of the rest, from 1.
    at: usize,
}

impl<'s> Lexer<'s> {
    fn next(&mut self) -> Result<Option<Token<'s>>, FormulaError> {
        self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{c}'));
        let at = self.at;
        let Some(first) = self.rest.chars().next() else {
            return Ok(None);
        };
        let (text, lexeme) = match first {
            '0'..='9' => self.number()?,
            'a'..='z' | 'A'..='Z' | '_' => self.word()?,
            '\'' | '"' => self.quoted(first)?,
            _ => (self.mark(first)?, Lexeme::Mark),
        };
        Ok(Some(Token { at, text, lexeme }))
    }

    fn number(&mut self) -> Result<(&'s str, Lexeme), FormulaError> {
        let at = self.at;
        let text = self.take_while(|c| c.is_ascii_digit() || c == '.');
        let mut parts = text.split('.');
        let well_formed = parts.next().is_some() && parts.next() != Some("") && parts.next().is_none();
        if !well_formed || self.rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            return Err(FormulaError::new(at, FormulaErrorKind::NumberForm));
        }
        if text.bytes().filter(u8::is_ascii_digit).count() > MAX_DIGITS {
            return Err(FormulaError::new(at, FormulaErrorKind::NumberTooLong));
        }
        if self.rest.strip_prefix(',').is_some_and(|after| after.starts_with(|c: char| c.is_ascii_digit())) {
            return Err(FormulaError::new(self.at, FormulaErrorKind::DecimalComma));
        }
        let number = Decimal::from_str_exact(text).map_err(|_| FormulaError::new(at, FormulaErrorKind::NumberForm))?;
        Ok((text, Lexeme::Number(number)))
    }

    fn word(&mut self) -> Result<(&'s str, Lexeme), FormulaError> {
        let at = self.at;
        let text = self.take_while(|c| c.is_ascii_alphanumeric() || c == '_');
        if RESERVED.contains(&text) {
            return Err(FormulaError::new(at, FormulaErrorKind::ReservedWord(text.into())));
        }
        Ok((text, Lexeme::Word))
    }

    fn quoted(&mut self, quote: char) -> Result<(&'s str, Lexeme), FormulaError> {
        let (begin, at) = (self.rest, self.at);
        let mut meant = String::new();
        self.take(quote);
        loop {
            meant.push_str(self.take_while(|c| c != quote && !matches!(c, '\\' | '\n' | '\r')));
            if self.take(quote) {
                let text = begin.strip_suffix(self.rest).unwrap_or(begin);
                return Ok((text, Lexeme::Text(meant.into())));
            }
            let escape = self.at;
            if !self.take('\\') {
                return Err(FormulaError::new(at, FormulaErrorKind::UnclosedText));
            }
            match ['\\', '"', '\''].into_iter().find(|&escaped| self.take(escaped)) {
                Some(escaped) => meant.push(escaped),
                None => return Err(FormulaError::new(escape, FormulaErrorKind::Escape)),
            }
        }
    }

    fn mark(&mut self, first: char) -> Result<&'s str, FormulaError> {
        let fail = |kind| Err(FormulaError::new(self.at, kind));
        let begins = |mark: &&str| self.rest.starts_with(*mark);
        if let Some(mark) = PAIRS.iter().find(|mark| begins(mark)) {
            return Ok(self.take_bytes(mark.len()));
        }
        if let Some(&(written, instead)) = SPELLINGS.iter().find(|(written, _)| begins(written)) {
            return fail(FormulaErrorKind::Spelling { written, instead });
        }
        if let Some(mark) = SINGLES.iter().find(|mark| begins(mark)) {
            return Ok(self.take_bytes(mark.len()));
        }
        let invisible =
            first.is_whitespace() || first.is_control() || matches!(first, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
        fail(if invisible { FormulaErrorKind::Invisible(first) } else { FormulaErrorKind::Character(first) })
    }

    /// Takes this character, if it is the next one.
    fn take(&mut self, wanted: char) -> bool {
        let found = self.rest.starts_with(wanted);
        if found {
            self.take_bytes(wanted.len_utf8());
        }
        found
    }

    fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'s str {
        self.take_bytes(self.rest.find(|c| !fits(c)).unwrap_or(self.rest.len()))
    }

    /// Takes so many bytes, which end at a character.
    fn take_bytes(&mut self, length: usize) -> &'s str {
        let (taken, rest) = self.rest.split_at(length);
        self.rest = rest;
        self.at += taken.chars().count();
        taken
    }
}
