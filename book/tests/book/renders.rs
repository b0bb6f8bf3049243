//! What a book without faults looks like.

use crate::fixture::Checkout;
use gradus_book::book;
use gradus_book::report::Kind;

/// The text of a page without its tags.
fn text(html: &str) -> String {
    html.split('<')
        .map(|part| part.split_once('>').map_or(part, |(_, text)| text))
        .collect()
}

#[test]
fn the_contents_come_from_the_course_and_a_chapter_to_come_is_no_link() {
    let checkout = Checkout::new();
    let report = checkout.build();
    assert_eq!((report.faults.len(), report.checked(Kind::Page)), (0, 5));
    let contents = checkout.read("out/toc.html");
    assert!(
        contents.contains("href=\"01-line.html\"") && contents.contains("Curves"),
        "{contents}"
    );
    assert!(!contents.contains("curve.html"), "{contents}");
    let order = ["Preface", "Notation", "Lines", "Curves", "Glossary", "References"]
        .map(|title| contents.find(title));
    assert!(order.is_sorted() && order[0].is_some(), "{order:?}");
    assert!(
        contents.contains("<strong aria-hidden=\"true\">2.</strong> Curves"),
        "{contents}"
    );
}

#[test]
fn a_listing_is_dedented_and_names_its_source() {
    let page =
        Checkout::with("```rust\n{{#include ../../src/line.rs:slope}}\n```").page();
    let code = "/// The slope.\npub fn slope() -&gt; f64 {\n    2.0\n}</code>";
    assert!(page.contains(code), "{page}");
    assert!(
        page.contains("<p class=\"listing-source\"><code>src/line.rs</code></p>"),
        "{page}"
    );
    assert!(!page.contains("ANCHOR"), "{page}");
}

#[test]
fn a_listing_in_a_list_stays_in_it_and_code_with_fences_stays_whole() {
    let checkout = Checkout::with(
        "- one\n\n  ```rust\n  {{#include ../../src/line.rs:slope}}\n  ```\n\n- two",
    );
    let source = "// ANCHOR: slope\n/// ```\n/// slope();\n/// ```\nfn slope() {}\n\nfn two() {}\n// ANCHOR_END: slope\n";
    checkout.write("src/line.rs", source);
    let page = checkout.page();
    assert!(
        page.contains(
            "/// ```\n/// slope();\n/// ```\nfn slope() {}\n\nfn two() {}</code>"
        ),
        "{page}"
    );
    assert_eq!(page.matches("<ul>").count(), 1, "one list: {page}");
}

#[test]
fn text_and_console_blocks_may_be_typed() {
    let page =
        Checkout::with("```console\n$ cargo learn\n```\n\n```text\n{{figure}} $5\n```\n\n```\nplain\n```")
            .page();
    assert!(
        page.contains("$ cargo learn")
            && page.contains("{{figure}} $5")
            && page.contains("plain"),
        "{page}"
    );
}

#[test]
fn a_number_is_shown_as_the_run_wrote_it_in_prose_tables_and_captions_but_not_in_code() {
    let checkout = Checkout::with(
        "It is {{result 01-line.fit.rmse}}.\n\n| a |\n|---|\n| {{result 01-line.fit.rmse}} |\n\n`{{result x}}`\n\n\
         {{figure 01-line.loss | See {{result 01-line.fit.rmse}}.}}",
    );
    let page = checkout.page();
    let number = "<span class=\"result\" title=\"01-line.fit.rmse\">-1.5 ± 0.1*</span>";
    assert_eq!(page.matches(number).count(), 3, "{page}");
    assert!(page.contains("<code>{{result x}}</code>"), "{page}");
    assert!(page.contains(&format!("<td>{number}</td>")), "{page}");
}

#[test]
fn a_figure_is_drawn_in_the_themes_colours_with_its_caption_and_its_origin() {
    let page = Checkout::with(
        "Before.\n{{figure 01-line.loss | A *caption* with $x$.}}\nAfter *it*.",
    )
    .page();
    let figure = page
        .split_once("<figure class=\"chart\" id=\"figure-loss\">")
        .expect("a figure")
        .1;
    let (figure, after) = figure.split_once("</figure>").expect("an end");
    assert!(!figure.contains("\n\n"), "a blank line: {figure}");
    for part in [
        "role=\"img\"",
        "var(--series-1)",
        "var(--series-2)",
        "stroke-dasharray",
        "<em>caption</em>",
        "<math",
        "10⁻¹",
    ] {
        assert!(figure.contains(part), "{part}: {figure}");
    }
    assert!(
        text(figure).contains("cargo gradus run 01-line · seeds 0–2 · one &lt;core&gt;"),
        "{figure}"
    );
    assert_eq!(
        figure.matches("stroke=\"var(--series-1)\"").count(),
        3,
        "two pieces, for the gap cuts the line, and a swatch"
    );
    assert!(
        page.contains("<p>Before.</p>") && after.contains("<p>After <em>it</em>.</p>"),
        "{page}"
    );
}

