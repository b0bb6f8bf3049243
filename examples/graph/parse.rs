//! From the text of an expression to its tree, by recursive descent: one function for each
//! strength of binding.

use std::ops::Range;

/// A part of an expression, and the bytes of the text that it stands for.
pub struct Expression {
    pub kind: Kind,
    pub range: Range<usize>,
}

pub enum Kind {
    Number(f64),
    Name(String),
    /// A minus sign before something.
    Opposite(Box<Expression>),
    /// A function, by its place in [`FUNCTIONS`].
    Call(usize, Box<Expression>),
    /// `+`, `-`, `*` or `/`.
    Binary(char, Box<Expression>, Box<Expression>),
    /// A constant power.
    Power(Box<Expression>, f64),
}

/// What may be called.
pub const FUNCTIONS: [&str; 7] = ["exp", "ln", "sqrt", "tanh", "sigmoid", "relu", "abs"];

/// What is wrong, and where in the text.
#[derive(Debug, PartialEq)]
pub struct Fault {
    pub at: usize,
    pub message: String,
}

impl Fault {
    /// The text with a caret under the place.
    pub fn shown(&self, text: &str) -> String {
        let before = " ".repeat(text[..self.at].chars().count());
        format!("{text}\n{before}^ {}", self.message)
    }
}

fn fault<T>(at: usize, message: impl Into<String>) -> Result<T, Fault> {
    Err(Fault { at, message: message.into() })
}

/// How deep brackets and signs may be nested: each level is a call.
const DEEPEST: usize = 200;

/// The tree of an expression.
pub fn parse(text: &str) -> Result<Expression, Fault> {
    let mut reader = Reader { text, at: 0, depth: 0 };
    if reader.next().is_none() {
        return fault(
            text.trim_end().len(),
            "the expression is empty: write \"a * b + c\"",
        );
    }
    let expression = reader.sum()?;
    match reader.next() {
        None => Ok(expression),
        Some(')') => fault(reader.at, "this bracket closes nothing"),
        Some(_) => fault(reader.at, "an operator is expected here: + - * / or ^"),
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    depth: usize,
}

impl Reader<'_> {
    /// The next character that is not a space, not taken yet.
    fn next(&mut self) -> Option<char> {
        let rest = &self.text[self.at..];
        self.at += rest.len() - rest.trim_start().len();
        self.text[self.at..].chars().next()
    }

    /// Takes one of these characters if it is next.
    fn take(&mut self, wanted: &[char]) -> Option<char> {
        let next = self.next().filter(|next| wanted.contains(next))?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn binary(
        &mut self,
        signs: &[char],
        part: fn(&mut Self) -> Result<Expression, Fault>,
    ) -> Result<Expression, Fault> {
        let mut left = part(self)?;
        while let Some(sign) = self.take(signs) {
            let right = part(self)?;
            let range = left.range.start..right.range.end;
            let kind = Kind::Binary(sign, Box::new(left), Box::new(right));
            left = Expression { kind, range };
        }
        Ok(left)
    }

    fn sum(&mut self) -> Result<Expression, Fault> {
        self.binary(&['+', '-', '−'], Self::product)
    }

    fn product(&mut self) -> Result<Expression, Fault> {
        self.binary(&['*', '/', '·'], Self::signed)
    }

    fn signed(&mut self) -> Result<Expression, Fault> {
        self.next();
        let start = self.at;
        if self.take(&['-', '−']).is_none() {
            return self.power();
        }
        let inner = self.deeper(start, Self::signed)?;
        let range = start..inner.range.end;
        let kind = match inner.kind {
            Kind::Number(number) => Kind::Number(-number),
            _ => Kind::Opposite(Box::new(inner)),
        };
        Ok(Expression { kind, range })
    }

    fn power(&mut self) -> Result<Expression, Fault> {
        let base = self.atom()?;
        if self.take(&['^']).is_none() {
            return Ok(base);
        }
        let negative = self.take(&['-', '−']).is_some();
        self.next();
        let start = self.at;
        let Some(size) = self.number()? else {
            return fault(start, "the exponent must be a number");
        };
        let range = base.range.start..self.at;
        let exponent = if negative { -size } else { size };
        Ok(Expression { kind: Kind::Power(Box::new(base), exponent), range })
    }

    fn atom(&mut self) -> Result<Expression, Fault> {
        self.next();
        let start = self.at;
        if let Some(number) = self.number()? {
            return Ok(Expression { kind: Kind::Number(number), range: start..self.at });
        }
        if self.take(&['(']).is_some() {
            let inner = self.bracketed(start)?;
            return Ok(Expression { range: start..self.at, ..inner });
        }
        let name = self.name();
        if name.is_empty() {
            return fault(start, "a number, a name or ( is expected here");
        }
        if self.next() != Some('(') {
            let kind = Kind::Name(name);
            let range = start..start + self.text[start..self.at].trim_end().len();
            return Ok(Expression { kind, range });
        }
        let Some(function) = FUNCTIONS.iter().position(|known| *known == name) else {
            let all = FUNCTIONS.join(", ");
            return fault(start, format!("there is no function `{name}`, but {all}"));
        };
        let open = self.at;
        self.take(&['(']);
        let inner = self.bracketed(open)?;
        let kind = Kind::Call(function, Box::new(inner));
        Ok(Expression { kind, range: start..self.at })
    }

    /// What stands after an opening bracket, up to the one that closes it.
    fn bracketed(&mut self, open: usize) -> Result<Expression, Fault> {
        let inner = self.deeper(open, Self::sum)?;
        match (self.take(&[')']), self.next()) {
            (Some(_), _) => Ok(inner),
            (None, None) => fault(open, "this bracket is never closed"),
            (None, Some(_)) => fault(self.at, "an operator or ) is expected here"),
        }
    }

    fn deeper(
        &mut self,
        at: usize,
        part: fn(&mut Self) -> Result<Expression, Fault>,
    ) -> Result<Expression, Fault> {
        if self.depth == DEEPEST {
            return fault(at, format!("nested more than {DEEPEST} deep"));
        }
        self.depth += 1;
        let inner = part(self);
        self.depth -= 1;
        inner
    }

    fn name(&mut self) -> String {
        let rest = &self.text[self.at..];
        let letter = |c: char| c.is_alphanumeric() || c == '_';
        let name: String = rest.chars().take_while(|c| letter(*c)).collect();
        self.at += name.len();
        name
    }

    /// A number without a sign, `1.5` or `2e-3`, if one begins here.
    fn number(&mut self) -> Result<Option<f64>, Fault> {
        let rest = &self.text[self.at..];
        if !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.') {
            return Ok(None);
        }
        let bytes = rest.as_bytes();
        let digit = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_digit);
        let mut end = 0;
        while digit(end) || bytes.get(end) == Some(&b'.') {
            end += 1;
        }
        if matches!(bytes.get(end), Some(b'e' | b'E')) {
            let signed = matches!(bytes.get(end + 1), Some(b'+' | b'-'));
            let first = end + 1 + usize::from(signed);
            if digit(first) {
                end = first;
                while digit(end) {
                    end += 1;
                }
            }
        }
        match rest[..end].parse::<f64>() {
            Ok(number) if number.is_finite() => {
                self.at += end;
                Ok(Some(number))
            }
            _ => fault(self.at, format!("`{}` is not a number", &rest[..end])),
        }
    }
}
