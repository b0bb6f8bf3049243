//! Faults that are likely in an operation, besides those that exercises are tried with: 0
//! for 1, two arguments or gradients exchanged, a call left out, a check left out, all
//! gradients wrong.

use gradus_course::mutants::{self, Edit};
use std::ops::Range;
use syn::spanned::Spanned;
use syn::visit::{self, Visit};

/// Every fault that can be planted in a file, each alone.
pub fn edits(file: &syn::File, source: &str) -> Vec<Edit> {
    let mut planter = Planter { source, edits: mutants::edits(file) };
    planter.visit_file(file);
    planter.edits
}

struct Planter<'a> {
    source: &'a str,
    edits: Vec<Edit>,
}

impl Planter<'_> {
    fn replace(&mut self, range: Range<usize>, replacement: impl Into<String>) {
        self.edits.push(Edit { range, replacement: replacement.into() });
    }

    /// f(a, b) becomes f(b, a).
    fn exchange<'ast>(&mut self, arguments: impl Iterator<Item = &'ast syn::Expr>) {
        let ranges: Vec<_> = arguments.map(|a| a.span().byte_range()).collect();
        for pair in ranges.windows(2) {
            let [a, b] = [&pair[0], &pair[1]].map(|range| &self.source[range.clone()]);
            let between = &self.source[pair[0].end..pair[1].start];
            if a != b {
                self.replace(pair[0].start..pair[1].end, format!("{b}{between}{a}"));
            }
        }
    }
}

impl<'ast> Visit<'ast> for Planter<'_> {
    fn visit_expr_path(&mut self, path: &'ast syn::ExprPath) {
        let name = path.path.segments.last().expect("a path has a name");
        let other = match name.ident.to_string().as_str() {
            "ZERO" => "ONE",
            "ONE" => "ZERO",
            _ => return,
        };
        self.replace(name.span().byte_range(), other);
    }

    fn visit_expr_call(&mut self, call: &'ast syn::ExprCall) {
        self.exchange(call.args.iter());
        if let (1, Some(only)) = (call.args.len(), call.args.first()) {
            let inner = self.source[only.span().byte_range()].to_string();
            self.replace(call.span().byte_range(), inner);
        }
        visit::visit_expr_call(self, call);
    }

    fn visit_expr_method_call(&mut self, call: &'ast syn::ExprMethodCall) {
        self.exchange(call.args.iter());
        // x.f(a) becomes x.
        self.replace(
            call.receiver.span().byte_range().end..call.span().byte_range().end,
            "",
        );
        visit::visit_expr_method_call(self, call);
    }

    /// All gradients with the other sign, twice as large, and 0.
    fn visit_impl_item_fn(&mut self, function: &'ast syn::ImplItemFn) {
        if let ("backward", Some(syn::Stmt::Expr(last, None))) =
            (function.sig.ident.to_string().as_str(), function.block.stmts.last())
        {
            let range = last.span().byte_range();
            for wrong in ["-x", "x + x", "x - x"] {
                let all = format!("d.map(|d| d.map(|x| {wrong}))");
                let right = &self.source[range.clone()];
                let text = format!("{right}.into_iter().map(|d| {all}).collect()");
                self.replace(range.clone(), text);
            }
        }
        visit::visit_impl_item_fn(self, function);
    }

    /// The gradients that a backward returns stand in a `vec!`.
    fn visit_macro(&mut self, found: &'ast syn::Macro) {
        type List = syn::punctuated::Punctuated<syn::Expr, syn::Token![,]>;
        if !found.path.is_ident("vec") {
            return;
        }
        let Ok(list) = found.parse_body_with(List::parse_terminated) else { return };
        self.exchange(list.iter());
        for expression in &list {
            self.edits.extend(mutants::edits_of_expression(expression));
            let mut inside = Planter { source: self.source, edits: Vec::new() };
            inside.visit_expr(expression);
            self.edits.append(&mut inside.edits);
        }
    }

    fn visit_stmt_macro(&mut self, statement: &'ast syn::StmtMacro) {
        if statement.mac.path.is_ident("assert") {
            self.replace(statement.span().byte_range(), "");
        }
        visit::visit_stmt_macro(self, statement);
    }
}
