//! One page of Markdown, before mdBook sees it.
//!
//! The page is parsed once, for the offsets of its code, formulas and headings. What must be replaced is
//! noted as an edit of the source; at the end all edits are made at once, so that every line number that a
//! fault names is the author's.

use crate::directive::{self, Directive};
use crate::report::{Kind, Report};
use crate::results::{Run, Runs};
use crate::slots::{Slots, escape};
use crate::{chart, exercise, formula::Formulas, listing, provenance, table};
use gradus_course::Course;
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, html};
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

/// Expands pages, and gathers what it finds.
pub struct Pages<'a> {
    /// The course, for exercises and for the root of the repository.
    pub course: &'a Course,
    /// The committed results.
    pub runs: &'a Runs,
    /// HTML that waits for the rendered pages.
    pub slots: Slots,
    /// What was checked and what was wrong.
    pub report: Report,
    /// Renders TeX.
    pub formulas: Formulas,
}

/// Where a text comes from.
#[derive(Debug, Clone)]
struct Origin<'a> {
    /// The file, from the root of the repository.
    file: &'a str,
    /// The line on which the text begins, counted from 1.
    line: usize,
}

impl Origin<'_> {
    fn at(&self, text: &str, offset: usize) -> String {
        format!("{}:{}", self.file, self.line + text[..offset].matches('\n').count())
    }
}

/// What the parser found in a text.
#[derive(Default)]
struct Found {
    /// Code in the text: nothing in it is touched.
    code: Vec<Range<usize>>,
    /// Fenced code blocks, with their language.
    blocks: Vec<(Range<usize>, String)>,
    /// Formulas: where, TeX, whether on a line of its own.
    formulas: Vec<(Range<usize>, String, bool)>,
    /// Headings, with their ids.
    headings: Vec<(Range<usize>, Option<String>)>,
    /// Dollar signs that open or close nothing.
    dollars: Vec<usize>,
}

type Edit = (Range<usize>, String);

