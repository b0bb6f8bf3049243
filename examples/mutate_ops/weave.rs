//! All mutants of a file in one text, so that one build serves them all: the body of every
//! function becomes a choice among its mutants, made at run time (*mutant schemata*, Untch,
//! Offutt and Harrold 1993).

use crate::faults;
use gradus_course::mutants::Edit;
use std::ops::Range;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// One fault in one function.
#[derive(Clone)]
pub struct Mutant {
    /// Its number among the mutants of all files; 0 is none.
    pub number: usize,
    /// `tanh.rs`.
    pub file: String,
    /// The function it is in.
    pub function: String,
    /// The line before and after.
    pub from: String,
    /// The line after.
    pub to: String,
    body: Range<usize>,
    edit: Edit,
}

/// The mutants of a file, numbered from `first`.
pub fn mutants(file: &str, source: &str, first: usize) -> Vec<Mutant> {
    let parsed = syn::parse_file(source).expect("the library is Rust");
    let mut bodies = Bodies(Vec::new());
    bodies.visit_file(&parsed);
    let mut found: Vec<Mutant> = Vec::new();
    for edit in faults::edits(&parsed, source) {
        let holds = |body: &&(String, Range<usize>)| {
            body.1.start < edit.range.start && edit.range.end < body.1.end
        };
        let Some((function, body)) = bodies.0.iter().find(holds) else { continue };
        let mutant = edit.apply(source, 0);
        found.push(Mutant {
            number: first + found.len(),
            file: file.to_string(),
            function: function.clone(),
            from: mutant.from,
            to: mutant.to,
            body: body.clone(),
            edit,
        });
    }
    found
}

/// The source with all these mutants, and where each lies in it.
pub fn weave(source: &str, mutants: &[Mutant]) -> (String, Vec<(usize, Range<usize>)>) {
    let (mut woven, mut places, mut done) = (String::new(), Vec::new(), 0);
    let mut bodies: Vec<&Range<usize>> =
        mutants.iter().map(|mutant| &mutant.body).collect();
    bodies.sort_by_key(|body| body.start);
    bodies.dedup();
    for body in bodies {
        woven += &source[done..body.start];
        woven += "{ match crate::mutant() {\n";
        for mutant in mutants.iter().filter(|mutant| mutant.body == *body) {
            woven += &format!("{} => ", mutant.number);
            let start = woven.len();
            let edit = &mutant.edit;
            woven += &source[body.start..edit.range.start];
            woven += &edit.replacement;
            woven += &source[edit.range.end..body.end];
            places.push((mutant.number, start..woven.len()));
            woven += "\n";
        }
        woven += &format!("_ => {}\n}} }}", &source[body.clone()]);
        done = body.end;
    }
    (woven + &source[done..], places)
}

/// The bodies of functions: not of the cases, which are the check, and not of names.
struct Bodies(Vec<(String, Range<usize>)>);

impl Bodies {
    fn push(&mut self, signature: &syn::Signature, block: &syn::Block) {
        let name = signature.ident.to_string();
        if !["cases", "name", "mask"].contains(&name.as_str()) {
            self.0.push((name, block.span().byte_range()));
        }
    }
}

impl<'ast> Visit<'ast> for Bodies {
    fn visit_item_fn(&mut self, function: &'ast syn::ItemFn) {
        self.push(&function.sig, &function.block);
        visit::visit_item_fn(self, function);
    }

    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        self.push(&function.sig, &function.block);
        visit::visit_impl_item_fn(self, function);
    }
}
