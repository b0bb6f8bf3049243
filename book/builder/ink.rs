//! Colours that the reader's theme decides.
//!
//! Plotters draws in fixed colours. Each thing that is drawn gets a colour of its own
//! that nothing else has; when the drawing is done, that colour is replaced by a CSS
//! variable, which every theme defines.

use plotters::style::RGBColor;

/// How many series have a colour of their own; further ones begin again, with another
/// marker.
pub const COLOURS: usize = 7;

/// What a stroke or a fill is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// The frame's lines.
    Axis,
    /// The lines across the plot.
    Grid,
    /// Numbers and names of the axes.
    Text,
    /// A series, by its place in the figure.
    Series(usize),
    /// A series that is drawn as a broken line.
    Dashed(usize),
}

impl Ink {
    /// The colour that stands for this ink while drawing.
    pub fn sentinel(self) -> RGBColor {
        match self {
            Ink::Axis => RGBColor(1, 0, 0),
            Ink::Grid => RGBColor(1, 0, 1),
            Ink::Text => RGBColor(1, 0, 2),
            Ink::Series(index) => RGBColor(2, 0, (index % COLOURS) as u8),
            Ink::Dashed(index) => RGBColor(3, 0, (index % COLOURS) as u8),
        }
    }

    /// The CSS colour that the theme decides.
    pub fn css(self) -> String {
        match self {
            Ink::Axis => "var(--figure-axis)".into(),
            Ink::Grid => "var(--figure-grid)".into(),
            Ink::Text => "var(--fg)".into(),
            Ink::Series(index) | Ink::Dashed(index) => {
                format!("var(--series-{})", index % COLOURS + 1)
            }
        }
    }
}

/// Replaces every sentinel in a drawing. `dash` is the pattern of broken lines, in the
/// drawing's units.
pub fn apply(svg: &str, dash: &str) -> String {
    let plain = [Ink::Axis, Ink::Grid, Ink::Text]
        .into_iter()
        .chain((0..COLOURS).map(Ink::Series));
    let plain = plain.map(|ink| (hex(ink), format!("\"{}\"", ink.css())));
    let dashed = (0..COLOURS).map(Ink::Dashed);
    let dashed = dashed
        .map(|ink| (hex(ink), format!("\"{}\" stroke-dasharray=\"{dash}\"", ink.css())));
    plain
        .chain(dashed)
        .fold(svg.to_string(), |svg, (sentinel, css)| svg.replace(&sentinel, &css))
}

/// The sentinel as Plotters writes it into an attribute.
fn hex(ink: Ink) -> String {
    let RGBColor(red, green, blue) = ink.sentinel();
    format!("\"#{red:02X}{green:02X}{blue:02X}\"")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_sentinel_becomes_a_variable() {
        assert_eq!(apply("stroke=\"#020003\"", "1 2"), "stroke=\"var(--series-4)\"");
        assert_eq!(
            apply("stroke=\"#030000\"", "1 2"),
            "stroke=\"var(--series-1)\" stroke-dasharray=\"1 2\""
        );
        assert_eq!(apply("fill=\"#010002\"", ""), "fill=\"var(--fg)\"");
    }
}