#[test]
fn a_diagram_is_shown_as_the_run_drew_it() {
    let page = Checkout::with("{{figure 01-line.memory | Cells.}}\n\nAfter *it*.").page();
    let (_, figure) = page.split_once("id=\"figure-memory\">").expect("a figure");
    let (figure, after) = figure.split_once("</figure>").expect("an end");
    assert!(!figure.contains("\n\n"), "a blank line: {figure}");
    for part in [
        "Memory &amp; more</p>",
        "<div class=\"drawing\" tabindex=\"0\">",
        "<rect fill=\"var(--series-1)\"",
        "Cells.",
        "cargo gradus run 01-line",
    ] {
        assert!(figure.contains(part), "{part}: {figure}");
    }
    assert!(after.contains("<p>After <em>it</em>.</p>"), "{page}");
}

#[test]
fn a_table_shows_its_cells_as_they_are() {
    let page = Checkout::with("{{table 01-line.error}}").page();
    let table = page
        .split_once("id=\"table-error\"")
        .expect("a table")
        .1
        .split_once("</figure>")
        .expect("an end")
        .0;
    assert!(
        table.contains("<td>a_b_c &lt; d</td><td class=\"number\">1.0</td>"),
        "{table}"
    );
    assert!(table.contains("<math") && table.contains("<em>runs</em>"), "{table}");
    assert!(table.contains("cargo gradus run 01-line"), "{table}");
}

#[test]
fn an_exercise_stands_in_a_box_with_its_command() {
    let page = Checkout::with("{{exercise slope}}").page();
    let exercise = page
        .split_once("<section class=\"exercise\" id=\"exercise-slope\"")
        .expect("a box")
        .1;
    let exercise = exercise.split_once("</section>").expect("an end").0;
    for part in [
        "The slope</p>",
        "<p>Write <code>slope</code>",
        "<mfrac>",
        "pub fn slope(x: f64) -&gt; f64",
        "cargo gradus check slope",
    ] {
        assert!(exercise.contains(part), "{part}: {exercise}");
    }
    assert!(!exercise.contains("Explanation"), "{exercise}");
}

#[test]
fn formulas_survive_markdown_wherever_they_stand() {
    let checkout = Checkout::with(
        "$a_1 * b_1 * c_{{i}}$ begins a line and *this* is emphasis.\n\n$$\nx' = \\begin{cases} a & b \\\\ c & d \\end{cases}\n$$\n\n\
         | t |\n|---|\n| $p \\| q$ |\n\n> quoted $u_i$\n> $$\n> v_j\n> $$\n\n\
         <details>\n<summary>Why $y$?</summary>\n\nSo.\n\n</details>\n\nIt costs \\$5, `$z$`.",
    );
    let report = checkout.build();
    assert_eq!(report.faults, []);
    assert_eq!(report.checked(Kind::Formula), 6);
    let page = checkout.page();
    assert_eq!(page.matches("<math").count(), 6, "{page}");
    assert!(page.contains("is emphasis") && page.contains("<em>this</em>"), "{page}");
    assert!(page.contains("It costs $5, <code>$z$</code>"), "{page}");
    assert!(
        page.contains("application/x-tex\"> v_j </annotation>"),
        "the marks of the quotation are not TeX: {page}"
    );
    assert!(!page.contains("x-slot"), "{page}");
}

#[test]
fn a_brief_formula_keeps_the_full_stop_after_it() {
    let page = Checkout::with("So $x$. But $a + b + c + d + e + f + g + h = i$.").page();
    assert_eq!(
        page.matches("<span class=\"tied\"><span class=\"katex\">").count(),
        1,
        "{page}"
    );
    assert!(
        page.contains(".</span> But") && page.ends_with(".</p>\n\n                    "),
        "{page}"
    );
}

#[test]
fn a_build_replaces_the_book_as_a_whole_and_a_fault_leaves_the_old_one() {
    let checkout = Checkout::with("First.");
    checkout.write("out/stale.html", "old");
    assert!(checkout.page().contains("First."));
    assert!(!checkout.root().join("out/stale.html").exists());
    checkout.write(crate::fixture::PAGE, "# Lines {#lines}\n\nSecond. $\\nonsense$\n");
    assert_eq!(checkout.build().faults.len(), 1);
    assert!(checkout.read("out/01-line.html").contains("First."));
    let left = std::fs::read_dir(checkout.root()).unwrap().flatten();
    assert!(
        left.into_iter()
            .all(|entry| !entry.file_name().to_string_lossy().starts_with(".book-"))
    );
}

#[test]
fn windows_line_ends_change_nothing() {
    let checkout =
        Checkout::with("```rust\n{{#include ../../src/line.rs:slope}}\n```\n\n$x$");
    let unix = checkout.page();
    for file in [crate::fixture::PAGE, "src/line.rs", "examples/01_line/main.rs"] {
        checkout.write(file, &checkout.read(file).replace('\n', "\r\n"));
    }
    assert_eq!(checkout.page(), unix);
}

#[test]
fn the_course_and_the_configuration_must_be_there() {
    let checkout = Checkout::new();
    checkout.remove("book/book.toml");
    let error = format!(
        "{:#}",
        book::render(checkout.root(), &checkout.root().join("out")).unwrap_err()
    );
    assert!(error.contains("book.toml"), "{error}");
    checkout.remove("book/chapters.toml");
    let error = format!(
        "{:#}",
        book::render(checkout.root(), &checkout.root().join("out")).unwrap_err()
    );
    assert!(error.contains("chapters.toml"), "{error}");
}
