//! `book/chapters.toml`, the one list that ties book, library, exercises, tests and
//! experiments together.

use crate::{Error, Exercise, Result, files, malformed};
use serde::Deserialize;
use std::path::{Path, PathBuf};

/// The whole course, in reading order.
#[derive(Debug, Clone)]
pub struct Course {
    /// The folder that holds `book/chapters.toml`.
    pub root: PathBuf,
    /// The parts, in order.
    pub parts: Vec<Part>,
}

/// A part of the book: a title over some chapters.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Part {
    /// Shown in the table of contents.
    pub title: String,
    /// Its chapters, in order.
    #[serde(rename = "chapter")]
    pub chapters: Vec<Chapter>,
}

/// One chapter. Its stem names its page, module, exercises, tests and experiment alike.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chapter {
    /// Counted from 1 over the whole book.
    #[serde(skip)]
    pub number: usize,
    /// `gradient_descent`: the one stem that all its files share.
    pub stem: String,
    /// As readers see it.
    pub title: String,
    /// The question that the chapter answers.
    pub question: String,
    /// The library's modules that belong to it; none while the chapter is to come.
    #[serde(default)]
    pub modules: Vec<String>,
    /// CUDA sources under `kernels/`.
    #[serde(default)]
    pub kernels: Vec<String>,
    /// Its exercises, in the order in which they are met.
    #[serde(default)]
    pub exercises: Vec<String>,
    /// The least number of tests that must run for it.
    #[serde(default)]
    pub minimum_tests: usize,
    /// The seconds that its tests may take on two cores.
    #[serde(default)]
    pub seconds: u64,
}

impl Chapter {
    /// Whether the chapter exists yet. Its modules may be there before.
    pub fn written(&self) -> bool {
        !self.exercises.is_empty()
    }

    /// `01-gradient_descent`: the page, the folder of exercises, the run.
    pub fn slug(&self) -> String {
        format!("{:02}-{}", self.number, self.stem)
    }

    /// `01_gradient_descent`: the test file and the example, where Rust allows no hyphen.
    pub fn target(&self) -> String {
        format!("{:02}_{}", self.number, self.stem)
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct List {
    part: Vec<Part>,
}

impl Course {
    /// The course whose checkout holds the current directory.
    ///
    /// # Errors
    /// When no parent folder holds `book/chapters.toml`, or the list is malformed.
    pub fn find() -> Result<Course> {
        let start = std::env::current_dir().unwrap_or_default();
        let root =
            start.ancestors().find(|folder| folder.join("book/chapters.toml").is_file());
        Course::load(root.ok_or_else(|| Error::NoRoot { start: start.clone() })?)
    }

    /// Reads `root/book/chapters.toml`.
    ///
    /// # Errors
    /// When the list is missing or malformed, or a stem or an exercise is named twice.
    pub fn load(root: &Path) -> Result<Course> {
        let path = root.join("book/chapters.toml");
        let list: List = toml::from_str(&files::read(&path)?)
            .map_err(|error| malformed(&path, error.to_string()))?;
        let mut parts = list.part;
        for (index, chapter) in
            parts.iter_mut().flat_map(|part| &mut part.chapters).enumerate()
        {
            chapter.number = index + 1;
        }
        let course = Course { root: root.to_path_buf(), parts };
        let stems = course.chapters().map(|chapter| chapter.stem.as_str());
        let exercises =
            course.chapters().flat_map(|chapter| &chapter.exercises).map(String::as_str);
        for names in [stems.collect::<Vec<_>>(), exercises.collect()] {
            if let Some(twice) =
                names.iter().enumerate().find(|(i, name)| names[..*i].contains(name))
            {
                return Err(malformed(
                    &path,
                    format!("`{}` is named twice: every name must be unique", twice.1),
                ));
            }
        }
        Ok(course)
    }

    /// All chapters in order, written or to come.
    pub fn chapters(&self) -> impl Iterator<Item = &Chapter> {
        self.parts.iter().flat_map(|part| &part.chapters)
    }

    /// All exercises in order.
    pub fn exercises(&self) -> Vec<Exercise> {
        let of = |chapter: &Chapter| {
            let (root, chapter) = (self.root.clone(), chapter.clone());
            chapter
                .exercises
                .clone()
                .into_iter()
                .map(move |name| Exercise::new(&root, &chapter, &name))
        };
        self.chapters().flat_map(of).collect()
    }

    /// The exercise of that name.
    ///
    /// # Errors
    /// When there is none; the error suggests the nearest name.
    pub fn exercise(&self, name: &str) -> Result<Exercise> {
        let all = self.exercises();
        if let Some(found) = all.iter().find(|exercise| exercise.name == name) {
            return Ok(found.clone());
        }
        let nearest = all
            .iter()
            .map(|exercise| (distance(&exercise.name, name), &exercise.name))
            .min();
        let nearest = nearest
            .filter(|(edits, found)| *edits <= found.len() / 2)
            .map(|(_, found)| found.clone());
        Err(Error::NoExercise { name: name.to_string(), nearest })
    }

    /// The chapter that `name` means: a number (`1`, `01`), a stem, a slug or a target.
    pub fn chapter(&self, name: &str) -> Option<&Chapter> {
        self.chapters().find(|chapter| {
            chapter.stem == name
                || chapter.slug() == name
                || chapter.target() == name
                || name.parse() == Ok(chapter.number)
        })
    }
}

impl Course {
    /// The chapter map as a Markdown table: what the README shows.
    pub fn map(&self) -> String {
        let mut map = String::from("| | chapter | its question |\n|---|---|---|\n");
        for part in &self.parts {
            map += &format!("| | **{}** | |\n", part.title);
            for chapter in &part.chapters {
                let title = match chapter.written() {
                    true => {
                        format!("[{}](book/src/{}.md)", chapter.title, chapter.slug())
                    }
                    false => format!("{} (to come)", chapter.title),
                };
                map +=
                    &format!("| {} | {title} | {} |\n", chapter.number, chapter.question);
            }
        }
        map
    }
}

/// Levenshtein's distance: the fewest insertions, deletions and substitutions from `a` to
/// `b`.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, from) in a.chars().enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, to) in b.iter().enumerate() {
            let substitute = diagonal + usize::from(from != *to);
            diagonal = row[j + 1];
            row[j + 1] = substitute.min(row[j] + 1).min(diagonal + 1);
        }
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn course(text: &str) -> Result<Course> {
        let folder = tempfile::tempdir().unwrap();
        files::write(&folder.path().join("book/chapters.toml"), text).unwrap();
        Course::load(folder.path())
    }

