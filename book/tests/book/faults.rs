//! Every way in which a book can be wrong, and what the author is told.

use crate::fixture::{Checkout, PAGE, RESULT, result};
use gradus_book::report::Kind;

const LINE_3: &str = "book/src/01-line.md:3";

/// What is wrong with a paragraph, on which of its lines (from 0), and parts of what the
/// author is told.
type Case<'a> = (&'a str, usize, &'a [&'a str]);

/// Builds one page of all cases; each must give its own fault of this kind at its own
/// line, and no other.
#[track_caller]
fn each(kind: Kind, cases: &[Case]) {
    let texts: Vec<&str> = cases.iter().map(|case| case.0).collect();
    let report = Checkout::with(&texts.join("\n\n")).build();
    let line = |place: &str| {
        place
            .strip_prefix("book/src/01-line.md:")
            .and_then(|line| line.parse::<usize>().ok())
    };
    let mut faults: Vec<_> =
        report.faults.iter().map(|fault| (line(&fault.place), fault)).collect();
    faults.sort_by_key(|fault| fault.0);
    let mut first = 3;
    for ((text, offset, parts), (line, fault)) in cases.iter().zip(&faults) {
        assert_eq!((fault.kind, *line), (kind, Some(first + offset)), "{text}: {fault}");
        for part in *parts {
            assert!(fault.what.contains(part), "{text}: `{part}` is not in: {fault}");
        }
        first += text.matches('\n').count() + 2;
    }
    assert_eq!(faults.len(), cases.len(), "{faults:#?}");
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
fn a_listing_that_is_not_there_whole_by_line_or_from_elsewhere() {
    each(
        Kind::Listing,
        &[
            (
                "```rust\n{{#include ../../src/lime.rs:slope}}\n```",
                1,
                &["cannot include src/lime.rs"],
            ),
            (
                "```rust\n{{#include ../../src/line.rs:slop}}\n```",
                1,
                &["src/line.rs", "no anchor `slop`"],
            ),
            ("```rust\n{{#include ../../src/line.rs}}\n```", 1, &["without an anchor"]),
            ("```rust\n{{#include ../../src/line.rs:}}\n```", 1, &["without an anchor"]),
            ("```rust\n{{#include ../../src/line.rs:1:5}}\n```", 1, &["no anchor `1:5`"]),
            (
                "```rust\n{{#include ../book.toml:book}}\n```",
                1,
                &["where listings come from"],
            ),
            (
                "```rust\n{{#include ../../../src/line.rs:slope}}\n```",
                1,
                &["where listings come from"],
            ),
            (
                "```rust\n\n{{#playground ../../src/line.rs:slope}}\n```",
                2,
                &["playground"],
            ),
            (
                "```text\n{{#include ../../src/line.rs:slop}}\n```",
                1,
                &["no anchor `slop`"],
            ),
            (
                "{{#include ../../src/line.rs:slope}}",
                0,
                &["only inside a fenced code block"],
            ),
        ],
    );
}

#[test]
fn an_anchor_that_is_open_or_empty() {
    let checkout = Checkout::with("```rust\n{{#include ../../src/line.rs:slope}}\n```");
    checkout.write("src/line.rs", "// ANCHOR: slope\nx\n");
    checkout.fails(Kind::Listing, "book/src/01-line.md:4", &["never closed"]);
    checkout.write(
        "src/line.rs",
        "// ANCHOR: slope\n\n// ANCHOR: in\n// ANCHOR_END: in\n// ANCHOR_END: slope\n",
    );
    checkout.fails(Kind::Listing, "book/src/01-line.md:4", &["is empty"]);
}

#[test]
fn a_line_too_wide_for_the_page() {
    let checkout = Checkout::with("```rust\n{{#include ../../src/line.rs:slope}}\n```");
    let wide =
        |width| format!("// ANCHOR: slope\nf(\n{:>width$}\n// ANCHOR_END: slope\n", "é)");
    checkout.write("src/line.rs", &wide(91));
    checkout.fails(Kind::Listing, "book/src/01-line.md:4", &["wider than 90", "`é)`"]);
    checkout.write("src/line.rs", &wide(90));
    checkout.page();
}

#[test]
fn typed_code() {
    each(
        Kind::Listing,
        &[
            ("```rust\nlet x = 1;\n```", 1, &["`rust` block", "tested source"]),
            ("```cuda\nint x;\n```", 1, &["tested source"]),
            ("```c\nint x;\n```", 1, &["tested source"]),
            ("```ptx\nret;\n```", 1, &["tested source"]),
            ("```toml\n\nx = 1\n```", 2, &["tested source"]),
            ("```rust,ignore\nlet x = 1;\n```", 1, &["tested source"]),
            ("~~~rs\nlet x = 1;\n~~~", 1, &["tested source"]),
            ("> ```python\n> x = 1\n> ```", 1, &["tested source"]),
            (
                "```rust\n{{#include ../../src/line.rs:slope}}\nlet x = 1;\n```",
                2,
                &["tested source"],
            ),
        ],
    );
}

#[test]
fn a_number_that_no_run_made() {
    each(
        Kind::Number,
        &[
            (
                "{{result 01-line.fit.mae}}",
                0,
                &["no number `fit.mae`", "it has fit.rmse"],
            ),
            (
                "a\n{{result 02-curve.fit}}",
                1,
                &["no book/results/02-curve.json", "cargo gradus run 02-curve"],
            ),
            ("{{result rmse}}", 0, &["RUN.NAME"]),
            ("{{result 01-line.error}}", 0, &["no number `error`"]),
            ("{{figure 01-line.loss | {{result 01-line.x}}}}", 0, &["no number `x`"]),
        ],
    );
}

#[test]
fn a_figure_or_a_table_that_no_run_made_or_that_stands_in_a_sentence() {
    each(
        Kind::Figure,
        &[
            (
                "{{figure 01-line.lost | c}}",
                0,
                &["no figure `lost`", "it has loss, memory"],
            ),
            ("{{figure 01-line.loss}}", 0, &["no caption"]),
            ("{{figure 01-line.loss |}}", 0, &["no caption"]),
            ("- {{figure 01-line.loss | c}}", 0, &["line of its own"]),
        ],
    );
    each(
        Kind::Table,
        &[
            ("{{table 01-line.loss}}", 0, &["no table `loss`", "it has error"]),
            ("See {{table 01-line.error}}", 0, &["line of its own"]),
            ("{{table 01-line.error}}.", 0, &["line of its own"]),
        ],
    );
}

#[test]
fn results_that_are_stale_cut_or_misnamed() {
    let checkout = Checkout::new();
    checkout.write("examples/01_line/main.rs", "fn main() { }\n");
    checkout.fails(
        Kind::Run,
        RESULT,
        &["examples/01_line has changed", "re-run `cargo gradus run 01-line`"],
    );
    checkout.remove("examples/01_line/main.rs");
    checkout.fails(Kind::Run, RESULT, &["cannot read the Rust files of", "re-run"]);
    let checkout = Checkout::new();
    checkout.write(RESULT, &result("fn main() {}\n")[..200]);
    checkout.fails(Kind::Run, RESULT, &["not a result file"]);
    let checkout = Checkout::new();
    checkout.write("book/results/02-line.json", &result("fn main() {}\n"));
    checkout.fails(
        Kind::Run,
        "book/results/02-line.json",
        &["must be named 01-line.json"],
    );
    let checkout = Checkout::new();
    checkout.write(
        RESULT,
        &result("fn main() {}\n").replace("[\"mean\",\"2.0\"]", "[\"mean\"]"),
    );
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
    checkout.write(file, &checkout.read(file).replace("\\frac", "\\fracc"));
    checkout.fails(Kind::Formula, "exercises/01-line/slope/exercise.md:3", &["fracc"]);
}

#[test]
fn a_formula_that_is_not_tex_or_not_closed() {
    each(
        Kind::Formula,
        &[
            ("a\n$\\frac{1}$", 1, &["\\frac{1}"]),
            ("$$\\undefined$$", 0, &["undefined"]),
            ("| a |\n|---|\n| $\\worse$ |", 2, &["worse"]),
            ("costs $5", 0, &["neither opens nor closes"]),
            ("<p>costs $5</p>", 0, &["neither opens nor closes"]),
            ("$x = {{result 01-line.fit.rmse}}$", 0, &["inside the formula"]),
            ("{{figure 01-line.loss | $\\bad$}}", 0, &["bad"]),
        ],
    );
}

#[test]
fn a_directive_that_is_unknown_or_open() {
    each(
        Kind::Directive,
        &[
            ("a {{reslut 01-line.fit.rmse}}", 0, &["unknown directive `reslut`"]),
            ("a {{#title x}}", 0, &["unknown directive `#title`"]),
        ],
    );
    each(Kind::Directive, &[("a\nb {{result 01-line.fit.rmse}", 1, &["never closed"])]);
}

#[test]
fn a_link_that_leads_nowhere() {
    each(
        Kind::Link,
        &[
            ("[a](02-curve.md)", 0, &["no 02-curve.html"]),
            ("[a](#nowhere)", 0, &["no id `nowhere`"]),
            ("a\n[a](glossary.md#epoch)", 1, &["glossary.html has no id `epoch`"]),
            ("![a](assets/a.png)", 0, &["no assets/a.png"]),
            ("[a](../../README.md)", 0, &["leads out of the book"]),
            ("<p id=\"x\">a</p>\n<p id=\"x\">b</p>", 0, &["`x` is used twice"]),
        ],
    );
}

#[test]
fn something_loaded_from_elsewhere() {
    let elsewhere: &[&str] = &["from elsewhere"];
    each(
        Kind::Link,
        &[
            ("![a](https://example.org/a.png)", 0, elsewhere),
            ("<script src=\"https://example.org/a.js\"></script>", 0, elsewhere),
            ("<link rel=\"stylesheet\" href=\"//example.org/a.css\">", 0, elsewhere),
            ("<iframe src=\"http://example.org/\"></iframe>", 0, elsewhere),
            (
                "<p style=\"background: url(https://example.org/b.png)\">a</p>",
                0,
                elsewhere,
            ),
        ],
    );
    let checkout = Checkout::new();
    checkout.write("book/src/assets/a.css", "@import url(https://example.org/b.css);");
    checkout.fails(Kind::Link, "assets/a.css", elsewhere);
}

#[test]
fn all_faults_are_told_at_once() {
    let checkout = Checkout::with("## Sub\n\n{{result 01-line.x}} $\\bad$ [a](b.md)");
    checkout.write(PAGE, &(checkout.read(PAGE) + "\n```rust\nx\n```\n"));
    checkout.remove("book/src/glossary.md");
    let kinds: Vec<Kind> =
        checkout.build().faults.iter().map(|fault| fault.kind).collect();
    assert_eq!(
        kinds,
        [
            Kind::Page,
            Kind::Heading,
            Kind::Listing,
            Kind::Number,
            Kind::Formula,
            Kind::Link
        ]
    );
}
