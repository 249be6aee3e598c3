//! From characters to tokens. The bounds are kept here, before anything is parsed.

use super::{Fault, MAX_CHARACTERS, MAX_NESTING, Wrong};
use rust_decimal::Decimal;

/// A piece of an expression.
#[derive(Debug)]
pub(super) struct Token<'s> {
    /// Place of its first character, from 1.
    pub(super) at: usize,
    /// How it is written.
    pub(super) text: &'s str,
    pub(super) lexeme: Lexeme<'s>,
}

#[derive(Debug)]
pub(super) enum Lexeme<'s> {
    Number(Decimal),
    /// What stands between the quotation marks. XPath has no escapes: a text holds the other sort of mark, or none.
    Text(&'s str),
    /// `${…}`
    Name(&'s str),
    /// An operator or a function.
    Word,
    Mark,
}

/// Most digits of a number, as everywhere in a workbook.
const MAX_DIGITS: usize = 18;

/// Longer marks first.
const MARKS: [&str; 13] = ["!=", "<=", ">=", "=", "<", ">", "+", "-", "*", ",", "(", ")", "."];

/// What people are used to from elsewhere, and what XLSForm writes for it. Longer ones first.
const SPELLINGS: [(&str, &str); 23] = [
    ("==", "="),
    ("<>", "!="),
    ("=<", "<="),
    ("=>", ">="),
    ("&&", "and"),
    ("||", "or"),
    ("&", "and"),
    ("|", "or"),
    ("!", "not(…)"),
    ("%", "mod"),
    ("≠", "!="),
    ("≤", "<="),
    ("≥", ">="),
    ("×", "*"),
    ("÷", "div"),
    ("−", "-"),
    ("–", "-"),
    (";", ","),
    ("‘", "'"),
    ("’", "'"),
    ("“", "'"),
    ("”", "'"),
    ("{", "${"),
];

/// Splits an expression into tokens, at least one.
///
/// Afterwards it is certain that it is not too long, that every bracket has its partner, and that not too many are open at once.
pub(super) fn tokens(source: &str) -> Result<Vec<Token<'_>>, Fault> {
    if source.chars().nth(MAX_CHARACTERS).is_some() {
        return Err(Fault::new(MAX_CHARACTERS + 1, Wrong::TooLong));
    }
    let mut lexer = Lexer { rest: source, at: 1 };
    let mut tokens = Vec::new();
    while let Some(token) = lexer.next()? {
        tokens.push(token);
    }
    if tokens.is_empty() {
        return Err(Fault::new(1, Wrong::Empty));
    }
    check_brackets(&tokens)?;
    Ok(tokens)
}

fn check_brackets(tokens: &[Token<'_>]) -> Result<(), Fault> {
    let mut open: Vec<usize> = Vec::new();
    for token in tokens.iter().filter(|token| matches!(token.lexeme, Lexeme::Mark)) {
        match token.text {
            "(" if open.len() == MAX_NESTING => return Err(Fault::new(token.at, Wrong::TooDeep)),
            "(" => open.push(token.at),
            ")" if open.pop().is_none() => return Err(Fault::new(token.at, Wrong::Unopened)),
            _ => {}
        }
    }
    open.pop().map_or(Ok(()), |at| Err(Fault::new(at, Wrong::Unclosed)))
}

struct Lexer<'s> {
    rest: &'s str,
    /// Place of the first character of the rest, from 1.
    at: usize,
}

impl<'s> Lexer<'s> {
    fn next(&mut self) -> Result<Option<Token<'s>>, Fault> {
        self.take_while(|c| matches!(c, ' ' | '\t' | '\n' | '\r'));
        let (at, begin) = (self.at, self.rest);
        let mut characters = begin.chars();
        let Some(first) = characters.next() else {
            return Ok(None);
        };
        let second = characters.next();
        let lexeme = match first {
            '0'..='9' => self.number()?,
            '.' if second.is_some_and(|c| c.is_ascii_digit()) => self.number()?,
            '.' if second == Some('.') => return Err(Fault::new(at, Wrong::Path)),
            'a'..='z' | 'A'..='Z' | '_' => {
                self.take_while(is_name);
                Lexeme::Word
            }
            '\'' | '"' => self.quoted(first)?,
            '$' => self.name()?,
            '/' | '@' | '[' | ']' => return Err(Fault::new(at, Wrong::Path)),
            _ => self.mark(first)?,
        };
        Ok(Some(Token { at, text: begin.strip_suffix(self.rest).unwrap_or(begin), lexeme }))
    }

    fn number(&mut self) -> Result<Lexeme<'s>, Fault> {
        let at = self.at;
        let text = self.take_while(|c| c.is_ascii_digit() || c == '.');
        let number = decimal(text).filter(|_| !self.rest.starts_with(|c: char| c.is_alphanumeric() || c == '_'));
        if text.bytes().filter(u8::is_ascii_digit).count() > MAX_DIGITS {
            return Err(Fault::new(at, Wrong::NumberTooLong));
        }
        number.map(Lexeme::Number).ok_or(Fault::new(at, Wrong::NumberForm))
    }

    fn quoted(&mut self, quote: char) -> Result<Lexeme<'s>, Fault> {
        let at = self.at;
        self.take(quote);
        let meant = self.take_while(|c| c != quote);
        if self.take(quote) { Ok(Lexeme::Text(meant)) } else { Err(Fault::new(at, Wrong::UnclosedText)) }
    }

    fn name(&mut self) -> Result<Lexeme<'s>, Fault> {
        let at = self.at;
        self.take('$');
        let opened = self.take('{');
        let name = self.take_while(is_name);
        if opened && !name.is_empty() && self.take('}') { Ok(Lexeme::Name(name)) } else { Err(Fault::new(at, Wrong::NameForm)) }
    }

    fn mark(&mut self, first: char) -> Result<Lexeme<'s>, Fault> {
        // What is spelled otherwise and what is right may begin alike: “==” and “=”, “!” and “!=”. The longer one is meant.
        let written = SPELLINGS.iter().find(|(written, _)| self.rest.starts_with(written));
        let mark = MARKS.iter().find(|mark| self.rest.starts_with(*mark));
        match (mark, written) {
            (Some(mark), Some((written, instead))) if written.len() > mark.len() => Err(self.spelling(written, instead)),
            (Some(mark), _) => {
                self.take_bytes(mark.len());
                Ok(Lexeme::Mark)
            }
            (None, Some((written, instead))) => Err(self.spelling(written, instead)),
            (None, None) => {
                let invisible = first.is_whitespace()
                    || first.is_control()
                    || matches!(first, '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
                Err(Fault::new(self.at, if invisible { Wrong::Invisible(first) } else { Wrong::Character(first) }))
            }
        }
    }

    fn spelling(&self, written: &str, instead: &'static str) -> Fault {
        Fault::new(self.at, Wrong::Spelling { written: written.into(), instead })
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

/// What names, functions and operators are made of.
fn is_name(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.')
}

/// The number that XPath reads in these digits; none where there is more to it than digits and a point.
pub(super) fn decimal(text: &str) -> Option<Decimal> {
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let written = !whole.is_empty() || !fraction.is_empty();
    // Zeros around the number are no digits of it.
    let plain = || format!("0{}.{}0", whole.trim_start_matches('0'), fraction.trim_end_matches('0'));
    if written && digits(whole) && digits(fraction) { Decimal::from_str_exact(&plain()).ok() } else { None }
}
