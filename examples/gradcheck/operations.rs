//! Which operations there are: every `impl Op` in the source, by the name that it gives.
//! Read from the source, so that none can be forgotten.

use gradus::autograd::{Node, TensorOf};
use gradus::gradcheck::Case;
use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use syn::visit::{self, Visit};

/// The operations written in the files of a folder: name, and file.
///
/// # Errors
/// When a file is not Rust, or no name can be read from an `impl Op`.
pub fn operations(folder: &Path) -> Result<BTreeMap<String, String>, String> {
    let mut files = BTreeMap::new();
    let read = |error: std::io::Error| format!("{}: {error}", folder.display());
    for entry in std::fs::read_dir(folder).map_err(read)? {
        let path = entry.map_err(read)?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            let name = path.file_name().expect("a file has a name").to_string_lossy();
            let source = std::fs::read_to_string(&path).map_err(read)?;
            let file = syn::parse_file(&source).map_err(|e| format!("{name}: {e}"))?;
            let mut found = Found::default();
            found.visit_file(&file);
            files.insert(name.into_owned(), found);
        }
    }
    let mut operations = BTreeMap::new();
    for (file, found) in &files {
        // An `impl Function` becomes an operation by `Unary` or `Binary`.
        for name in &found.functions {
            operations.insert(name.clone(), file.clone());
        }
        for (implementor, name) in &found.operations {
            match name {
                Name::Written(name) => _ = operations.insert(name.clone(), file.clone()),
                Name::OfFunction => {}
                // `Extreme` serves `max` and `min`: the methods of the files that use it.
                Name::OfField => {
                    for (file, user) in &files {
                        if user.idents.contains(implementor) {
                            let methods = user.methods.iter().cloned();
                            operations.extend(methods.map(|name| (name, file.clone())));
                        }
                    }
                }
                Name::Unread => {
                    return Err(format!(
                        "{file}: no name can be read from `impl Op for {implementor}`: \
                         let `name` return a literal"
                    ));
                }
            }
        }
    }
    Ok(operations)
}

/// The operations that the graph of a case is made of.
pub fn met(case: &Case) -> BTreeSet<&'static str> {
    fn walk(node: &Node<f64>, found: &mut BTreeSet<&'static str>) {
        if let Some(origin) = node.origin() {
            found.insert(origin.op.name());
            origin.inputs.iter().flatten().for_each(|input| walk(input, found));
        }
    }
    let inputs = case.inputs.iter().map(|x| TensorOf::from(x.clone()).tracked());
    let y = (case.graph64)(&inputs.collect::<Vec<_>>());
    let mut found = BTreeSet::new();
    walk(y.node().expect("its inputs are tracked"), &mut found);
    found
}

/// What `fn name` of an `impl Op` returns.
enum Name {
    Written(String),
    OfFunction,
    OfField,
    Unread,
}

/// What a file holds.
#[derive(Default)]
struct Found {
    /// Of every `impl Op`: for what, and its name.
    operations: Vec<(String, Name)>,
    /// `NAME` of every `impl Function`.
    functions: Vec<String>,
    /// The public methods of tensors.
    methods: Vec<String>,
    idents: BTreeSet<String>,
}

fn literal(expression: &syn::Expr) -> Option<String> {
    match expression {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Str(text), .. }) => {
            Some(text.value())
        }
        _ => None,
    }
}

fn name(item: &syn::ItemImpl) -> Name {
    let functions = item.items.iter().filter_map(|member| match member {
        syn::ImplItem::Fn(function) if function.sig.ident == "name" => Some(function),
        _ => None,
    });
    let bodies: Vec<_> = functions.map(|f| f.block.stmts.as_slice()).collect();
    let [[syn::Stmt::Expr(body, None)]] = bodies.as_slice() else { return Name::Unread };
    match body {
        syn::Expr::Field(_) => Name::OfField,
        syn::Expr::Path(path) if path.path.segments.len() == 2 => Name::OfFunction,
        body => literal(body).map_or(Name::Unread, Name::Written),
    }
}

/// The last part of a type's path: `TensorOf` of `TensorOf<T>`.
fn implementor(item: &syn::ItemImpl) -> Option<String> {
    let syn::Type::Path(path) = &*item.self_ty else { return None };
    Some(path.path.segments.last()?.ident.to_string())
}

impl<'ast> Visit<'ast> for Found {
    fn visit_item_impl(&mut self, item: &'ast syn::ItemImpl) {
        let of = item.trait_.as_ref().and_then(|(path, _)| path.segments.last());
        let of = of.map(|segment| segment.ident.to_string());
        let own = implementor(item).unwrap_or_default();
        match of.as_deref() {
            Some("Op") => self.operations.push((own, name(item))),
            Some("Function") => {
                for member in &item.items {
                    if let syn::ImplItem::Const(member) = member {
                        self.functions.extend(literal(&member.expr));
                    }
                }
            }
            None if own == "TensorOf" => {
                for member in &item.items {
                    if let syn::ImplItem::Fn(method) = member {
                        self.methods.push(method.sig.ident.to_string());
                    }
                }
            }
            _ => {}
        }
        visit::visit_item_impl(self, item);
    }

    fn visit_ident(&mut self, ident: &'ast syn::Ident) {
        self.idents.insert(ident.to_string());
    }
}