    const TWO: &str = "[[part]]\ntitle = 'P'\n\
        [[part.chapter]]\nstem = 'a'\ntitle = 'A'\nquestion = '?'\nmodules = ['a']\nexercises = ['mse_gradient']\n\
        [[part.chapter]]\nstem = 'b'\ntitle = 'B'\nquestion = '?'\n";

    #[test]
    fn chapters_are_numbered_in_order_and_found_by_any_of_their_names() {
        let course = course(TWO).unwrap();
        let slugs: Vec<_> = course.chapters().map(Chapter::slug).collect();
        assert_eq!(slugs, ["01-a", "02-b"]);
        for name in ["2", "02", "b", "02-b", "02_b"] {
            assert_eq!(course.chapter(name).map(|c| c.number), Some(2), "{name}");
        }
        assert!(course.chapter("3").is_none());
        let written: Vec<_> = course.chapters().map(Chapter::written).collect();
        assert_eq!(written, [true, false]);
    }

    #[test]
    fn a_misspelt_exercise_is_answered_with_the_nearest_name() {
        let course = course(TWO).unwrap();
        assert_eq!(course.exercise("mse_gradient").unwrap().name, "mse_gradient");
        let message = course.exercise("mse_gradeint").unwrap_err().to_string();
        assert!(message.contains("did you mean `mse_gradient`?"), "{message}");
        let message = course.exercise("zzz").unwrap_err().to_string();
        assert!(!message.contains("did you mean"), "{message}");
    }

    #[test]
    fn a_name_used_twice_and_an_unknown_key_are_errors() {
        let twice =
            course(&TWO.replace("stem = 'b'", "stem = 'a'")).unwrap_err().to_string();
        assert!(twice.contains("`a` is named twice"), "{twice}");
        let unknown =
            course(&TWO.replacen("question", "qestion", 1)).unwrap_err().to_string();
        assert!(unknown.contains("qestion"), "{unknown}");
    }

    #[test]
    fn distance_counts_edits() {
        assert_eq!(distance("kitten", "sitting"), 3);
        assert_eq!(distance("", "abc"), 3);
        assert_eq!(distance("abc", "abc"), 0);
    }
}
