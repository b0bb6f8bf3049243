//! `.entry` and `.func`: parameters, performance hints, body (ISA, sections 7.1 and 11.2).

use super::cursor::Cursor;
use super::instruction::instruction;
use super::place::{Place, Source};
use super::syntax::{Function, Module, Space, Statement, Variable};
use super::token::Token;
use super::variable::{space, variable};
use crate::error::Result;

/// A function after `.entry` or `.func`; `None` for a declaration without a body.
pub fn function(
    cursor: &mut Cursor,
    module: &Module,
    kernel: bool,
) -> Result<Option<Function>> {
    let results = if cursor.mark('(') { parameters(cursor)? } else { Vec::new() };
    let name = cursor.name()?;
    let parameters = if cursor.mark('(') { parameters(cursor)? } else { Vec::new() };
    let mut most_threads = None;
    while let Some(hint) = cursor.dotted() {
        let numbers = numbers(cursor)?;
        if hint == "maxntid" || hint == "reqntid" {
            most_threads =
                Some(numbers.iter().fold(1u32, |all, n| all.saturating_mul(*n)));
        }
    }
    if cursor.mark(';') {
        return Ok(None);
    }
    cursor.want('{')?;
    let body = body(cursor, module)?;
    Ok(Some(Function { name, kernel, results, parameters, most_threads, body }))
}

/// `.param .u64 a, .param .u32 n)`. A `.func` may have registers there.
fn parameters(cursor: &mut Cursor) -> Result<Vec<Variable>> {
    let mut found = Vec::new();
    while !cursor.mark(')') {
        if !found.is_empty() {
            cursor.want(',')?;
        }
        match cursor.dotted().as_deref() {
            Some("param" | "reg") => found.push(variable(cursor, Space::Param)?),
            _ => return cursor.expected("`.param`"),
        }
    }
    Ok(found)
}

fn numbers(cursor: &mut Cursor) -> Result<Vec<u32>> {
    let mut numbers = Vec::new();
    while let Some(Token::Integer(_)) = cursor.peek() {
        numbers.push(cursor.small()?);
        cursor.mark(',');
    }
    Ok(numbers)
}

fn body(cursor: &mut Cursor, module: &Module) -> Result<Vec<(Place, Statement)>> {
    let mut statements = Vec::new();
    let mut depth = 0u32;
    cursor.source = None;
    loop {
        let place = cursor.place();
        let mut add = |statement| statements.push((place.clone(), statement));
        if cursor.mark('{') {
            depth += 1;
            add(Statement::Open);
        } else if cursor.mark('}') {
            if depth == 0 {
                return Ok(statements);
            }
            depth -= 1;
            add(Statement::Close);
        } else if let Some(directive) = cursor.dotted() {
            for statement in declaration(cursor, module, &directive)? {
                add(statement);
            }
        } else if matches!(cursor.peek(), Some(Token::Word(_)))
            && cursor.peek_second() == Some(&Token::Mark(':'))
        {
            add(label(cursor)?);
        } else if cursor.peek().is_none() {
            return cursor.expected("`}` at the end of the function");
        } else if !cursor.mark(';') {
            add(Statement::Instruction(instruction(cursor)?));
        }
    }
}

/// `name:`, and the list that may stand there for `brx.idx`.
fn label(cursor: &mut Cursor) -> Result<Statement> {
    let name = cursor.name()?;
    cursor.want(':')?;
    if !cursor.word(".branchtargets") {
        return Ok(Statement::Label(name));
    }
    let mut targets = vec![cursor.name()?];
    while cursor.mark(',') {
        targets.push(cursor.name()?);
    }
    cursor.want(';')?;
    Ok(Statement::Targets(name, targets))
}

/// What follows a directive within a body.
fn declaration(
    cursor: &mut Cursor,
    module: &Module,
    directive: &str,
) -> Result<Vec<Statement>> {
    let mut found = Vec::new();
    match directive {
        "loc" => location(cursor, module)?,
        "pragma" => cursor.skip_statement(),
        "reg" => {
            let element = cursor.element()?;
            loop {
                let name = cursor.name()?;
                let mut count = None;
                if cursor.mark('<') {
                    count = Some(cursor.small()?);
                    cursor.want('>')?;
                }
                found.push(Statement::Registers { element, name, count });
                if !cursor.mark(',') {
                    break;
                }
            }
            cursor.want(';')?;
        }
        directive => {
            let Some(space) = space(directive) else {
                return cursor
                    .error(format!("the directive `.{directive}` is not known here"));
            };
            loop {
                found.push(Statement::Variable(variable(cursor, space)?));
                if !cursor.mark(',') {
                    break;
                }
            }
            cursor.want(';')?;
        }
    }
    Ok(found)
}

/// `.loc file line column`, perhaps with `, function_name …, inlined_at …`, on one line.
fn location(cursor: &mut Cursor, module: &Module) -> Result<()> {
    let ptx_line = cursor.place().ptx_line;
    let (file, line) = (cursor.small()?, cursor.small()?);
    cursor.small()?;
    while cursor.mark(',') {
        while cursor.place().ptx_line == ptx_line
            && matches!(
                cursor.peek(),
                Some(Token::Word(_) | Token::Integer(_) | Token::Mark('+'))
            )
        {
            cursor.advance();
        }
    }
    let file = module.files.get(&file).cloned();
    cursor.source = file.map(|file| Source { file, line });
    Ok(())
}
