//! The rules of the house: one stem for all files of a chapter, no module that uses a
//! later chapter, every committed result from the experiment that is here, a README that
//! shows the chapters there are.

use gradus_course::{Chapter, Course, files};
use sha2::{Digest, Sha256};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use syn::visit::{self, Visit};

/// What everything stands on, and what uses nothing above it.
const GROUND: [&str; 7] =
    ["cpu", "device", "element", "error", "random", "replace", "report"];

fn course() -> Course {
    Course::load(Path::new(env!("CARGO_MANIFEST_DIR")))
        .expect("book/chapters.toml is sound")
}

fn written(course: &Course) -> Vec<&Chapter> {
    course.chapters().filter(|chapter| chapter.written()).collect()
}

/// The names in a folder, without extension if they have this one.
fn names(folder: &Path, extension: Option<&str>) -> BTreeSet<String> {
    let entries = std::fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.path());
    let wanted = entries.filter(|path| match extension {
        Some(extension) => path.extension().is_some_and(|own| own == extension),
        None => path.is_dir(),
    });
    wanted
        .map(|path| path.file_stem().expect("a name").to_string_lossy().into_owned())
        .collect()
}

#[test]
fn every_file_of_a_chapter_carries_its_stem_and_no_file_belongs_to_none() {
    let course = course();
    let root = &course.root;
    let mut faults = Vec::new();
    let mut expect = |what: &str, found: BTreeSet<String>, wanted: BTreeSet<String>| {
        faults.extend(
            wanted.difference(&found).map(|name| format!("{what}: `{name}` is missing")),
        );
        faults.extend(
            found
                .difference(&wanted)
                .map(|name| format!("{what}: `{name}` belongs to no chapter")),
        );
    };
    let chapters = written(&course);
    let slugs = || chapters.iter().map(|chapter| chapter.slug()).collect::<BTreeSet<_>>();
    let targets =
        || chapters.iter().map(|chapter| chapter.target()).collect::<BTreeSet<_>>();
    let numbered = |mut names: BTreeSet<String>| {
        names.retain(|name| name.starts_with(|c: char| c.is_ascii_digit()));
        names
    };
    expect("book/src", numbered(names(&root.join("book/src"), Some("md"))), slugs());
    expect("tests", numbered(names(&root.join("tests"), None)), targets());
    expect("examples", numbered(names(&root.join("examples"), None)), targets());
    expect("book/results", names(&root.join("book/results"), Some("json")), slugs());
    expect(
        "book/results/quick",
        names(&root.join("book/results/quick"), Some("json")),
        slugs(),
    );
    expect("exercises", numbered(names(&root.join("exercises"), None)), slugs());
    for chapter in &chapters {
        let folder = root.join("exercises").join(chapter.slug());
        expect(
            &chapter.slug(),
            names(&folder, None),
            chapter.exercises.iter().cloned().collect(),
        );
        assert!(
            chapter.minimum_tests > 0 && chapter.seconds > 0,
            "{}: a floor and a budget",
            chapter.slug()
        );
        // A chapter on the machine explains the ground, and has kernels in place of a module.
        assert!(
            chapter.modules.contains(&chapter.stem) || !chapter.kernels.is_empty(),
            "{}: a module of its own name, or kernels",
            chapter.slug()
        );
    }
    // Like modules, kernels may be there before their chapter's text.
    let kernels = course.chapters().flat_map(|chapter| chapter.kernels.clone());
    expect("kernels", names(&root.join("kernels"), Some("cu")), kernels.collect());
    let modules = course.chapters().flat_map(|chapter| chapter.modules.clone());
    let modules: BTreeSet<String> = modules.chain(GROUND.map(String::from)).collect();
    let mut found = names(&root.join("src"), Some("rs"));
    found.extend(names(&root.join("src"), None));
    found.remove("lib");
    expect("src", found, modules);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

/// The chapter of every module; the ground lies at 0.
fn floors(course: &Course) -> BTreeMap<String, usize> {
    let modules = course.chapters().flat_map(|chapter| {
        chapter.modules.iter().map(|name| (name.clone(), chapter.number))
    });
    modules.chain(GROUND.map(|name| (name.to_string(), 0))).collect()
}

/// Collects the modules of the crate that a file names: `crate::x`, and `super::x` where
/// it leaves the module.
struct Uses {
    depth: usize,
    found: BTreeSet<String>,
}

impl Uses {
    fn path(&mut self, segments: &[String]) {
        let supers = segments.iter().take_while(|segment| *segment == "super").count();
        let target = match segments.first().map(String::as_str) {
            Some("crate") => segments.get(1),
            Some("super") if supers >= self.depth => segments.get(supers),
            _ => None,
        };
        self.found.extend(target.cloned());
    }

    fn tree(&mut self, tree: &syn::UseTree, mut prefix: Vec<String>) {
        match tree {
            syn::UseTree::Path(path) => {
                prefix.push(path.ident.to_string());
                self.tree(&path.tree, prefix);
            }
            syn::UseTree::Group(group) => {
                group.items.iter().for_each(|item| self.tree(item, prefix.clone()))
            }
            syn::UseTree::Name(name) => {
                prefix.push(name.ident.to_string());
                self.path(&prefix);
            }
            syn::UseTree::Rename(name) => {
                prefix.push(name.ident.to_string());
                self.path(&prefix);
            }
            syn::UseTree::Glob(_) => self.path(&prefix),
        }
    }
}

impl<'ast> Visit<'ast> for Uses {
    fn visit_item_use(&mut self, item: &'ast syn::ItemUse) {
        self.tree(&item.tree, Vec::new());
    }

    fn visit_path(&mut self, path: &'ast syn::Path) {
        let segments: Vec<String> =
            path.segments.iter().map(|segment| segment.ident.to_string()).collect();
        self.path(&segments);
        visit::visit_path(self, path);
    }

    fn visit_item_mod(&mut self, module: &'ast syn::ItemMod) {
        self.depth += 1;
        visit::visit_item_mod(self, module);
        self.depth -= 1;
    }
}

fn uses(source: &str, depth: usize) -> BTreeSet<String> {
    let mut uses = Uses { depth, found: BTreeSet::new() };
    uses.visit_file(&syn::parse_file(source).expect("the library is Rust"));
    uses.found
}

/// What `module` uses although it lies on a higher floor, or is no module.
fn breaches(
    floors: &BTreeMap<String, usize>,
    module: &str,
    used: &BTreeSet<String>,
) -> Vec<String> {
    // `crate::Error` and `crate::Result` are the ground's.
    let used = used.iter().filter(|name| floors.contains_key(*name));
    used.filter(|name| floors[*name] > floors[module])
        .map(|name| format!("{module} uses {name}"))
        .collect()
}

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).expect("src is there").flatten() {
        match entry.path() {
            path if path.is_dir() => files.extend(sources(&path)),
            path => files.push(path),
        }
    }
    files
}

