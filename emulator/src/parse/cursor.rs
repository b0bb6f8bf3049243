//! A place in the list of tokens, and the ways to go on from there.

use super::place::{Place, Source};
use super::token::Token;
use crate::error::{Error, Result};
use crate::types::Type;

/// Reads tokens one after the other and remembers the source line they belong to.
pub struct Cursor {
    tokens: Vec<(u32, Token)>,
    next: usize,
    /// What the latest `.loc` said.
    pub source: Option<Source>,
}

impl Cursor {
    pub fn new(tokens: Vec<(u32, Token)>) -> Cursor {
        Cursor { tokens, next: 0, source: None }
    }

    /// Where the next token stands; at the end, where the last one did.
    pub fn place(&self) -> Place {
        let at = self.next.min(self.tokens.len().saturating_sub(1));
        let ptx_line = self.tokens.get(at).map_or(1, |token| token.0);
        Place { ptx_line, source: self.source.clone() }
    }

    /// An error at the next token.
    pub fn error<T>(&self, message: impl Into<String>) -> Result<T> {
        Err(Error::Text { place: self.place(), message: message.into() })
    }

    /// An error that says what was found instead.
    pub fn expected<T>(&self, what: &str) -> Result<T> {
        let found = match self.peek() {
            None => "the end of the text".to_string(),
            Some(Token::Word(word)) => format!("`{word}`"),
            Some(Token::Mark(mark)) => format!("`{mark}`"),
            Some(Token::Text(text)) => format!("\"{text}\""),
            Some(Token::Integer(number)) => format!("`{number}`"),
            Some(Token::Single(_) | Token::Double(_)) => {
                "a floating-point number".to_string()
            }
        };
        self.error(format!("expected {what}, found {found}"))
    }

    pub fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.next).map(|(_, token)| token)
    }

    /// The token after the next one.
    pub fn peek_second(&self) -> Option<&Token> {
        self.tokens.get(self.next + 1).map(|(_, token)| token)
    }

    pub fn advance(&mut self) {
        self.next += 1;
    }

    /// Goes on if the next token is this mark.
    pub fn mark(&mut self, mark: char) -> bool {
        let found = self.peek() == Some(&Token::Mark(mark));
        self.next += found as usize;
        found
    }

    /// Goes on if the next token is this word.
    pub fn word(&mut self, word: &str) -> bool {
        let found = matches!(self.peek(), Some(Token::Word(found)) if found == word);
        self.next += found as usize;
        found
    }

    /// Demands a mark.
    pub fn want(&mut self, mark: char) -> Result<()> {
        if self.mark(mark) { Ok(()) } else { self.expected(&format!("`{mark}`")) }
    }

    /// The next word, if it is a name and no directive.
    pub fn name(&mut self) -> Result<String> {
        match self.peek() {
            Some(Token::Word(word)) if !word.starts_with('.') => {
                let word = word.clone();
                self.advance();
                Ok(word)
            }
            _ => self.expected("a name"),
        }
    }

    /// What follows the dot of the next word, if it has one.
    pub fn dotted(&mut self) -> Option<String> {
        match self.peek() {
            Some(Token::Word(word)) if word.starts_with('.') => {
                let word = word[1..].to_string();
                self.advance();
                Some(word)
            }
            _ => None,
        }
    }

    /// A type behind a dot.
    pub fn element(&mut self) -> Result<Type> {
        let found = match self.peek() {
            Some(Token::Word(word)) => word.strip_prefix('.').and_then(Type::named),
            _ => None,
        };
        match found {
            Some(element) => {
                self.advance();
                Ok(element)
            }
            None => self.expected("a type"),
        }
    }

    /// A whole number, perhaps with a minus, in two's complement.
    pub fn integer(&mut self) -> Result<u64> {
        let negative = self.mark('-');
        match self.peek() {
            Some(&Token::Integer(value)) => {
                self.advance();
                Ok(if negative { value.wrapping_neg() } else { value })
            }
            _ => self.expected("a whole number"),
        }
    }

    /// A whole number that fits 32 bits.
    pub fn small(&mut self) -> Result<u32> {
        let value = self.integer()?;
        u32::try_from(value).or_else(|_| self.error(format!("{value} is too large")))
    }

    /// Passes over everything up to and with a semicolon, or a braced block.
    pub fn skip_statement(&mut self) {
        while let Some(token) = self.peek() {
            let last = *token == Token::Mark(';');
            let block = *token == Token::Mark('{');
            if block {
                return self.skip_block();
            }
            self.advance();
            if last {
                return;
            }
        }
    }

    /// Passes over `{ … }`.
    pub fn skip_block(&mut self) {
        let mut depth = 0;
        while let Some(token) = self.peek() {
            match token {
                Token::Mark('{') => depth += 1,
                Token::Mark('}') => depth -= 1,
                _ => {}
            }
            self.advance();
            if depth <= 0 {
                return;
            }
        }
    }
}