impl Pages<'_> {
    /// The page's Markdown for mdBook. `file` is its path from the root of the repository.
    pub fn expand(&mut self, file: &str, text: &str) -> String {
        self.expand_text(&Origin { file, line: 1 }, text)
    }

    fn expand_text(&mut self, origin: &Origin, text: &str) -> String {
        let found = parse(text);
        self.check_headings(origin, text, &found);
        let opaque: Vec<_> =
            found.code.iter().chain(found.formulas.iter().map(|formula| &formula.0)).cloned().collect();
        let directives = directive::find(text, &opaque).unwrap_or_else(|open| {
            self.report.fault(
                Kind::Directive,
                origin.at(text, open),
                "`{{` is never closed: add `}}`, or put it in `code`",
            );
            Vec::new()
        });
        let mut edits: Vec<Edit> = Vec::new();
        for (range, language) in &found.blocks {
            edits.extend(self.listing(origin, text, range, language));
        }
        for directive in &directives {
            edits.push((directive.range.clone(), self.directive(origin, text, directive)));
        }
        // What stands in a directive was expanded with it.
        let free = |offset: usize| !directives.iter().any(|directive| directive.range.contains(&offset));
        for (range, tex, display) in found.formulas.iter().filter(|formula| free(formula.0.start)) {
            edits.push((range.clone(), self.formula(&origin.at(text, range.start), tex, *display)));
        }
        for dollar in found.dollars.iter().filter(|dollar| free(**dollar)) {
            let what = "this `$` neither opens nor closes a formula: write `\\$` for a dollar sign, and no space inside `$…$`";
            self.report.fault(Kind::Formula, origin.at(text, *dollar), what);
        }
        splice(text, edits)
    }

    fn check_headings(&mut self, origin: &Origin, text: &str, found: &Found) {
        let mut seen = BTreeSet::new();
        for (range, id) in &found.headings {
            self.report.count(Kind::Heading);
            let what = match id {
                None => "this heading has no id: end it with `{#a-short-name}`".to_string(),
                Some(id) if !seen.insert(id) => {
                    format!("the id `{id}` is used twice on this page: give one heading another")
                }
                Some(_) => continue,
            };
            self.report.fault(Kind::Heading, origin.at(text, range.start), what);
        }
    }

    fn listing(&mut self, origin: &Origin, text: &str, range: &Range<usize>, language: &str) -> Option<Edit> {
        let block = &text[range.clone()];
        let line_start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
        // What each line of the block must begin with: the marks of a quotation, the indentation of a list.
        let prefix: String =
            text[line_start..range.start].chars().map(|c| if c == '>' { c } else { ' ' }).collect();
        let lines: Vec<&str> = block.lines().map(|line| strip(line, &prefix)).collect();
        let last = if lines.len() > 1 && lines[lines.len() - 1].trim_start().starts_with(['`', '~']) {
            1
        } else {
            0
        };
        let content = lines[1..lines.len() - last].join("\n");
        match listing::expand(&self.course.root, Path::new(origin.file), language, &content) {
            Ok(listing) if listing.files.is_empty() => None,
            Ok(listing) => {
                self.report.count(Kind::Listing);
                Some((range.clone(), indent(&fenced(language, &listing), &prefix)))
            }
            Err((line, what)) => {
                let above = text[..range.start].matches('\n').count();
                self.report.fault(
                    Kind::Listing,
                    format!("{}:{}", origin.file, origin.line + above + 1 + line),
                    what,
                );
                None
            }
        }
    }

    fn formula(&mut self, place: &str, tex: &str, display: bool) -> String {
        self.report.count(Kind::Formula);
        let rendered = if tex.contains("{{result") {
            Err("a number stands inside the formula: end the formula before it".to_string())
        } else {
            self.formulas.render(tex, display)
        };
        match rendered {
            Ok(html) => self.slots.hold(html),
            Err(error) => {
                self.report.fault(Kind::Formula, place, format!("`{tex}`: {error}"));
                String::new()
            }
        }
    }

    fn directive(&mut self, origin: &Origin, text: &str, directive: &Directive) -> String {
        let place = origin.at(text, directive.range.start);
        let here = Origin {
            file: origin.file,
            line: origin.line + text[..directive.range.start].matches('\n').count(),
        };
        let (kind, expanded) = match directive.name.as_str() {
            "result" => (Kind::Number, self.number(&directive.argument)),
            "figure" => {
                (Kind::Figure, alone(text, directive).and_then(|()| self.figure(&here, &directive.argument)))
            }
            "table" => {
                (Kind::Table, alone(text, directive).and_then(|()| self.table(&here, &directive.argument)))
            }
            "exercise" => {
                (Kind::Exercise, alone(text, directive).and_then(|()| self.exercise(&directive.argument)))
            }
            "#include" => {
                (Kind::Listing, Err("an include may stand only inside a fenced code block".to_string()))
            }
            unknown => {
                let what =
                    format!("unknown directive `{unknown}`: there are result, figure, table and exercise");
                (Kind::Directive, Err(what))
            }
        };
        self.report.count(kind);
        expanded.unwrap_or_else(|what| {
            self.report.fault(kind, place, what);
            String::new()
        })
    }

    fn number(&mut self, reference: &str) -> Result<String, String> {
        let (_, _, number) = self.runs.find(reference, "number", |run: &Run| &run.numbers)?;
        // As character references, so that Markdown takes no minus or star for its own.
        let entity =
            |c: char| if c.is_ascii_punctuation() { format!("&#{};", c as u32) } else { c.to_string() };
        let text: String = number.text.chars().map(entity).collect();
        Ok(format!("<span class=\"result\" title=\"{}\">{text}</span>", escape(reference)))
    }

    fn figure(&mut self, origin: &Origin, argument: &str) -> Result<String, String> {
        let (reference, caption) =
            argument.split_once('|').map_or((argument, ""), |(r, c)| (r.trim(), c.trim()));
        if caption.is_empty() {
            return Err(format!(
                "figure `{reference}` has no caption: write {{{{figure {reference} | what is to be seen}}}}"
            ));
        }
        let runs = self.runs;
        let (run, name, figure) = runs.find(reference, "figure", |run: &Run| &run.figures)?;
        let caption = self.caption(origin, caption);
        let picture = self.slots.hold(chart::html(figure));
        let (id, made_by) = (escape(name), provenance::line(run));
        Ok(block(&format!(
            "<figure class=\"chart\" id=\"figure-{id}\">\n{picture}\n<figcaption>{caption}\n{made_by}</figcaption>\n</figure>"
        )))
    }

    fn table(&mut self, origin: &Origin, reference: &str) -> Result<String, String> {
        let runs = self.runs;
        let (run, name, table) = runs.find(reference, "table", |run: &Run| &run.tables)?;
        let caption = self.caption(origin, &table.caption);
        Ok(block(&table::html(run, name, table, &caption)))
    }

    fn exercise(&mut self, name: &str) -> Result<String, String> {
        let exercise = self.course.exercise(name).map_err(|error| error.to_string())?;
        let text = exercise.text().map_err(|error| error.to_string())?;
        let file = format!("exercises/{}/{name}/exercise.md", exercise.chapter);
        let source = std::fs::read_to_string(self.course.root.join(&file)).unwrap_or_default();
        let line =
            source.find(text.statement.trim()).map_or(1, |offset| 1 + source[..offset].matches('\n').count());
        let statement = self.expand_text(&Origin { file: &file, line }, text.statement.trim());
        Ok(block(&exercise::markdown(name, &text, &statement)))
    }

    /// A caption's Markdown as one line of HTML.
    fn caption(&mut self, origin: &Origin, caption: &str) -> String {
        let expanded = self.expand_text(origin, caption);
        let mut rendered = String::new();
        html::push_html(&mut rendered, Parser::new_ext(&expanded, options()));
        rendered.replace("<p>", "").replace("</p>", " ").replace('\n', " ").trim().to_string()
    }
}

