//! Rust source that links answers to their checks: a module for each answer, and `fn
//! table()` over all of them.
//!
//! The same source serves one answer of the reader's, all variants of a chapter, and all
//! mutants.

use crate::{Exercise, Result, files, malformed};
use std::path::{Path, PathBuf};

/// An answer to be linked.
#[derive(Debug, Clone)]
pub struct Entry {
    /// The name by which it is run: `mse_gradient/solution`.
    pub name: String,
    /// The exercise that it answers.
    pub exercise: Exercise,
    /// Its source; of a kernel exercise, the PTX that it was compiled to.
    pub source: PathBuf,
    /// Whether the compiler may warn about it. It may about a solution, which readers are
    /// shown; a reader's answer that works is right.
    pub warnings: bool,
}

/// The source of the module tree over the `check.rs` of every exercise.
pub fn checks(exercises: &[Exercise]) -> String {
    let module = |exercise: &Exercise| {
        format!("#[path = {:?}]\npub mod {};\n", exercise.check(), exercise.name)
    };
    exercises.iter().map(module).collect()
}

/// The source of `fn table() -> Vec<Variant>` over `entries`.
///
/// # Errors
/// When a check is missing, or has no `pub struct Answer` of named fields.
pub fn render(entries: &[Entry]) -> Result<String> {
    let (mut modules, mut rows) = (String::new(), String::new());
    for (index, entry) in entries.iter().enumerate() {
        let Entry { name, exercise, source, warnings } = entry;
        let check = format!("gradus_exercises::checks::{}", exercise.name);
        let value = |name: &String| match exercise.is_kernel() {
            true => format!("gradus_exercises::Kernel::new(include_str!({source:?}))"),
            false => format!("answer_{index}::{name}"),
        };
        let fields: String = functions(&exercise.check())?
            .iter()
            .map(|name| format!("{name}: {}, ", value(name)))
            .collect();
        if !exercise.is_kernel() {
            let quiet = if *warnings { "" } else { "#[allow(warnings, clippy::all)]\n" };
            modules += &format!("{quiet}#[path = {source:?}]\nmod answer_{index};\n");
        }
        rows += &format!(
            "        gradus_exercises::Variant::new({name:?}, |check| {check}::check(&{check}::Answer {{ {fields}}}, check)),\n"
        );
    }
    Ok(format!(
        "{modules}\nfn table() -> Vec<gradus_exercises::Variant> {{\n    vec![\n{rows}    ]\n}}\n"
    ))
}

/// The functions that an answer must provide: the fields of the check's `pub struct
/// Answer`.
///
/// # Errors
/// When the check is missing, or has no such struct.
pub fn functions(check: &Path) -> Result<Vec<String>> {
    let source = files::read(check)?;
    let file =
        syn::parse_file(&source).map_err(|error| malformed(check, error.to_string()))?;
    let answer = file.items.iter().find_map(|item| match item {
        syn::Item::Struct(item) if item.ident == "Answer" => Some(item),
        _ => None,
    });
    let fields = answer.into_iter().flat_map(|item| &item.fields);
    let names: Vec<String> =
        fields.filter_map(|field| Some(field.ident.as_ref()?.to_string())).collect();
    if names.is_empty() {
        return Err(malformed(
            check,
            "there is no `pub struct Answer` whose fields name the reader's functions",
        ));
    }
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn exercise(check: &str) -> (tempfile::TempDir, Exercise) {
        let folder = tempfile::tempdir().unwrap();
        files::write(&folder.path().join("check.rs"), check).unwrap();
        let exercise = Exercise {
            name: "double".into(),
            chapter: "01-a".into(),
            folder: folder.path().to_path_buf(),
        };
        (folder, exercise)
    }

    #[test]
    fn every_function_of_the_answer_is_bound_to_its_own_module() {
        let (_folder, exercise) = exercise(
            "pub struct Answer { pub double: fn(f64) -> f64, pub half: fn(f64) -> f64 }",
        );
        let entry = |name: &str| Entry {
            name: name.into(),
            exercise: exercise.clone(),
            source: "x.rs".into(),
            warnings: name.ends_with("solution"),
        };
        let source = render(&[entry("double/solution"), entry("double/wrong")]).unwrap();
        assert!(
            source.contains("Answer { double: answer_1::double, half: answer_1::half, }"),
            "{source}"
        );
        assert!(source.contains(r#"Variant::new("double/wrong""#), "{source}");
        syn::parse_file(&source).unwrap();
        let quiet = "#[allow(warnings, clippy::all)]\n#[path = \"x.rs\"]\nmod answer_1;";
        assert!(source.contains(quiet), "{source}");
        assert_eq!(source.matches("allow").count(), 1, "a solution is warned about");
    }

    #[test]
    fn a_kernel_is_linked_as_the_text_that_it_compiled_to() {
        let (folder, exercise) = exercise("pub struct Answer { pub kernel: Kernel }");
        files::write(&folder.path().join("solution.cu"), "").unwrap();
        let entry = Entry {
            name: "add/solution".into(),
            source: exercise.ptx("solution"),
            exercise,
            warnings: true,
        };
        let source = render(&[entry]).unwrap();
        syn::parse_file(&source).unwrap();
        let field = "Answer { kernel: gradus_exercises::Kernel::new(include_str!(";
        assert!(source.contains(field) && !source.contains("mod "), "{source}");
    }

    #[test]
    fn a_check_without_an_answer_is_refused() {
        let (_folder, exercise) =
            exercise("pub struct Other { pub double: fn(f64) -> f64 }");
        assert!(
            functions(&exercise.check())
                .unwrap_err()
                .to_string()
                .contains("pub struct Answer")
        );
    }
}