#[test]
fn no_module_uses_a_later_chapter() {
    let course = course();
    let (floors, src) = (floors(&course), course.root.join("src"));
    let mut faults = Vec::new();
    for path in sources(&src) {
        let inside = path.strip_prefix(&src).expect("below src");
        let module =
            inside.iter().next().expect("a name").to_string_lossy().replace(".rs", "");
        if module == "lib" {
            continue;
        }
        let depth = inside.components().count() - usize::from(inside.ends_with("mod.rs"));
        let used = uses(&std::fs::read_to_string(&path).expect("readable"), depth);
        faults.extend(breaches(&floors, &module, &used));
    }
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn the_floors_rule_sees_every_way_to_name_a_module() {
    let floors = BTreeMap::from([("low".to_string(), 1), ("high".to_string(), 2)]);
    let offences = [
        ("use crate::high::Thing;", 1),
        ("use crate::{low::A, high::{self, B}};", 1),
        ("use crate::high as disguised;", 1),
        ("use crate::high::*;", 1),
        ("fn f() -> crate::high::Thing { todo!() }", 1),
        ("fn f() { crate::high::g() }", 1),
        ("use super::high::Thing;", 1),
        ("use super::super::high::Thing;", 2),
        ("mod inner { use super::super::high::Thing; }", 1),
    ];
    for (source, depth) in offences {
        assert_eq!(
            breaches(&floors, "low", &uses(source, depth)),
            ["low uses high"],
            "{source}"
        );
    }
    for (source, depth) in
        [("use crate::low::A;", 1), ("use super::high;", 2), ("use std::high;", 1)]
    {
        assert_eq!(
            breaches(&floors, "low", &uses(source, depth)),
            Vec::<String>::new(),
            "{source}"
        );
    }
    assert!(breaches(&floors, "high", &uses("use crate::low::A;", 1)).is_empty());
}

#[test]
fn committed_results_come_from_the_experiment_that_is_here() {
    let course = course();
    for chapter in written(&course) {
        let folder = course.root.join("examples").join(chapter.target());
        let source =
            files::sources(&folder).expect("the example is there").replace("\r\n", "\n");
        let hash: String =
            Sha256::digest(source).iter().map(|byte| format!("{byte:02x}")).collect();
        for (folder, mode) in
            [("book/results", "default"), ("book/results/quick", "quick")]
        {
            let path = course.root.join(folder).join(format!("{}.json", chapter.slug()));
            let text = std::fs::read_to_string(&path).expect("the results are there");
            let run: serde_json::Value =
                serde_json::from_str(&text).expect("results are JSON");
            assert_eq!(run["mode"], mode, "{}", path.display());
            assert_eq!(
                run["example_sha256"],
                hash,
                "{}: run `{} --record`",
                path.display(),
                run["command"]
            );
            let seeds = run["seeds"].as_array().expect("seeds").len();
            assert!(
                seeds >= 3,
                "{}: effects are claimed over at least three seeds",
                path.display()
            );
        }
    }
}

#[test]
fn the_readme_shows_the_chapters_there_are() {
    let course = course();
    let readme = std::fs::read_to_string(course.root.join("README.md"))
        .expect("the README is there");
    let map = course.map();
    assert!(
        readme.replace("\r\n", "\n").contains(&map),
        "put this into README.md:\n\n{map}"
    );
}
