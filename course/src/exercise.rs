//! One exercise on disk.
//!
//! ```text
//! exercises/01-gradient_descent/mse_gradient/
//!     exercise.md     # Title, statement, `## Hint` (two or three), `## Explanation`
//!     check.rs        pub struct Answer { function pointers }, pub fn check(&Answer, &mut Check)
//!     solution.rs     with the markers that `skeleton` cuts at
//!     wrong/NAME.rs   mistakes that people really make, each with its declaration
//!     equivalent.toml mutants of the solution that behave like it, and why (optional)
//! ```
//!
//! A kernel exercise is written in CUDA C: it has `solution.cu` and `wrong/NAME.cu` instead,
//! and what they compile to is committed, so that nobody needs a compiler to prove them:
//!
//! ```text
//!     ptx/solution.ptx, ptx/skeleton.ptx, ptx/NAME.ptx for wrong/NAME.cu
//! ```

use crate::{Chapter, Result, files, judge::Declaration, malformed};
use std::path::{Path, PathBuf};

/// An exercise and where it lies.
#[derive(Debug, Clone)]
pub struct Exercise {
    /// Unique in the whole course: `mse_gradient`.
    pub name: String,
    /// Its chapter's slug: `01-gradient_descent`.
    pub chapter: String,
    /// Its folder.
    pub folder: PathBuf,
}

/// What `exercise.md` says.
#[derive(Debug, Clone, PartialEq)]
pub struct Text {
    /// The first heading.
    pub title: String,
    /// What the reader is asked to do (Markdown, legible in a terminal).
    pub statement: String,
    /// From a nudge to nearly the answer.
    pub hints: Vec<String>,
    /// Shown after success.
    pub explanation: String,
}

/// A wrong answer that the check must reject.
#[derive(Debug, Clone)]
pub struct WrongAnswer {
    /// The file's stem.
    pub name: String,
    /// The file.
    pub path: PathBuf,
    /// How it must be rejected.
    pub declaration: Declaration,
}

impl Exercise {
    /// The exercise `name` of `chapter` in the checkout at `root`. Reads nothing yet.
    pub fn new(root: &Path, chapter: &Chapter, name: &str) -> Exercise {
        let slug = chapter.slug();
        let folder = root.join("exercises").join(&slug).join(name);
        Exercise { name: name.to_string(), chapter: slug, folder }
    }

    /// The path of the check.
    pub fn check(&self) -> PathBuf {
        self.folder.join("check.rs")
    }

    /// The path of the solution.
    pub fn solution(&self) -> PathBuf {
        self.folder.join("solution").with_extension(self.extension())
    }

    /// Whether it is written in CUDA C.
    pub fn is_kernel(&self) -> bool {
        self.folder.join("solution.cu").is_file()
    }

    /// What the names of its sources end with: `rs`, or `cu` for a kernel exercise.
    pub fn extension(&self) -> &'static str {
        if self.is_kernel() { "cu" } else { "rs" }
    }

    /// The committed PTX of a variant of a kernel exercise: `skeleton`, `solution`, or the
    /// name of a wrong answer.
    pub fn ptx(&self, variant: &str) -> PathBuf {
        self.folder.join("ptx").join(format!("{variant}.ptx"))
    }

    /// Title, statement, hints and explanation.
    ///
    /// # Errors
    /// When `exercise.md` is missing or lacks one of them.
    pub fn text(&self) -> Result<Text> {
        let path = self.folder.join("exercise.md");
        parse(&files::read(&path)?).map_err(|message| malformed(path, message))
    }

    /// The skeleton: what `learn` writes for the reader to fill in.
    ///
    /// # Errors
    /// When a file is missing or the solution's markers do not pair up.
    pub fn skeleton(&self) -> Result<String> {
        crate::skeleton::cut(self, &self.text()?)
    }

    /// The skeleton without the statement at its head: what is compiled and committed, so
    /// that a word in the statement changes no PTX.
    ///
    /// # Errors
    /// When the solution is missing or its markers do not pair up.
    pub fn skeleton_alone(&self) -> Result<String> {
        crate::skeleton::body(self)
    }

    /// The solution as a reader should see it, without markers.
    ///
    /// # Errors
    /// When it is missing or its markers do not pair up.
    pub fn solution_alone(&self) -> Result<String> {
        let path = self.solution();
        crate::skeleton::solved(&files::read(&path)?)
            .map_err(|message| malformed(path, message))
    }

    /// The wrong answers, by name.
    ///
    /// # Errors
    /// When there is none, or one lacks its declaration.
    pub fn wrong_answers(&self) -> Result<Vec<WrongAnswer>> {
        let folder = self.folder.join("wrong");
        let mut wrong = Vec::new();
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let path = entry.path();
            let extension = path.extension().unwrap_or_default().to_string_lossy();
            if !matches!(&*extension, "rs" | "cu") {
                continue;
            }
            let name =
                path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if extension != self.extension() {
                let solution = self.solution();
                let solution = solution.file_name().unwrap_or_default().to_string_lossy();
                return Err(malformed(
                    &path,
                    format!("the exercise has {solution}: this is another language"),
                ));
            }
            // Of a kernel exercise all PTX lies in one folder.
            if matches!(&*name, "skeleton" | "solution") {
                return Err(malformed(&path, format!("a wrong answer is no {name}")));
            }
            let declaration = Declaration::parse(&files::read(&path)?)
                .map_err(|message| malformed(&path, message))?;
            wrong.push(WrongAnswer { name, path, declaration });
        }
        if wrong.len() < 2 {
            return Err(malformed(
                folder,
                "an exercise needs at least two wrong answers that people really give",
            ));
        }
        wrong.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(wrong)
    }
}

