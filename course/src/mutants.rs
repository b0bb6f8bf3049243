//! Mechanical faults planted in a solution: a check that lets one pass has a hole.
//!
//! Only the reader's part of the solution is mutated. A mutant that behaves like the
//! solution is listed in the exercise's `equivalent.toml`, with the reason:
//!
//! ```toml
//! [[mutant]]
//! from = "if gap <= tolerance {"
//! to = "if gap < tolerance {"
//! why = "no input of the check can make the two equal to the last bit"
//! ```
//!
//! Rust is parsed; CUDA C is taken token by token, in [`crate::tokens`].

use crate::{Exercise, Result, files, malformed, skeleton, tokens};
use serde::Deserialize;
use std::ops::Range;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// A solution with one fault.
#[derive(Debug, Clone, PartialEq)]
pub struct Mutant {
    /// `03`: counted within its exercise.
    pub name: String,
    /// The line before, trimmed.
    pub from: String,
    /// The line after, trimmed; empty when a statement was deleted.
    pub to: String,
    /// The whole file after.
    pub source: String,
    /// Why it behaves like the solution, if `equivalent.toml` says so.
    pub equivalent: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Equivalents {
    mutant: Vec<Equivalent>,
}

/// A mutant that behaves like the original, in a list.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Equivalent {
    /// The line before, trimmed.
    pub from: String,
    /// The line after, trimmed.
    pub to: String,
    /// The reason.
    pub why: String,
}

/// All mutants of the solution of `exercise`.
///
/// # Errors
/// When the solution cannot be parsed, or `equivalent.toml` lists a mutant that does not
/// exist.
pub fn mutants(exercise: &Exercise) -> Result<Vec<Mutant>> {
    let path = exercise.solution();
    let source = files::read(&path)?;
    let edits = match exercise.is_kernel() {
        true => Ok(tokens::edits(&source)),
        false => syn::parse_file(&source).map(|file| edits(&file)),
    };
    let planted = edits.map_err(|error| error.to_string());
    let planted = planted.and_then(|edits| plant(&source, edits));
    let mut mutants = planted.map_err(|message| malformed(&path, message))?;
    let list = exercise.folder.join("equivalent.toml");
    if list.exists() {
        let text = files::read(&list)?;
        let listed: Equivalents =
            toml::from_str(&text).map_err(|error| malformed(&list, error.to_string()))?;
        for Equivalent { from, to, why } in listed.mutant {
            let same = |mutant: &&mut Mutant| turns(&source, &from, &to, &mutant.source);
            let mut found = mutants.iter_mut().filter(same).peekable();
            if found.peek().is_none() {
                return Err(malformed(
                    &list,
                    format!("no mutant turns `{from}` into `{to}`: remove the entry"),
                ));
            }
            found.for_each(|mutant| mutant.equivalent = Some(why.clone()));
        }
    }
    Ok(mutants)
}

/// Whether `mutated` is `source` with one `from` replaced by `to`, however the lines are
/// broken and indented: a list must survive the formatter.
fn turns(source: &str, from: &str, to: &str, mutated: &str) -> bool {
    let [source, from, to, mutated] = [source, from, to, mutated]
        .map(|text| text.split_whitespace().collect::<String>());
    source.match_indices(&from).any(|(at, _)| {
        mutated == [&source[..at], &to, &source[at + from.len()..]].concat()
    })
}

/// Those of the edits that lie in the reader's part of `source`, each alone.
fn plant(source: &str, edits: Vec<Edit>) -> std::result::Result<Vec<Mutant>, String> {
    let regions = skeleton::split(source)?.regions;
    let inside = |edit: &Edit| {
        edit.range.start >= regions[0].start
            && edit.range.end <= regions[regions.len() - 1].end
    };
    let starts_in_one =
        |edit: &Edit| regions.iter().any(|region| region.contains(&edit.range.start));
    let edits = edits.into_iter().filter(|edit| inside(edit) && starts_in_one(edit));
    Ok(edits.enumerate().map(|(index, edit)| edit.apply(source, index)).collect())
}

/// Every mechanical fault that can be planted in a file, each alone.
pub fn edits(file: &syn::File) -> Vec<Edit> {
    let mut planter = Planter { edits: Vec::new() };
    planter.visit_file(file);
    planter.edits
}

