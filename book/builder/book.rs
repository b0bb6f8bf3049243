//! A whole build: read the sources, expand the pages, let mdBook render them, check what
//! came out.

use crate::contents::{self, Entry};
use crate::formula::Formulas;
use crate::links;
use crate::page::Pages;
use crate::report::{Kind, Report};
use crate::results::Runs;
use crate::slots::Slots;
use anyhow::{Context, Result};
use gradus_course::Course;
use mdbook_driver::MDBook;
use mdbook_driver::book::BookItem;
use mdbook_driver::config::Config;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

/// Builds the book of the checkout at `root` into `folder`, which must be empty or
/// absent. Faults are in the report; if there are any, what lies in `folder` is not fit
/// to be read.
///
/// # Errors
/// When the course or the configuration cannot be read, or the folder cannot be written.
pub fn render(root: &Path, folder: &Path) -> Result<Report> {
    let course = Course::load(root)?;
    let entries = contents::entries(&course);
    let mut report = Report::default();
    let runs = Runs::load(root, &mut report);
    let sources = read_pages(root, &entries, &mut report)?;

    let (slots, formulas) = (Slots::default(), Formulas::default());
    let mut pages = Pages { course: &course, runs: &runs, slots, report, formulas };
    let expand = |(file, text): (&String, &String)| {
        (file.clone(), pages.expand(&format!("book/src/{file}"), text))
    };
    let expanded: BTreeMap<String, String> = sources.iter().map(expand).collect();

    let present: BTreeSet<String> = sources.keys().cloned().collect();
    mdbook(root, folder, &course, &present, expanded)?;
    let Pages { slots, mut report, .. } = pages;
    fill(folder, &slots)?;
    links::check(folder, &|page, target| origin(&sources, page, target), &mut report)?;
    Ok(report)
}

/// Builds into `destination`, which is replaced as a whole, and only when there is no
/// fault.
///
/// # Errors
/// As [`render`].
pub fn publish(root: &Path, destination: &Path) -> Result<Report> {
    let parent = destination
        .parent()
        .filter(|parent| !parent.as_os_str().is_empty())
        .unwrap_or(Path::new("."));
    std::fs::create_dir_all(parent)
        .with_context(|| format!("cannot make the folder {}", parent.display()))?;
    let beside = tempfile::Builder::new().prefix(".book-").tempdir_in(parent)?;
    let fresh = beside.path().join("fresh");
    let report = render(root, &fresh)?;
    if report.faults.is_empty() {
        replace(destination, &fresh, &beside.path().join("stale"))
            .with_context(|| format!("cannot replace {}", destination.display()))?;
    }
    Ok(report)
}

fn replace(destination: &Path, fresh: &Path, stale: &Path) -> std::io::Result<()> {
    if destination.exists() {
        std::fs::rename(destination, stale)?;
    }
    std::fs::rename(fresh, destination)
}

/// The pages that exist, by file name. A page that is missing, and one that no one asked
/// for, are faults.
fn read_pages(
    root: &Path,
    entries: &[Entry],
    report: &mut Report,
) -> Result<BTreeMap<String, String>> {
    let folder = root.join("book/src");
    let mut pages = BTreeMap::new();
    for entry in entries {
        report.count(Kind::Page);
        let place = format!("book/src/{}", entry.file);
        match std::fs::read_to_string(folder.join(&entry.file)) {
            // With Unix line ends, so that offsets and lines are the same everywhere.
            Ok(text) => {
                _ = pages.insert(
                    entry.file.clone(),
                    text.trim_start_matches('\u{feff}').replace("\r\n", "\n"),
                )
            }
            Err(error) => report.fault(
                Kind::Page,
                place,
                format!("cannot read the page “{}”: {error}", entry.title),
            ),
        }
    }
    let listed: BTreeSet<&str> =
        entries.iter().map(|entry| entry.file.as_str()).collect();
    let files = std::fs::read_dir(&folder)
        .with_context(|| format!("cannot read {}", folder.display()))?;
    for file in files.flatten() {
        let name = file.file_name().to_string_lossy().into_owned();
        if name.ends_with(".md") && !listed.contains(name.as_str()) {
            let what = "no chapter of book/chapters.toml has this page: name it NN-stem.md after its chapter, \
                        which must be written (have modules)";
            report.fault(Kind::Page, format!("book/src/{name}"), what);
        }
    }
    Ok(pages)
}

/// Lets mdBook render the expanded pages.
fn mdbook(
    root: &Path,
    folder: &Path,
    course: &Course,
    present: &BTreeSet<String>,
    mut expanded: BTreeMap<String, String>,
) -> Result<()> {
    let settings = root.join("book/book.toml");
    let mut config = Config::from_disk(&settings)
        .with_context(|| format!("cannot use {}", settings.display()))?;
    config.build.build_dir = std::path::absolute(folder)?;
    config.build.create_missing = false;
    config.build.use_default_preprocessors = false;
    let mut book = MDBook::load_with_config_and_summary(
        root.join("book"),
        config,
        contents::summary(course, present),
    )?;
    book.book.for_each_mut(|item| {
        if let BookItem::Chapter(chapter) = item {
            let file = chapter.path.as_ref().and_then(|path| path.to_str());
            if let Some(text) = file.and_then(|file| expanded.remove(file)) {
                chapter.content = text;
            }
        }
    });
    book.build()
}

/// Puts formulas and figures into the rendered pages.
fn fill(folder: &Path, slots: &Slots) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "html") {
            let page = std::fs::read_to_string(&path)?;
            std::fs::write(&path, slots.fill(&page))?;
        }
    }
    Ok(())
}

/// The Markdown file of a rendered page, and the first line on which `target` stands.
fn origin(sources: &BTreeMap<String, String>, page: &str, target: &str) -> String {
    let file = page.replace(".html", ".md");
    // mdBook shows the first page as index.html too.
    let file = if sources.contains_key(&file) { file } else { "preface.md".to_string() };
    let text = sources.get(&file).map_or("", String::as_str);
    let line = [target.to_string(), target.replace(".html", ".md")]
        .iter()
        .find_map(|needle| text.find(needle.as_str()));
    match line {
        Some(offset) => {
            format!("book/src/{file}:{}", 1 + text[..offset].matches('\n').count())
        }
        None => format!("book/src/{file}"),
    }
}