fn parse(text: &str) -> std::result::Result<Text, String> {
    let (title, rest) = text.trim_start().split_once('\n').unwrap_or((text, ""));
    let title = title
        .strip_prefix("# ")
        .ok_or("the first line must be the title: `# …`")?
        .trim()
        .to_string();
    let mut sections = rest.split("\n## ").map(str::trim);
    let statement = sections.next().unwrap_or_default().to_string();
    let (mut hints, mut explanation) = (Vec::new(), String::new());
    for section in sections {
        let (heading, body) = section.split_once('\n').unwrap_or((section, ""));
        match heading.trim() {
            "Hint" => hints.push(body.trim().to_string()),
            "Explanation" => explanation = body.trim().to_string(),
            other => {
                return Err(format!(
                    "the heading `## {other}` is neither `## Hint` nor `## Explanation`"
                ));
            }
        }
    }
    match (statement.is_empty(), hints.len(), explanation.is_empty()) {
        (true, ..) => Err("there is no statement under the title".into()),
        (_, 2..=3, false) => Ok(Text { title, statement, hints, explanation }),
        (_, 2..=3, true) => Err("there is no `## Explanation`".into()),
        (_, n, _) => {
            Err(format!("there are {n} hints; give two or three, each under `## Hint`"))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const GOOD: &str = "# Title\n\nDo this.\n\n## Hint\n\nOne.\n\n## Hint\n\nTwo.\n\n## Explanation\n\nBecause.\n";

    #[test]
    fn the_text_is_split_at_its_headings() {
        let text = parse(GOOD).unwrap();
        assert_eq!((text.title.as_str(), text.statement.as_str()), ("Title", "Do this."));
        assert_eq!(text.hints, ["One.", "Two."]);
        assert_eq!(text.explanation, "Because.");
    }

    #[test]
    fn every_missing_part_is_named() {
        let faults = [
            (GOOD.replace("# Title", "Title"), "title"),
            (GOOD.replace("Do this.", ""), "no statement"),
            (GOOD.replacen("## Hint\n\nOne.", "", 1), "1 hints"),
            (GOOD.replace("## Explanation", "## Answer"), "`## Answer`"),
            (GOOD.replace("Because.", ""), "no `## Explanation`"),
        ];
        for (text, expected) in faults {
            let message = parse(&text).unwrap_err();
            assert!(message.contains(expected), "{message}");
        }
    }

    #[test]
    fn wrong_answers_are_in_the_language_of_the_solution() {
        let folder = tempfile::tempdir().unwrap();
        let exercise = Exercise {
            name: "add".into(),
            chapter: "01-a".into(),
            folder: folder.path().to_path_buf(),
        };
        let wrong = |file: &str| {
            let text = "//! Forgets.\n//! rejected by: one\n//! says: two\n";
            files::write(&folder.path().join("wrong").join(file), text).unwrap();
            exercise.wrong_answers().map(|all| all.len()).map_err(|e| e.to_string())
        };
        files::write(&folder.path().join("solution.cu"), "").unwrap();
        assert!(wrong("one.cu").unwrap_err().contains("at least two"));
        assert_eq!(wrong("two.cu"), Ok(2));
        assert_eq!(wrong("notes.txt"), Ok(2));
        let other = wrong("three.rs").unwrap_err();
        assert!(other.contains("has solution.cu: this is another language"), "{other}");
        std::fs::remove_file(folder.path().join("wrong/three.rs")).unwrap();
        assert!(wrong("solution.cu").unwrap_err().contains("is no solution"));
    }
}