/// The same in one expression: in the arguments of a macro, which a file does not show.
pub fn edits_of_expression(expression: &syn::Expr) -> Vec<Edit> {
    let mut planter = Planter { edits: Vec::new() };
    planter.visit_expr(expression);
    planter.edits
}

/// A part of a source text, and what takes its place.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// The bytes that go.
    pub range: Range<usize>,
    /// What comes instead.
    pub replacement: String,
}

impl Edit {
    /// The source with this one edit.
    pub fn apply(&self, source: &str, index: usize) -> Mutant {
        let mut mutated = source.to_string();
        mutated.replace_range(self.range.clone(), &self.replacement);
        let start =
            source[..self.range.start].rfind('\n').map_or(0, |newline| newline + 1);
        let line = |text: &str, from: usize| {
            let end =
                text[from..].find('\n').map_or(text.len(), |newline| from + newline);
            text[start..end].split_whitespace().collect::<Vec<_>>().join(" ")
        };
        Mutant {
            name: format!("{index:02}"),
            from: line(source, self.range.end),
            to: line(&mutated, self.range.start + self.replacement.len()),
            source: mutated,
            equivalent: None,
        }
    }
}

struct Planter {
    edits: Vec<Edit>,
}

impl Planter {
    fn replace(&mut self, at: impl Spanned, replacement: &str) {
        self.edits.push(Edit {
            range: at.span().byte_range(),
            replacement: replacement.to_string(),
        });
    }
}

/// What each operator is mistaken for.
fn confused(operator: &syn::BinOp) -> &'static [&'static str] {
    use syn::BinOp::*;
    match operator {
        Add(_) => &["-"],
        Sub(_) => &["+"],
        Mul(_) => &["/"],
        Div(_) => &["*"],
        Rem(_) => &["/"],
        Lt(_) => &["<=", ">"],
        Le(_) => &["<", ">"],
        Gt(_) => &[">=", "<"],
        Ge(_) => &[">", "<"],
        Eq(_) => &["!="],
        Ne(_) => &["=="],
        And(_) => &["||"],
        Or(_) => &["&&"],
        AddAssign(_) => &["=", "-="],
        SubAssign(_) => &["=", "+="],
        MulAssign(_) => &["/="],
        DivAssign(_) => &["*="],
        _ => &[],
    }
}

/// What each method is mistaken for.
fn confused_method(name: &str) -> Option<&'static str> {
    Some(match name {
        "max" => "min",
        "min" => "max",
        "sum" => "product",
        "exp" => "ln",
        "ln" => "exp",
        "ln_1p" => "ln",
        "exp_m1" => "exp",
        "sqrt" => "abs",
        "abs" => "sqrt",
        "any" => "all",
        "all" => "any",
        _ => return None,
    })
}

impl<'ast> Visit<'ast> for Planter {
    fn visit_expr_binary(&mut self, expression: &'ast syn::ExprBinary) {
        for other in confused(&expression.op) {
            self.replace(expression.op, other);
        }
        visit::visit_expr_binary(self, expression);
    }

    fn visit_expr_unary(&mut self, expression: &'ast syn::ExprUnary) {
        if matches!(expression.op, syn::UnOp::Neg(_) | syn::UnOp::Not(_)) {
            self.replace(expression.op, "");
        }
        visit::visit_expr_unary(self, expression);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        if let Some(other) = confused_method(&call.method.to_string()) {
            self.replace(&call.method, other);
        }
        visit::visit_expr_method_call(self, call);
    }

    fn visit_expr_if(&mut self, expression: &'ast syn::ExprIf) {
        if !matches!(*expression.cond, syn::Expr::Let(_)) {
            self.replace(&*expression.cond, "true");
            self.replace(&*expression.cond, "false");
        }
        visit::visit_expr_if(self, expression);
    }

    fn visit_expr_range(&mut self, range: &'ast syn::ExprRange) {
        if range.end.is_some() {
            let other = if matches!(range.limits, syn::RangeLimits::HalfOpen(_)) {
                "..="
            } else {
                ".."
            };
            self.replace(range.limits, other);
        }
        visit::visit_expr_range(self, range);
    }

