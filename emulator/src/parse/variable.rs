//! Declarations of memory: `.shared .align 4 .b8 tile[1024];` (ISA, section 5.4).

use super::cursor::Cursor;
use super::syntax::{Initial, Space, Variable};
use super::token::Token;
use crate::error::Result;
use crate::types::Type;

/// The state space with this name, behind a dot.
pub fn space(name: &str) -> Option<Space> {
    Some(match name {
        "const" => Space::Const,
        "global" => Space::Global,
        "local" => Space::Local,
        "param" => Space::Param,
        "shared" => Space::Shared,
        _ => return None,
    })
}

/// A declaration after its state space, up to what follows it (`;`, `,` or `)`).
pub fn variable(cursor: &mut Cursor, space: Space) -> Result<Variable> {
    let place = cursor.place();
    let (mut alignment, mut vector, mut element) = (None, 1, None);
    while let Some(word) = cursor.dotted() {
        match word.as_str() {
            "align" => alignment = Some(cursor.integer()?),
            "v2" => vector = 2,
            "v4" => vector = 4,
            // A hint to the compiler about what a pointer parameter points to.
            "ptr" | "global" | "const" | "local" | "shared" | "managed" => {}
            word => match Type::named(word) {
                Some(found) if element.is_none() && found != Type::Pred => {
                    element = Some(found)
                }
                _ => return cursor.error(format!("a variable cannot be `.{word}`")),
            },
        }
    }
    let Some(element) = element else { return cursor.expected("the type of a variable") };
    let name = cursor.name()?;
    let count = count(cursor)?.map(|count| count.saturating_mul(vector));
    let initial = if cursor.mark('=') { initial(cursor, element)? } else { Vec::new() };
    if count.is_some_and(|count| (initial.len() as u64) > count) {
        return cursor.error(format!("`{name}` has more initial values than elements"));
    }
    let natural = element.size() as u64 * vector;
    let alignment = alignment.unwrap_or(natural);
    if !alignment.is_power_of_two() || alignment > 4096 {
        return cursor
            .error(format!("{alignment} is not an alignment: it must be a power of 2"));
    }
    Ok(Variable { space, name, element, count, alignment, initial, place })
}

/// `[4][8]` is 32 elements, nothing is one, `[]` is for the launch to say.
fn count(cursor: &mut Cursor) -> Result<Option<u64>> {
    let mut count = 1u64;
    let mut open = false;
    while cursor.mark('[') {
        if cursor.mark(']') {
            open = true;
            continue;
        }
        count = count.saturating_mul(cursor.integer()?);
        cursor.want(']')?;
    }
    // More than any memory holds: an absurd size is refused where the variable is placed.
    Ok(if open { None } else { Some(count) })
}

/// `1`, `{1, 2, 3}`, `{{1, 2}, {3}}`, `name`, `name+4`, `generic(name)+4`.
fn initial(cursor: &mut Cursor, element: Type) -> Result<Vec<Initial>> {
    let mut values = Vec::new();
    let mut depth = 0;
    loop {
        if cursor.mark('{') {
            depth += 1;
            continue;
        }
        if !cursor.mark('}') {
            values.push(initial_value(cursor, element)?);
        } else {
            depth -= 1;
        }
        while depth > 0 && cursor.mark('}') {
            depth -= 1;
        }
        if depth <= 0 {
            return Ok(values);
        }
        cursor.want(',')?;
    }
}

fn initial_value(cursor: &mut Cursor, element: Type) -> Result<Initial> {
    let negative = matches!(cursor.peek(), Some(Token::Mark('-')))
        && matches!(cursor.peek_second(), Some(Token::Double(_)));
    if negative {
        cursor.advance();
    }
    Ok(match cursor.peek() {
        Some(&Token::Single(bits)) => {
            cursor.advance();
            Initial::Number(bits as u64)
        }
        Some(&Token::Double(bits)) => {
            cursor.advance();
            let bits = bits ^ (negative as u64) << 63;
            let narrow = element == Type::F32;
            Initial::Number(if narrow {
                (f64::from_bits(bits) as f32).to_bits() as u64
            } else {
                bits
            })
        }
        Some(Token::Word(_)) => {
            let mut name = cursor.name()?;
            if name == "generic" {
                cursor.want('(')?;
                name = cursor.name()?;
                cursor.want(')')?;
            }
            let offset = if cursor.mark('+') { cursor.integer()? } else { 0 };
            Initial::Address(name, offset as i64)
        }
        _ => Initial::Number(cursor.integer()?),
    })
}
