//! Every way in which a book can be wrong, and what the author is told.

use crate::fixture::{Checkout, PAGE, RESULT, result};
use gradus_book::report::Kind;

const LINE_3: &str = "book/src/01-line.md:3";
const LINE_4: &str = "book/src/01-line.md:4";

/// A Rust block whose only line is `line`.
fn block(line: &str) -> Checkout {
    Checkout::with(&format!("```rust\n{line}\n```"))
}

#[test]
fn a_missing_page_and_a_page_of_no_chapter() {
    let checkout = Checkout::new();
    checkout.remove("book/src/notation.md");
    checkout.fails(Kind::Page, "book/src/notation.md", &["Notation", "cannot read"]);
    let checkout = Checkout::new();
    checkout.write("book/src/02-curve.md", "# Curves {#curves}\n");
    checkout.fails(Kind::Page, "book/src/02-curve.md", &["no chapter", "chapters.toml"]);
}

#[test]
fn a_heading_without_an_id_or_with_anothers() {
    Checkout::with("## Sub").fails(Kind::Heading, LINE_3, &["no id", "{#"]);
    let twice = Checkout::with("## Sub {#lines}").build().faults;
    assert_eq!((twice[0].kind, twice[0].place.as_str()), (Kind::Heading, LINE_3));
    assert!(twice[0].what.contains("`lines` is used twice"), "{twice:?}");
}

#[test]
fn a_listing_that_is_not_there() {
    block("{{#include ../../src/lime.rs:slope}}").fails(
        Kind::Listing,
        LINE_4,
        &["cannot include src/lime.rs"],
    );
    block("{{#include ../../src/line.rs:slop}}").fails(
        Kind::Listing,
        LINE_4,
        &["src/line.rs", "no anchor `slop`"],
    );
    let open = block("{{#include ../../src/line.rs:slope}}");
    open.write("src/line.rs", "// ANCHOR: slope\nx\n");
    open.fails(Kind::Listing, LINE_4, &["never closed"]);
    open.write("src/line.rs", "// ANCHOR: slope\n\n// ANCHOR: in\n// ANCHOR_END: in\n// ANCHOR_END: slope\n");
    open.fails(Kind::Listing, LINE_4, &["is empty"]);
}

#[test]
fn an_include_by_line_whole_or_from_elsewhere() {
    block("{{#include ../../src/line.rs}}").fails(Kind::Listing, LINE_4, &["without an anchor"]);
    block("{{#include ../../src/line.rs:}}").fails(Kind::Listing, LINE_4, &["without an anchor"]);
    block("{{#include ../../src/line.rs:1:5}}").fails(Kind::Listing, LINE_4, &["no anchor `1:5`"]);
    let elsewhere = block("{{#include ../../other/line.rs:slope}}");
    elsewhere.write("other/line.rs", "// ANCHOR: slope\nx\n// ANCHOR_END: slope\n");
    elsewhere.fails(Kind::Listing, LINE_4, &["where listings come from"]);
    block("{{#include ../../../src/line.rs:slope}}").fails(
        Kind::Listing,
        LINE_4,
        &["where listings come from"],
    );
    block("{{#playground ../../src/line.rs:slope}}").fails(Kind::Listing, LINE_4, &["playground"]);
    Checkout::with("{{#include ../../src/line.rs:slope}}").fails(Kind::Listing, LINE_3, &["code block"]);
}

#[test]
fn typed_code() {
    for language in ["rust", "cuda", "c", "ptx", "toml", "rust,ignore", "python", "rs"] {
        let typed = Checkout::with(&format!("```{language}\nlet x = 1;\n```"));
        typed.fails(Kind::Listing, LINE_4, &["tested source"]);
    }
    let mixed = Checkout::with("```rust\n{{#include ../../src/line.rs:slope}}\nlet x = 1;\n```");
    mixed.fails(Kind::Listing, "book/src/01-line.md:5", &["tested source"]);
}

#[test]
fn a_number_figure_or_table_that_no_run_made() {
    let missing = |text: &str, kind, parts: &[&str]| Checkout::with(text).fails(kind, LINE_3, parts);
    missing("{{result 01-line.fit.mae}}", Kind::Number, &["no number `fit.mae`", "it has fit.rmse"]);
    missing(
        "{{result 02-curve.fit}}",
        Kind::Number,
        &["no book/results/02-curve.json", "cargo gradus run 02-curve"],
    );
    missing("{{result rmse}}", Kind::Number, &["RUN.NAME"]);
    missing("{{figure 01-line.lost | c}}", Kind::Figure, &["no figure `lost`", "it has loss"]);
    missing("{{figure 01-line.loss}}", Kind::Figure, &["no caption"]);
    missing("{{figure 01-line.loss |}}", Kind::Figure, &["no caption"]);
    missing("{{table 01-line.loss}}", Kind::Table, &["no table `loss`", "it has error"]);
    missing("See {{table 01-line.error}}", Kind::Table, &["line of its own"]);
    missing("{{figure 01-line.loss | {{result 01-line.x}}}}", Kind::Number, &["no number `x`"]);
}

