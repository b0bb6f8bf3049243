//! Reads the rendered pages back: every link leads somewhere, and nothing is loaded from
//! elsewhere.

use crate::report::{Kind, Report};
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer,
};
use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

/// A reference from a page to something else.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Reference {
    /// The element it stands in.
    element: String,
    /// As written.
    target: String,
}

impl Reference {
    /// Whether a browser fetches the target by itself, without a click.
    fn is_loaded(&self) -> bool {
        self.element != "a" && self.element != "area"
    }

    fn is_external(&self) -> bool {
        let target = self.target.trim().to_ascii_lowercase();
        ["http:", "https:", "//", "ftp:", "ws:", "wss:"]
            .iter()
            .any(|scheme| target.starts_with(scheme))
    }
}

/// What a page defines and what it refers to.
#[derive(Debug, Default)]
struct Anatomy {
    ids: BTreeSet<String>,
    doubled: Vec<String>,
    references: Vec<Reference>,
}

/// Checks every page and style sheet under `site`. `source` gives the Markdown file and
/// the line that a fault in a page (by its path under `site`) comes from, as far as that
/// can be told from the reference.
pub fn check(
    site: &Path,
    source: &dyn Fn(&str, &str) -> String,
    report: &mut Report,
) -> std::io::Result<()> {
    let files = files(site)?;
    let mut pages = BTreeMap::new();
    for file in files.iter().filter(|file| file.ends_with(".html")) {
        pages.insert(file.clone(), read(&std::fs::read_to_string(site.join(file))?));
    }
    for (page, anatomy) in &pages {
        for id in &anatomy.doubled {
            report.fault(
                Kind::Link,
                source(page, id),
                format!("the id `{id}` is used twice on the page {page}"),
            );
        }
        for reference in &anatomy.references {
            report.count(Kind::Link);
            if let Err(what) = follow(page, reference, &pages, &files) {
                report.fault(Kind::Link, source(page, &reference.target), what);
            }
        }
    }
    for sheet in files.iter().filter(|file| file.ends_with(".css")) {
        for target in urls(&std::fs::read_to_string(site.join(sheet))?) {
            report.count(Kind::Link);
            let reference = Reference { element: "style sheet".into(), target };
            if let Err(what) = follow(sheet, &reference, &pages, &files) {
                report.fault(Kind::Link, sheet, what);
            }
        }
    }
    Ok(())
}

/// Whether a reference may stand, and leads somewhere.
fn follow(
    page: &str,
    reference: &Reference,
    pages: &BTreeMap<String, Anatomy>,
    files: &BTreeSet<String>,
) -> Result<(), String> {
    let Reference { element, target } = reference;
    if reference.is_external() {
        return match reference.is_loaded() {
            true => Err(format!(
                "<{element}> loads `{target}` from elsewhere: keep a copy under book/src/assets"
            )),
            false => Ok(()),
        };
    }
    if ["mailto:", "data:"].iter().any(|scheme| target.starts_with(scheme)) {
        return Ok(());
    }
    let (path, fragment) = target.split_once('#').unwrap_or((target, ""));
    let path = decode(path.split('?').next().unwrap_or_default());
    let file = match path.as_str() {
        "" => page.to_string(),
        path => {
            join(page, path).ok_or_else(|| format!("`{target}` leads out of the book"))?
        }
    };
    if !files.contains(&file) {
        return Err(format!("`{target}` leads nowhere: the book has no {file}"));
    }
    let fragment = decode(fragment);
    let known = |page: &Anatomy| fragment.is_empty() || page.ids.contains(&fragment);
    match pages.get(&file) {
        Some(anatomy) if !known(anatomy) => {
            Err(format!("`{target}` leads nowhere: {file} has no id `{fragment}`"))
        }
        _ => Ok(()),
    }
}

/// The file that `path` means on `page`, relative to the site.
fn join(page: &str, path: &str) -> Option<String> {
    let folder = page.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut parts: Vec<&str> =
        folder.split('/').filter(|part| !part.is_empty()).collect();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => _ = parts.pop()?,
            part => parts.push(part),
        }
    }
    if path.ends_with('/') {
        parts.push("index.html");
    }
    (!path.starts_with('/')).then(|| parts.join("/"))
}

