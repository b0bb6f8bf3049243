//! A table of results as HTML.

use crate::results::{Run, Table};
use crate::{provenance, slots::escape};

/// The table with its caption (finished HTML) over it and what made it under it. No blank
/// lines: Markdown would take one for the end of the HTML.
pub fn html(run: &Run, name: &str, table: &Table, caption: &str) -> String {
    let columns = 0..table.columns.len();
    let numeric: Vec<bool> = columns
        .map(|column| table.rows.iter().all(|row| is_number(&row[column])))
        .collect();
    let line = |cells: &[String], tag: &str| {
        let cell = |(text, numeric): (&String, &bool)| {
            let class = if *numeric { r#" class="number""# } else { "" };
            let scope = if tag == "th" { r#" scope="col""# } else { "" };
            format!("<{tag}{scope}{class}>{}</{tag}>", escape(text))
        };
        format!("<tr>{}</tr>", cells.iter().zip(&numeric).map(cell).collect::<String>())
    };
    let rows: String = table.rows.iter().map(|row| line(row, "td") + "\n").collect();
    format!(
        "<figure class=\"results\" id=\"table-{}\">\n<figcaption>{caption}</figcaption>\n\
         <div class=\"table-wrapper\"><table>\n<thead>{}</thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n{}\n</figure>",
        escape(name),
        line(&table.columns, "th"),
        provenance::line(run),
    )
}

/// Whether a cell reads as a number, perhaps with a spread or a unit, and so belongs on
/// the right.
fn is_number(cell: &str) -> bool {
    let digits = cell
        .trim_start_matches(['-', '−', '+', '±', '<', '>', '≤', '≥', '≈', '~', '.', ' ']);
    digits.starts_with(|c: char| c.is_ascii_digit())
        || matches!(cell.trim(), "" | "–" | "—" | "-" | "NaN" | "∞")
}