    fn visit_lit(&mut self, literal: &'ast syn::Lit) {
        match literal {
            syn::Lit::Int(number) => {
                if let Ok(value) = number.base10_parse::<u64>() {
                    self.replace(number, &format!("{}{}", value + 1, number.suffix()));
                }
            }
            syn::Lit::Float(number) => {
                if let Ok(value) = number.base10_parse::<f64>() {
                    let others =
                        if value == 0.0 { vec![1.0] } else { vec![0.0, 2.0 * value] };
                    others.iter().for_each(|other| {
                        self.replace(number, &format!("{other:?}{}", number.suffix()))
                    });
                }
            }
            syn::Lit::Bool(truth) => {
                self.replace(truth, if truth.value { "false" } else { "true" })
            }
            _ => {}
        }
    }

    fn visit_block(&mut self, block: &'ast syn::Block) {
        for statement in &block.stmts {
            if let syn::Stmt::Expr(_, Some(_)) = statement {
                self.replace(statement, "");
            }
        }
        visit::visit_block(self, block);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SOURCE: &str = "\
fn outside() -> f64 {
    1.0 + 2.0
}
fn f(xs: &[f64]) -> f64 {
    // gradus: solution
    let mut sum = 0.0;
    for i in 0..xs.len() {
        sum += -xs[i];
    }
    if sum > 3.0 { sum } else { sum.max(1.0) }
    // gradus: skeleton
    // 4.0 + 5.0
    // gradus: end
}
";

    #[test]
    fn every_operator_literal_and_statement_of_the_readers_part_is_mutated_once() {
        let edits = edits(&syn::parse_file(SOURCE).unwrap());
        let mutants = plant(SOURCE, edits).unwrap();
        let lines: Vec<_> = mutants.iter().map(|mutant| mutant.to.as_str()).collect();
        for expected in [
            "let mut sum = 1.0;",
            "for i in 0..=xs.len() {",
            "for i in 1..xs.len() {",
            "sum -= -xs[i];",
            "sum = -xs[i];",
            "sum += xs[i];",
            "",
            "if sum >= 3.0 { sum } else { sum.max(1.0) }",
            "if true { sum } else { sum.max(1.0) }",
            "if sum > 6.0 { sum } else { sum.max(1.0) }",
            "if sum > 3.0 { sum } else { sum.min(1.0) }",
        ] {
            assert!(lines.contains(&expected), "{expected:?} not in {lines:?}");
        }
        for mutant in &mutants {
            assert!(mutant.source.starts_with("fn outside() -> f64 {\n    1.0 + 2.0\n}"));
            syn::parse_file(&mutant.source).unwrap();
            assert_ne!(mutant.source, SOURCE);
        }
        let distinct: std::collections::HashSet<_> =
            mutants.iter().map(|mutant| &mutant.source).collect();
        assert_eq!(distinct.len(), mutants.len());
    }

    #[test]
    fn an_equivalent_mutant_must_exist_and_is_marked() {
        let folder = tempfile::tempdir().unwrap();
        let exercise = Exercise {
            name: "f".into(),
            chapter: "01-a".into(),
            folder: folder.path().to_path_buf(),
        };
        files::write(&exercise.solution(), SOURCE).unwrap();
        let entry = |from: &str| {
            format!(
                "[[mutant]]\nfrom = '{from}'\nto = 'sum = -xs[i];'\nwhy = 'because'\n"
            )
        };
        let list = folder.path().join("equivalent.toml");
        files::write(&list, &entry("sum += -xs[i];")).unwrap();
        let marked = || {
            let all = mutants(&exercise).unwrap();
            all.iter().filter(|mutant| mutant.equivalent.is_some()).count()
        };
        assert_eq!(marked(), 1);
        // The formatter may break the solution's line, and the list stays as it is.
        let broken = SOURCE.replace("sum += -xs[i];", "sum +=\n            -xs[i];");
        files::write(&exercise.solution(), &broken).unwrap();
        assert_eq!(marked(), 1);
        files::write(&list, &entry("no such line")).unwrap();
        assert!(mutants(&exercise).unwrap_err().to_string().contains("remove the entry"));
    }
}
