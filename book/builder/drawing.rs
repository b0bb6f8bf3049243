//! A diagram as HTML: it comes from the experiment as SVG in the theme's colours.

use crate::results::Drawing;
use crate::slots::escape;

/// Title and drawing, without a blank line. On a narrow screen it scrolls instead of
/// shrinking until its words cannot be read.
pub fn html(drawing: &Drawing) -> String {
    let lines: Vec<&str> =
        drawing.svg.lines().filter(|line| !line.trim().is_empty()).collect();
    format!(
        "<p class=\"chart-title\">{}</p>\n<div class=\"drawing\" tabindex=\"0\">\n{}\n</div>",
        escape(&drawing.title),
        lines.join("\n")
    )
}
