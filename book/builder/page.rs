//! One page of Markdown, before mdBook sees it.
//!
//! The page is parsed once, for the offsets of its code, formulas and headings. What must
//! be replaced is noted as an edit of the source; at the end all edits are made at once,
//! so that every line number that a fault names is the author's.

use crate::directive::{self, Directive};
use crate::parse::{self, Found};
use crate::report::{Kind, Report};
use crate::results::{Picture, Run, Runs};
use crate::slots::{Slots, escape};
use crate::{chart, drawing, exercise, formula::Formulas, listing, provenance, table};
use gradus_course::{Course, skeleton};
use pulldown_cmark::{Parser, html};
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

/// The length in TeX of a formula that need not be broken over two lines.
const BRIEF: usize = 24;

type Edit = (Range<usize>, String);

impl Pages<'_> {
    /// The page's Markdown for mdBook. `file` is its path from the root of the
    /// repository.
    pub fn expand(&mut self, file: &str, text: &str) -> String {
        self.expand_text(&Origin { file, line: 1 }, text)
    }

    fn expand_text(&mut self, origin: &Origin, text: &str) -> String {
        let found = parse::parse(text);
        self.check_headings(origin, text, &found);
        let opaque: Vec<_> = found
            .code
            .iter()
            .chain(found.formulas.iter().map(|formula| &formula.0))
            .cloned()
            .collect();
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
            edits
                .push((directive.range.clone(), self.directive(origin, text, directive)));
        }
        // What stands in a directive was expanded with it.
        let free = |offset: usize| {
            !directives.iter().any(|directive| directive.range.contains(&offset))
        };
        for (range, tex, display) in
            found.formulas.iter().filter(|formula| free(formula.0.start))
        {
            let html = self.formula(&origin.at(text, range.start), tex, *display);
            let after =
                text[range.end..].chars().next().filter(|c| ".,;:!?)".contains(*c));
            edits.push(match after {
                // A browser would break the line between a formula and the full stop
                // after it.
                Some(stop) if !display && tex.len() <= BRIEF => (
                    range.start..range.end + 1,
                    format!("<span class=\"tied\">{html}{stop}</span>"),
                ),
                _ => (range.clone(), html),
            });
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
                None => {
                    "this heading has no id: end it with `{#a-short-name}`".to_string()
                }
                Some(id) if !seen.insert(id) => {
                    format!(
                        "the id `{id}` is used twice on this page: give one heading another"
                    )
                }
                Some(_) => continue,
            };
            self.report.fault(Kind::Heading, origin.at(text, range.start), what);
        }
    }

    fn listing(
        &mut self,
        origin: &Origin,
        text: &str,
        range: &Range<usize>,
        language: &str,
    ) -> Option<Edit> {
        let block = &text[range.clone()];
        let line_start = text[..range.start].rfind('\n').map_or(0, |newline| newline + 1);
        // What each line of the block must begin with: the marks of a quotation, the
        // indentation of a list.
        let prefix: String = text[line_start..range.start]
            .chars()
            .map(|c| if c == '>' { c } else { ' ' })
            .collect();
        let lines: Vec<&str> =
            block.lines().map(|line| listing::strip(line, &prefix)).collect();
        let last = if lines.len() > 1
            && lines[lines.len() - 1].trim_start().starts_with(['`', '~'])
        {
            1
        } else {
            0
        };
        let content = lines[1..lines.len() - last].join("\n");
        match listing::expand(
            &self.course.root,
            Path::new(origin.file),
            language,
            &content,
        ) {
            Ok(listing) if listing.files.is_empty() => None,
            Ok(listing) => {
                self.report.count(Kind::Listing);
                Some((
                    range.clone(),
                    listing::indent(&listing::fenced(language, &listing), &prefix),
                ))
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
            Err("a number stands inside the formula: end the formula before it"
                .to_string())
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

    fn directive(
        &mut self,
        origin: &Origin,
        text: &str,
        directive: &Directive,
    ) -> String {
        let place = origin.at(text, directive.range.start);
        let here = Origin {
            file: origin.file,
            line: origin.line + text[..directive.range.start].matches('\n').count(),
        };
        let (kind, expanded) = match directive.name.as_str() {
            "result" => (Kind::Number, self.number(&directive.argument)),
            "figure" => (
                Kind::Figure,
                alone(text, directive)
                    .and_then(|()| self.figure(&here, &directive.argument)),
            ),
            "table" => (
                Kind::Table,
                alone(text, directive)
                    .and_then(|()| self.table(&here, &directive.argument)),
            ),
            "exercise" => (
                Kind::Exercise,
                alone(text, directive).and_then(|()| self.exercise(&directive.argument)),
            ),
            "#include" => (
                Kind::Listing,
                Err("an include may stand only inside a fenced code block".to_string()),
            ),
            unknown => {
                let what = format!(
                    "unknown directive `{unknown}`: there are result, figure, table and exercise"
                );
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
        let (_, _, number) =
            self.runs.find(reference, "number", |run: &Run| &run.numbers)?;
        // As character references, so that Markdown takes no minus or star for its own.
        let entity = |c: char| {
            if c.is_ascii_punctuation() {
                format!("&#{};", c as u32)
            } else {
                c.to_string()
            }
        };
        let text: String = number.text.chars().map(entity).collect();
        Ok(format!(
            "<span class=\"result\" title=\"{}\">{text}</span>",
            escape(reference)
        ))
    }

    fn figure(&mut self, origin: &Origin, argument: &str) -> Result<String, String> {
        let (reference, caption) = argument
            .split_once('|')
            .map_or((argument, ""), |(r, c)| (r.trim(), c.trim()));
        if caption.is_empty() {
            return Err(format!(
                "figure `{reference}` has no caption: write {{{{figure {reference} | what is to be seen}}}}"
            ));
        }
        let runs = self.runs;
        let (run, name, figure) =
            runs.find(reference, "figure", |run: &Run| &run.figures)?;
        let caption = self.caption(origin, caption);
        let picture = match figure {
            Picture::Chart(chart) => chart::html(chart),
            Picture::Drawing(drawing) => drawing::html(drawing),
        };
        let picture = self.slots.hold(picture);
        let (id, made_by) = (escape(name), provenance::line(run));
        Ok(block(&format!(
            "<figure class=\"chart\" id=\"figure-{id}\">\n{picture}\n<figcaption>{caption}\n{made_by}</figcaption>\n</figure>"
        )))
    }

    fn table(&mut self, origin: &Origin, reference: &str) -> Result<String, String> {
        let runs = self.runs;
        let (run, name, table) =
            runs.find(reference, "table", |run: &Run| &run.tables)?;
        let caption = self.caption(origin, &table.caption);
        Ok(block(&table::html(run, name, table, &caption)))
    }

    fn exercise(&mut self, name: &str) -> Result<String, String> {
        let exercise = self.course.exercise(name).map_err(|error| error.to_string())?;
        let text = exercise.text().map_err(|error| error.to_string())?;
        let file = format!("exercises/{}/{name}/exercise.md", exercise.chapter);
        let source =
            std::fs::read_to_string(self.course.root.join(&file)).unwrap_or_default();
        let line = source
            .find(text.statement.trim())
            .map_or(1, |offset| 1 + source[..offset].matches('\n').count());
        let statement =
            self.expand_text(&Origin { file: &file, line }, text.statement.trim());
        let skeleton = exercise.skeleton().map_err(|error| error.to_string())?;
        let signatures = skeleton::signatures(&skeleton);
        let language = if exercise.is_kernel() { "cpp" } else { "rust" };
        let stated = exercise::markdown(name, &text, &statement, &signatures, language);
        Ok(block(&stated))
    }

    /// A caption's Markdown as one line of HTML.
    fn caption(&mut self, origin: &Origin, caption: &str) -> String {
        let expanded = self.expand_text(origin, caption);
        let mut rendered = String::new();
        html::push_html(&mut rendered, Parser::new_ext(&expanded, parse::options()));
        rendered
            .replace("<p>", "")
            .replace("</p>", " ")
            .replace('\n', " ")
            .trim()
            .to_string()
    }
}

/// A block directive is a paragraph by itself, at the left margin.
fn alone(text: &str, directive: &Directive) -> Result<(), String> {
    let before = text[..directive.range.start].rsplit('\n').next().unwrap_or_default();
    let after = text[directive.range.end..].split('\n').next().unwrap_or_default();
    if before.is_empty() && after.trim().is_empty() {
        return Ok(());
    }
    Err(format!(
        "`{}` must stand on a line of its own, at the left margin",
        directive.name
    ))
}

/// Blank lines around a block, so that Markdown ends what stands before it and begins
/// anew behind it.
fn block(html: &str) -> String {
    format!("\n{html}\n")
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