/// `%20` and its like.
fn decode(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.as_bytes();
    while let [first, after @ ..] = rest {
        let code = after
            .get(..2)
            .filter(|_| *first == b'%')
            .and_then(|hex| std::str::from_utf8(hex).ok());
        match code.and_then(|hex| u8::from_str_radix(hex, 16).ok()) {
            Some(byte) => (bytes.push(byte), rest = &after[2..]).0,
            None => (bytes.push(*first), rest = after).0,
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Every `url(…)` and `@import "…"` of a style sheet.
fn urls(css: &str) -> Vec<String> {
    let clean = |text: &str| text.trim().trim_matches(['"', '\'']).to_string();
    let urls = css.split("url(").skip(1).filter_map(|rest| rest.split(')').next());
    let imports = css.split("@import").skip(1).filter_map(|rest| rest.split(';').next());
    let imports = imports.filter(|rest| !rest.contains("url("));
    urls.chain(imports).map(clean).collect()
}

/// All files under `folder`, with `/` between the parts of their names.
fn files(folder: &Path) -> std::io::Result<BTreeSet<String>> {
    let mut found = BTreeSet::new();
    let mut open = vec![PathBuf::new()];
    while let Some(relative) = open.pop() {
        for entry in std::fs::read_dir(folder.join(&relative))? {
            let entry = entry?;
            let name = relative.join(entry.file_name());
            if entry.file_type()?.is_dir() {
                open.push(name);
            } else {
                found.insert(
                    name.iter()
                        .map(|part| part.to_string_lossy())
                        .collect::<Vec<_>>()
                        .join("/"),
                );
            }
        }
    }
    Ok(found)
}

fn read(html: &str) -> Anatomy {
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(Sink::default(), Default::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.0.into_inner()
}

#[derive(Default)]
struct Sink(RefCell<Anatomy>);

impl TokenSink for Sink {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let Token::TagToken(tag) = token else { return TokenSinkResult::Continue };
        if tag.kind == TagKind::EndTag {
            return TokenSinkResult::Continue;
        }
        let Anatomy { ids, doubled, references } = &mut *self.0.borrow_mut();
        for attribute in &tag.attrs {
            let (name, value) =
                (attribute.name.local.as_ref(), attribute.value.to_string());
            let mut refer = |target: String| {
                references.push(Reference { element: tag.name.to_string(), target })
            };
            match name {
                "id" if !ids.insert(value.clone()) => doubled.push(value),
                "src" | "poster" | "data" | "href"
                    if !(name == "href" && &*tag.name == "base") =>
                {
                    refer(value)
                }
                "srcset" => value
                    .split(',')
                    .filter_map(|one| one.split_whitespace().next())
                    .for_each(|one| refer(one.into())),
                "style" => urls(&value).into_iter().for_each(refer),
                _ => {}
            }
        }
        // Without this, markup inside a script would be taken for the page's own.
        match &*tag.name {
            "script" => TokenSinkResult::RawData(
                html5ever::tokenizer::states::RawKind::ScriptData,
            ),
            "style" => {
                TokenSinkResult::RawData(html5ever::tokenizer::states::RawKind::Rawtext)
            }
            _ => TokenSinkResult::Continue,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_for_ids_and_references_but_not_inside_scripts() {
        let page = read(
            "<p id=a><a href='b.html#c'>x</a><img src=i.png srcset='j.png 2x, k.png'><p id=a>\
             <script src=s.js>let x = '<a href=\"dead.html\">';</script>",
        );
        assert_eq!(page.doubled, ["a"]);
        let targets: Vec<_> =
            page.references.iter().map(|reference| reference.target.as_str()).collect();
        assert_eq!(targets, ["b.html#c", "i.png", "j.png", "k.png", "s.js"]);
    }

    #[test]
    fn paths_are_joined_as_a_browser_does_and_stay_inside() {
        assert_eq!(join("a/b.html", "../c.html").as_deref(), Some("c.html"));
        assert_eq!(join("a/b.html", "c/").as_deref(), Some("a/c/index.html"));
        assert_eq!(join("b.html", "../c.html"), None);
        assert_eq!(join("b.html", "/c.html"), None);
        assert_eq!(decode("a%20b%"), "a b%");
    }

    #[test]
    fn a_link_may_lead_elsewhere_but_nothing_may_be_loaded_from_there() {
        let follow = |element: &str, target: &str| {
            let reference = Reference { element: element.into(), target: target.into() };
            follow(
                "p.html",
                &reference,
                &BTreeMap::new(),
                &BTreeSet::from(["p.html".to_string()]),
            )
        };
        assert!(follow("a", "https://example.org/").is_ok());
        for element in ["img", "script", "link", "iframe", "style sheet"] {
            assert!(
                follow(element, "HTTPS://example.org/x")
                    .unwrap_err()
                    .contains("from elsewhere"),
                "{element}"
            );
            assert!(follow(element, "//example.org/x").is_err(), "{element}");
        }
        assert_eq!(
            urls("@import 'a.css'; b{background:url(\"c.png\")}"),
            ["c.png", "a.css"]
        );
    }
}
