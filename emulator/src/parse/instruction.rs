//! `@p mad.lo.s32 d, a, b, c;` (ISA, sections 4.2 and 6).

use super::cursor::Cursor;
use super::syntax::{Address, Base, Guard, Instruction, Operand};
use super::token::Token;
use crate::error::Result;

/// An instruction, with its guard and up to its semicolon.
pub fn instruction(cursor: &mut Cursor) -> Result<Instruction> {
    let guard = if cursor.mark('@') {
        let negated = cursor.mark('!');
        Some(Guard { negated, name: cursor.name()? })
    } else {
        None
    };
    let base = cursor.name()?;
    let modifiers = modifiers(cursor)?;
    let mut operands = Vec::new();
    while !cursor.mark(';') {
        if !operands.is_empty() {
            cursor.want(',')?;
        }
        operands.push(operand(cursor, 0)?);
    }
    Ok(Instruction { guard, base, modifiers, operands })
}

/// What follows behind dots. `.L1::128B` is one modifier.
fn modifiers(cursor: &mut Cursor) -> Result<Vec<String>> {
    let mut modifiers: Vec<String> = Vec::new();
    loop {
        if let Some(modifier) = cursor.dotted() {
            modifiers.push(modifier);
        } else if !modifiers.is_empty() && cursor.peek() == Some(&Token::Mark(':')) {
            cursor.want(':')?;
            cursor.want(':')?;
            let rest = cursor.name()?;
            modifiers.last_mut().expect("checked above").push_str(&format!("::{rest}"));
        } else {
            return Ok(modifiers);
        }
    }
}

fn operand(cursor: &mut Cursor, depth: u32) -> Result<Operand> {
    if depth > 2 {
        return cursor.error("brackets are nested too deeply");
    }
    if cursor.mark('{') {
        return Ok(Operand::Vector(list(cursor, '}', depth)?));
    }
    if cursor.mark('(') {
        return Ok(Operand::List(list(cursor, ')', depth)?));
    }
    if cursor.mark('[') {
        let address = address(cursor)?;
        cursor.want(']')?;
        return Ok(Operand::Address(address));
    }
    if cursor.mark('!') {
        return Ok(Operand::Not(cursor.name()?));
    }
    let single = scalar(cursor)?;
    if cursor.mark('|') {
        return Ok(Operand::Pair(Box::new(single), Box::new(scalar(cursor)?)));
    }
    Ok(single)
}

fn list(cursor: &mut Cursor, close: char, depth: u32) -> Result<Vec<Operand>> {
    let mut items = Vec::new();
    while !cursor.mark(close) {
        if !items.is_empty() {
            cursor.want(',')?;
        }
        items.push(operand(cursor, depth + 1)?);
    }
    Ok(items)
}

/// A name or a number.
fn scalar(cursor: &mut Cursor) -> Result<Operand> {
    let negative = cursor.mark('-');
    match cursor.peek().cloned() {
        Some(Token::Word(_)) if !negative => {
            let mut name = cursor.name()?;
            // %tid.x is one name in two tokens.
            if name.starts_with('%')
                && let Some(component) = cursor.dotted()
            {
                name = name + "." + &component;
            }
            let offset = cursor.mark('+');
            if offset {
                let offset = cursor.integer()? as i64;
                return Ok(Operand::Address(Address { base: Base::Name(name), offset }));
            }
            Ok(if name == "_" { Operand::Sink } else { Operand::Name(name) })
        }
        Some(Token::Single(bits)) => {
            cursor.advance();
            Ok(Operand::Single(bits ^ (negative as u32) << 31))
        }
        Some(Token::Double(bits)) => {
            cursor.advance();
            Ok(Operand::Double(bits ^ (negative as u64) << 63))
        }
        Some(Token::Integer(_)) => {
            let value = cursor.integer()?;
            Ok(Operand::Integer(if negative { value.wrapping_neg() } else { value }))
        }
        _ => cursor.expected("an operand"),
    }
}

/// `a`, `a+4`, `a+-4`, `16`.
fn address(cursor: &mut Cursor) -> Result<Address> {
    let base = match cursor.peek() {
        Some(Token::Word(_)) => Base::Name(cursor.name()?),
        _ => Base::Number(cursor.integer()?),
    };
    let mut offset = 0i64;
    while cursor.mark('+') || cursor.peek() == Some(&Token::Mark('-')) {
        offset = offset.wrapping_add(cursor.integer()? as i64);
    }
    Ok(Address { base, offset })
}