fn options() -> Options {
    Options::ENABLE_MATH
        | Options::ENABLE_HEADING_ATTRIBUTES
        | Options::ENABLE_TABLES
        | Options::ENABLE_FOOTNOTES
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_DEFINITION_LIST
        | Options::ENABLE_GFM
}

fn parse(text: &str) -> Found {
    let mut found = Found::default();
    let mut in_code_block = false;
    for (event, range) in Parser::new_ext(text, options()).into_offset_iter() {
        match event {
            Event::Code(_) => found.code.push(range),
            Event::Start(Tag::CodeBlock(kind)) => {
                in_code_block = true;
                found.code.push(range.clone());
                if let CodeBlockKind::Fenced(info) = kind {
                    let language = info.split([',', ' ', '{']).next().unwrap_or_default().trim().to_string();
                    found.blocks.push((range, language));
                }
            }
            Event::End(pulldown_cmark::TagEnd::CodeBlock) => in_code_block = false,
            Event::InlineMath(tex) => found.formulas.push((range, tex.to_string(), false)),
            Event::DisplayMath(tex) => found.formulas.push((range, tex.to_string(), true)),
            Event::Start(Tag::Heading { id, .. }) => {
                found.headings.push((range, id.map(|id| id.to_string())))
            }
            Event::Html(_) => formulas_in_html(text, range, &mut found),
            Event::Text(_) if !in_code_block => found.dollars.extend(dollars(text, range)),
            _ => {}
        }
    }
    found
}

/// Markdown leaves formulas in an HTML block alone; the summary of a folded answer may hold one all the same.
fn formulas_in_html(text: &str, range: Range<usize>, found: &mut Found) {
    let signs: Vec<usize> = dollars(text, range).collect();
    for pair in signs.chunks(2) {
        match pair {
            [open, close] => {
                found.formulas.push((*open..close + 1, text[open + 1..*close].to_string(), false))
            }
            open => found.dollars.extend(open),
        }
    }
}

/// The dollar signs in a range that no backslash escapes.
fn dollars(text: &str, range: Range<usize>) -> impl Iterator<Item = usize> {
    let signs = text[range.clone()].match_indices('$').map(move |(offset, _)| range.start + offset);
    signs.filter(|offset| !text[..*offset].ends_with('\\'))
}

/// A block directive is a paragraph by itself, at the left margin.
fn alone(text: &str, directive: &Directive) -> Result<(), String> {
    let before = text[..directive.range.start].rsplit('\n').next().unwrap_or_default();
    let after = text[directive.range.end..].split('\n').next().unwrap_or_default();
    if before.is_empty() && after.trim().is_empty() {
        return Ok(());
    }
    Err(format!("`{}` must stand on a line of its own, at the left margin", directive.name))
}

/// Blank lines around a block, so that Markdown ends what stands before it and begins anew behind it.
fn block(html: &str) -> String {
    format!("\n{html}\n")
}

/// The listing as a fenced block whose fence is longer than any in the code, with the sources under it.
fn fenced(language: &str, listing: &listing::Listing) -> String {
    let longest = listing.code.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    // What the highlighter calls them.
    let language = match language {
        "cuda" => "cpp",
        "ptx" => "text",
        other => other,
    };
    let files: Vec<_> = listing.files.iter().map(|file| format!("<code>{}</code>", escape(file))).collect();
    format!(
        "{fence}{language}\n{}{fence}\n\n<p class=\"listing-source\">{}</p>\n",
        listing.code,
        files.join(", ")
    )
}

/// A line without the part of `prefix` that it has.
fn strip<'a>(line: &'a str, prefix: &str) -> &'a str {
    let shared = line.bytes().zip(prefix.bytes()).take_while(|(a, b)| a == b).count();
    &line[shared..]
}

/// Begins every line but the first, which has it already, with `prefix`.
fn indent(block: &str, prefix: &str) -> String {
    let line = |line: &str| format!("{prefix}{line}").trim_end().to_string();
    let lines: Vec<_> = block
        .lines()
        .enumerate()
        .map(|(n, text)| if n == 0 { text.to_string() } else { line(text) })
        .collect();
    lines.join("\n") + "\n"
}

/// Makes all edits. They do not overlap.
fn splice(text: &str, mut edits: Vec<Edit>) -> String {
    edits.sort_by_key(|edit| edit.0.start);
    let mut spliced = String::with_capacity(text.len());
    let mut at = 0;
    for (range, replacement) in edits {
        spliced += &text[at..range.start];
        spliced += &replacement;
        at = range.end;
    }
    spliced + &text[at..]
}
