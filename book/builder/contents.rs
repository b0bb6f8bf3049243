//! The table of contents, made from the course: no `SUMMARY.md` to keep in step.

use gradus_course::Course;
use mdbook_summary::{Link, SectionNumber, Summary, SummaryItem};
use std::collections::BTreeSet;

/// A page that must exist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Its file in `book/src`.
    pub file: String,
    /// Its title in the table of contents.
    pub title: String,
}

const BEFORE: [(&str, &str); 2] =
    [("preface.md", "Preface"), ("notation.md", "Notation")];
const AFTER: [(&str, &str); 2] =
    [("glossary.md", "Glossary"), ("references.md", "References")];

/// All pages in reading order: the fixed ones and the chapters that are written.
pub fn entries(course: &Course) -> Vec<Entry> {
    let fixed = |pages: [(&str, &str); 2]| {
        pages.map(|(file, title)| Entry { file: file.into(), title: title.into() })
    };
    let chapters = course.chapters().filter(|chapter| chapter.written());
    let chapters = chapters.map(|chapter| Entry {
        file: format!("{}.md", chapter.slug()),
        title: chapter.title.clone(),
    });
    fixed(BEFORE).into_iter().chain(chapters).chain(fixed(AFTER)).collect()
}

/// mdBook's summary. A chapter that is to come, or whose page is not among `present`, is
/// a draft: shown in grey, and linked to nothing.
pub fn summary(course: &Course, present: &BTreeSet<String>) -> Summary {
    let link = |file: &str, title: &str| {
        let mut link = Link::new(title, file);
        link.location = link.location.filter(|_| present.contains(file));
        link
    };
    let fixed = |pages: [(&str, &str); 2]| {
        pages.map(|(file, title)| SummaryItem::Link(link(file, title))).to_vec()
    };
    let mut summary = Summary::default();
    summary.prefix_chapters = fixed(BEFORE);
    summary.suffix_chapters = fixed(AFTER);
    for part in &course.parts {
        summary.numbered_chapters.push(SummaryItem::PartTitle(part.title.clone()));
        for chapter in &part.chapters {
            let mut link = link(&format!("{}.md", chapter.slug()), &chapter.title);
            link.number = Some(SectionNumber::new([chapter.number as u32]));
            summary.numbered_chapters.push(SummaryItem::Link(link));
        }
    }
    summary
}
