//! The folders are the registry: from `book/chapters.toml` and the files of each exercise
//! this writes the tree of checks, and for every chapter the table of all variants that
//! `verify` proves.

use gradus_course::table::{self, Entry};
use gradus_course::{Course, Exercise, Result, files};
use std::path::{Path, PathBuf};

fn main() {
    if let Err(error) = generate() {
        println!("cargo::error={error}");
    }
}

fn generate() -> Result<()> {
    let output = PathBuf::from(std::env::var_os("OUT_DIR").expect("cargo sets OUT_DIR"));
    let here =
        std::env::var_os("CARGO_MANIFEST_DIR").expect("cargo sets CARGO_MANIFEST_DIR");
    let root = Path::new(&here).parent().expect("the crate lies in the workspace");
    println!("cargo::rerun-if-changed={}", root.join("book/chapters.toml").display());
    let course = Course::load(root)?;
    files::write(&output.join("checks.rs"), &table::checks(&course.exercises()))?;
    for chapter in course.chapters().filter(|chapter| chapter.written()) {
        println!(
            "cargo::rerun-if-changed={}",
            Path::new(&here).join(chapter.slug()).display()
        );
        let mut entries = Vec::new();
        for exercise in
            chapter.exercises.iter().map(|name| Exercise::new(root, chapter, name))
        {
            entries.extend(variants(&exercise, &output)?);
        }
        files::write(
            &output.join(format!("{}.rs", chapter.target())),
            &table::render(&entries)?,
        )?;
    }
    Ok(())
}

/// The skeleton, the solution and every wrong answer; of a kernel exercise the PTX that is
/// committed.
fn variants(exercise: &Exercise, output: &Path) -> Result<Vec<Entry>> {
    let kernel = exercise.is_kernel();
    let skeleton = if kernel {
        exercise.ptx("skeleton")
    } else {
        let skeleton = output.join("skeletons").join(format!("{}.rs", exercise.name));
        files::write(&skeleton, &exercise.skeleton()?)?;
        skeleton
    };
    let solution = if kernel { exercise.ptx("solution") } else { exercise.solution() };
    let entry = |variant: &str, source: PathBuf| Entry {
        name: format!("{}/{variant}", exercise.name),
        exercise: exercise.clone(),
        source,
        warnings: variant == "solution",
    };
    let mut entries = vec![entry("skeleton", skeleton), entry("solution", solution)];
    for wrong in exercise.wrong_answers()? {
        let source = if kernel { exercise.ptx(&wrong.name) } else { wrong.path };
        entries.push(entry(&format!("wrong/{}", wrong.name), source));
    }
    Ok(entries)
}