#[test]
fn results_that_are_stale_cut_or_misnamed() {
    let checkout = Checkout::new();
    checkout.write("examples/01_line.rs", "fn main() { }\n");
    checkout.fails(
        Kind::Run,
        RESULT,
        &["examples/01_line.rs has changed", "re-run `cargo gradus run 01-line`"],
    );
    checkout.remove("examples/01_line.rs");
    checkout.fails(Kind::Run, RESULT, &["cannot be read", "re-run"]);
    let checkout = Checkout::new();
    checkout.write(RESULT, &result("fn main() {}\n")[..200]);
    checkout.fails(Kind::Run, RESULT, &["not a result file"]);
    let checkout = Checkout::new();
    checkout.write("book/results/02-line.json", &result("fn main() {}\n"));
    checkout.fails(Kind::Run, "book/results/02-line.json", &["must be named 01-line.json"]);
    let checkout = Checkout::new();
    checkout.write(RESULT, &result("fn main() {}\n").replace("[\"mean\",\"2.0\"]", "[\"mean\"]"));
    checkout.fails(Kind::Run, RESULT, &["table `error`, row 2"]);
}

#[test]
fn an_exercise_that_is_misspelt_or_not_written() {
    Checkout::with("{{exercise slop}}").fails(
        Kind::Exercise,
        LINE_3,
        &["no exercise `slop`", "did you mean `slope`"],
    );
    let checkout = Checkout::with("{{exercise slope}}");
    checkout.remove("exercises/01-line/slope/exercise.md");
    checkout.fails(Kind::Exercise, LINE_3, &["exercise.md"]);
    let checkout = Checkout::with("{{exercise slope}}");
    let file = "exercises/01-line/slope/exercise.md";
    checkout.write(file, &checkout.read(file).replace("\\frac", "\\frak{"));
    checkout.fails(Kind::Formula, "exercises/01-line/slope/exercise.md:3", &["frak"]);
}

#[test]
fn a_formula_that_is_not_tex_or_not_closed() {
    Checkout::with("a\n$\\frac{1}$").fails(Kind::Formula, LINE_4, &["\\frac{1}"]);
    Checkout::with("a\n\n$$\\undefined$$").fails(Kind::Formula, "book/src/01-line.md:5", &["undefined"]);
    Checkout::with("costs $5").fails(Kind::Formula, LINE_3, &["neither opens nor closes"]);
    Checkout::with("<p>costs $5</p>").fails(Kind::Formula, LINE_3, &["neither opens nor closes"]);
    Checkout::with("$x = {{result 01-line.fit.rmse}}$").fails(Kind::Formula, LINE_3, &["inside the formula"]);
    Checkout::with("{{figure 01-line.loss | $\\bad$}}").fails(Kind::Formula, LINE_3, &["bad"]);
}

#[test]
fn a_directive_that_is_unknown_or_open() {
    Checkout::with("a {{reslut 01-line.fit.rmse}}").fails(
        Kind::Directive,
        LINE_3,
        &["unknown directive `reslut`"],
    );
    Checkout::with("a {{#title x}}").fails(Kind::Directive, LINE_3, &["unknown directive `#title`"]);
    Checkout::with("a\nb {{result 01-line.fit.rmse}").fails(Kind::Directive, LINE_4, &["never closed"]);
}

#[test]
fn a_link_that_leads_nowhere() {
    Checkout::with("[a](02-curve.md)").fails(Kind::Link, LINE_3, &["no 02-curve.html"]);
    Checkout::with("[a](#nowhere)").fails(Kind::Link, LINE_3, &["no id `nowhere`"]);
    Checkout::with("a\n[a](glossary.md#epoch)").fails(
        Kind::Link,
        LINE_4,
        &["glossary.html has no id `epoch`"],
    );
    Checkout::with("![a](assets/a.png)").fails(Kind::Link, LINE_3, &["no assets/a.png"]);
    Checkout::with("[a](../../README.md)").fails(Kind::Link, LINE_3, &["leads out of the book"]);
    Checkout::with("<p id=\"x\">a</p>\n<p id=\"x\">b</p>").fails(Kind::Link, LINE_3, &["`x` is used twice"]);
}

#[test]
fn something_loaded_from_elsewhere() {
    for html in [
        "![a](https://example.org/a.png)",
        "<script src=\"https://example.org/a.js\"></script>",
        "<link rel=\"stylesheet\" href=\"//example.org/a.css\">",
        "<iframe src=\"http://example.org/\"></iframe>",
        "<p style=\"background: url(https://example.org/a.png)\">a</p>",
    ] {
        Checkout::with(html).fails(Kind::Link, LINE_3, &["from elsewhere"]);
    }
    let checkout = Checkout::new();
    checkout.write("book/src/assets/a.css", "@import url(https://example.org/b.css);");
    checkout.fails(Kind::Link, "assets/a.css", &["from elsewhere"]);
}

#[test]
fn all_faults_are_told_at_once() {
    let checkout = Checkout::with("## Sub\n\n{{result 01-line.x}} $\\bad$ [a](b.md)");
    checkout.write(PAGE, &(checkout.read(PAGE) + "\n```rust\nx\n```\n"));
    checkout.remove("book/src/glossary.md");
    let kinds: Vec<Kind> = checkout.build().faults.iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [Kind::Page, Kind::Heading, Kind::Listing, Kind::Number, Kind::Formula, Kind::Link]);
}
