//! The outermost level: `.version`, `.target`, variables, functions, debug sections.

use super::cursor::Cursor;
use super::function::function;
use super::syntax::Module;
use super::token::{Token, tokens};
use super::variable::{space, variable};
use crate::error::Result;

/// The statements of a text.
///
/// # Errors
///
/// What is not PTX, with its line.
pub fn parse(text: &str) -> Result<Module> {
    // NVRTC counts the zero byte behind its text; editors may put a mark before it.
    let text = text.trim_start_matches('\u{feff}').trim_end_matches('\0');
    let tokens = tokens(text)?;
    // `.file` may stand behind the functions whose `.loc` refers to it.
    let mut module = Module { files: files(&tokens), ..Module::default() };
    let mut cursor = Cursor::new(tokens);
    header(&mut cursor, &mut module)?;
    while cursor.peek().is_some() {
        cursor.source = None;
        item(&mut cursor, &mut module)?;
    }
    Ok(module)
}

/// Every `.file number "name"`.
fn files(
    tokens: &[(u32, Token)],
) -> std::collections::BTreeMap<u32, std::sync::Arc<str>> {
    let triples = tokens.windows(3).filter_map(|three| match three {
        [(_, Token::Word(word)), (_, Token::Integer(number)), (_, Token::Text(name))]
            if word == ".file" =>
        {
            Some((u32::try_from(*number).ok()?, name.as_str().into()))
        }
        _ => None,
    });
    triples.collect()
}

/// The compute capabilities that there are.
const TARGETS: [u32; 20] =
    [50, 52, 53, 60, 61, 62, 70, 72, 75, 80, 86, 87, 88, 89, 90, 100, 101, 103, 120, 121];

/// `.version 7.0 .target sm_75 .address_size 64`.
fn header(cursor: &mut Cursor, module: &mut Module) -> Result<()> {
    if !cursor.word(".version") {
        return cursor.expected("`.version`, with which every PTX text begins");
    }
    let Some(&Token::Double(version)) = cursor.peek() else {
        return cursor.expected("a version such as 7.0");
    };
    cursor.advance();
    let version = f64::from_bits(version);
    if !(1.0..10.0).contains(&version) {
        return cursor.error(format!(
            "PTX {version} is none that this emulator knows (up to 9.x)"
        ));
    }
    module.version = (version as u32, (version.fract() * 10.0).round() as u32);
    if !cursor.word(".target") {
        return cursor.expected("`.target`");
    }
    module.target = cursor.name()?;
    let number = module
        .target
        .strip_prefix("sm_")
        .map(|number| number.trim_end_matches(['a', 'f']));
    let number = number.and_then(|number| number.parse::<u32>().ok());
    if number.is_none_or(|number| !TARGETS.contains(&number)) {
        return cursor.error(format!(
            "the target `{}` is none that this emulator knows; it knows sm_50 to sm_121, such as sm_75",
            module.target
        ));
    }
    while cursor.mark(',') {
        cursor.name()?;
    }
    if cursor.word(".address_size") && cursor.integer()? != 64 {
        return cursor.error("only .address_size 64 is supported");
    }
    Ok(())
}

fn item(cursor: &mut Cursor, module: &mut Module) -> Result<()> {
    let mut external = false;
    loop {
        let place = cursor.place();
        let Some(word) = cursor.dotted() else {
            return cursor.expected("a directive such as `.visible` or `.entry`");
        };
        match word.as_str() {
            "extern" => external = true,
            "visible" | "weak" | "common" => {}
            "entry" | "func" => {
                cursor.word(".noreturn");
                let found = function(cursor, module, word == "entry")?;
                module.functions.extend(found);
                return Ok(());
            }
            "file" => {
                cursor.integer()?;
                while let Some(Token::Text(_) | Token::Integer(_) | Token::Mark(',')) =
                    cursor.peek()
                {
                    cursor.advance();
                }
                return Ok(());
            }
            "section" => {
                while !matches!(cursor.peek(), None | Some(Token::Mark('{'))) {
                    cursor.advance();
                }
                cursor.skip_block();
                return Ok(());
            }
            "pragma" | "alias" => {
                cursor.skip_statement();
                return Ok(());
            }
            word => {
                let Some(space) = space(word) else {
                    return Err(crate::error::Error::Text {
                        place,
                        message: format!("the directive `.{word}` is not known here"),
                    });
                };
                loop {
                    let variable = variable(cursor, space)?;
                    if variable.count.is_none() && !external {
                        return cursor.error(format!("`{}` has no size", variable.name));
                    }
                    module.variables.push(variable);
                    if !cursor.mark(',') {
                        break;
                    }
                }
                return cursor.want(';');
            }
        }
    }
}
