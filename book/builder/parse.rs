//! Where a page has code, formulas and headings.

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};
use std::ops::Range;

/// What the parser found in a text.
#[derive(Default)]
pub struct Found {
    /// Code in the text: nothing in it is touched.
    pub code: Vec<Range<usize>>,
    /// Fenced code blocks, with their language.
    pub blocks: Vec<(Range<usize>, String)>,
    /// Formulas: where, TeX, whether on a line of its own.
    pub formulas: Vec<(Range<usize>, String, bool)>,
    /// Headings, with their ids.
    pub headings: Vec<(Range<usize>, Option<String>)>,
    /// Dollar signs that open or close nothing.
    pub dollars: Vec<usize>,
}

/// mdBook's dialect of Markdown, and formulas.
pub fn options() -> Options {
    Options::ENABLE_MATH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

/// Parses a text for what the builder replaces or checks.
pub fn parse(text: &str) -> Found {
    let mut found = Found::default();
    let mut in_code_block = false;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Code(_) => found.code.push(range),
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code_block = true;
                found.code.push(range.clone());
                if let CodeBlockKind::Fenced(info) = kind {
                    let language = info
                        .split([',', ' ', '{'])
                        .next()
                        .unwrap_or_default()
                        .trim()
                        .to_string();
                    found.blocks.push((range, language));
                }
            }
            Event::End(TagEnd::CodeBlock) => in_code_block = false,
            Event::InlineMath(tex) => {
                found.formulas.push((range, tex.to_string(), false))
            }
            Event::DisplayMath(tex) => {
                found.formulas.push((range, tex.to_string(), true))
            }
            Event::Start(Tag::Heading { id, .. }) => {
                found.headings.push((range, id.map(|id| id.to_string())))
            }
            Event::Html(_) => formulas_in_html(text, range, &mut found),
            Event::Text(_) if !in_code_block => {
                found.dollars.extend(dollars(text, range))
            }
            _ => {}
        }
    }
    found
}

/// Markdown leaves formulas in an HTML block alone; the summary of a folded answer may
/// hold one all the same.
fn formulas_in_html(text: &str, range: Range<usize>, found: &mut Found) {
    let signs: Vec<usize> = dollars(text, range).collect();
    for pair in signs.chunks(2) {
        match pair {
            [open, close] => found.formulas.push((
                *open..close + 1,
                text[open + 1..*close].to_string(),
                false,
            )),
            open => found.dollars.extend(open),
        }
    }
}

/// The dollar signs in a range that no backslash escapes.
fn dollars(text: &str, range: Range<usize>) -> impl Iterator<Item = usize> {
    let signs = text[range.clone()]
        .match_indices('$')
        .map(move |(offset, _)| range.start + offset);
    signs.filter(|offset| !text[..*offset].ends_with('\\'))
}
