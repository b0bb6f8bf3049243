//! From characters to tokens (ISA, section 4.3).

use super::place::Place;
use crate::error::{Error, Result};

/// The smallest part of the text that has a meaning.
#[derive(Debug, Clone, PartialEq)]
pub enum Token {
    /// A name, with `.` before a directive or a modifier: `bra`, `%r1`, `.reg`, `$L__BB0_2`.
    Word(String),
    /// `0x10`, `42`, `0b1`, `017`, each perhaps with a `U`.
    Integer(u64),
    /// `0f` and eight digits.
    Single(u32),
    /// `0d` and sixteen digits, or a decimal fraction.
    Double(u64),
    /// What stands between quotes.
    Text(String),
    /// Any other character.
    Mark(char),
}

/// The tokens of a text, each with its line.
pub fn tokens(text: &str) -> Result<Vec<(u32, Token)>> {
    let mut lexer = Lexer { rest: text, line: 1, tokens: Vec::new() };
    while lexer.step()? {}
    Ok(lexer.tokens)
}

struct Lexer<'a> {
    rest: &'a str,
    line: u32,
    tokens: Vec<(u32, Token)>,
}

fn starts_word(character: char) -> bool {
    character.is_ascii_alphabetic() || "_$%".contains(character)
}

fn continues_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || "_$".contains(character)
}

impl Lexer<'_> {
    /// One token or one piece of white space; false at the end.
    fn step(&mut self) -> Result<bool> {
        let Some(first) = self.rest.chars().next() else { return Ok(false) };
        let second = self.rest.chars().nth(1).unwrap_or(' ');
        if first.is_whitespace() {
            self.take(first.len_utf8());
        } else if self.rest.starts_with("//") {
            self.take(self.rest.find('\n').unwrap_or(self.rest.len()));
        } else if self.rest.starts_with("/*") {
            let end =
                self.rest.find("*/").ok_or_else(|| self.error("a comment has no end"))?;
            self.take(end + 2);
        } else if first == '"' {
            let end = self.rest[1..]
                .find('"')
                .ok_or_else(|| self.error("a text has no end"))?;
            let line = self.line;
            let text = self.take(end + 2)[1..=end].to_string();
            self.tokens.push((line, Token::Text(text)));
        } else if first.is_ascii_digit() && self.after_colons() {
            // The `128B` of `.L2::128B` is no number.
            let end = self.rest.find(|c| !continues_word(c)).unwrap_or(self.rest.len());
            let word = self.take(end).to_string();
            self.tokens.push((self.line, Token::Word(word)));
        } else if first.is_ascii_digit() {
            let token = self.number()?;
            self.tokens.push((self.line, token));
        } else if starts_word(first) || first == '.' && continues_word(second) {
            let end = self.rest[1..].find(|c| !continues_word(c));
            let word = self.take(end.map_or(self.rest.len(), |end| end + 1)).to_string();
            self.tokens.push((self.line, Token::Word(word)));
        } else {
            self.take(first.len_utf8());
            self.tokens.push((self.line, Token::Mark(first)));
        }
        Ok(true)
    }

    fn after_colons(&self) -> bool {
        let colon = |token: &(u32, Token)| token.1 == Token::Mark(':');
        self.tokens.len() > 1 && self.tokens.iter().rev().take(2).all(colon)
    }

    /// The next `bytes` bytes, counted as read.
    fn take(&mut self, bytes: usize) -> &str {
        let (taken, rest) = self.rest.split_at(bytes);
        self.line += taken.matches('\n').count() as u32;
        self.rest = rest;
        taken
    }

    fn number(&mut self) -> Result<Token> {
        let bytes = self.rest.as_bytes();
        let prefix = bytes.get(1).map_or(' ', |b| b.to_ascii_lowercase() as char);
        if bytes[0] == b'0' && (prefix == 'f' || prefix == 'd') {
            let digits = if prefix == 'f' { 8 } else { 16 };
            let bits = self
                .rest
                .get(2..2 + digits)
                .and_then(|hex| u64::from_str_radix(hex, 16).ok());
            let Some(bits) = bits else {
                return Err(
                    self.error(format!("0{prefix} wants {digits} hexadecimal digits"))
                );
            };
            self.take(2 + digits);
            return Ok(if prefix == 'f' {
                Token::Single(bits as u32)
            } else {
                Token::Double(bits)
            });
        }
        let end = self
            .rest
            .find(|c: char| !c.is_ascii_alphanumeric())
            .unwrap_or(self.rest.len());
        let fraction = self.rest[end..].starts_with('.')
            && self.rest[end + 1..].starts_with(|c: char| c.is_ascii_digit());
        if fraction {
            return self.decimal();
        }
        let written = self.rest[..end].to_string();
        let digits = written.trim_end_matches(['u', 'U']);
        let value = match (bytes[0], prefix) {
            (b'0', 'x') => u64::from_str_radix(&digits[2..], 16),
            (b'0', 'b') => u64::from_str_radix(&digits[2..], 2),
            (b'0', '0'..='7') => u64::from_str_radix(digits, 8),
            _ => digits.parse(),
        };
        let value =
            value.map_err(|_| self.error(format!("`{written}` is not a number")))?;
        self.take(end);
        Ok(Token::Integer(value))
    }

    /// `1.5` and `1.5e-3`.
    fn decimal(&mut self) -> Result<Token> {
        let mut end = 0;
        let bytes = self.rest.as_bytes();
        while end < bytes.len() {
            let sign_of_exponent = end > 0
                && (bytes[end] == b'-' || bytes[end] == b'+')
                && bytes[end - 1].eq_ignore_ascii_case(&b'e');
            if !(bytes[end].is_ascii_alphanumeric()
                || bytes[end] == b'.'
                || sign_of_exponent)
            {
                break;
            }
            end += 1;
        }
        let value: std::result::Result<f64, _> = self.rest[..end].parse();
        let value = value.map_err(|_| {
            self.error(format!("`{}` is not a number", &self.rest[..end]))
        })?;
        self.take(end);
        Ok(Token::Double(value.to_bits()))
    }

    fn error(&self, message: impl Into<String>) -> Error {
        let place = Place { ptx_line: self.line, source: None };
        Error::Text { place, message: message.into() }
    }
}
