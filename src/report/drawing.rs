//! A diagram: cells, words and arrows, as SVG in the colours of the page that shows it.

use serde::Serialize;
use std::fmt::Write;

/// The size of text, in the units of the drawing.
const TEXT: f64 = 13.0;
/// How wide a character is taken to be, on average.
const CHARACTER: f64 = 7.2;
/// From one line of a cell's text to the next.
const LINE: f64 = 16.0;
/// Room around everything.
const MARGIN: f64 = 8.0;

/// The colour of a cell or an arrow.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tint {
    /// The colour of the text.
    Plain,
    /// What stands back: memory that is not looked at, say.
    Faded,
    /// One of the colours of the figures' series, from 0.
    Series(usize),
}

/// On which side of its place a word stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Align {
    /// It begins there.
    Left,
    /// Its middle is there.
    Centre,
    /// It ends there.
    Right,
}

/// A diagram. Places are in units of the page, from the upper left; a page is 560 wide.
/// Later things are drawn over earlier ones.
///
/// ```
/// use gradus::report::{Align, Drawing, Tint};
/// let drawing = Drawing::new("Two cells of memory")
///     .cell((0.0, 0.0), (40.0, 28.0), "1", Tint::Plain)
///     .cell((40.0, 0.0), (40.0, 28.0), "2", Tint::Series(0))
///     .arrow(&[(60.0, 70.0), (60.0, 30.0)], Tint::Series(0))
///     .word((60.0, 84.0), "offset", Align::Centre);
/// assert!(drawing.svg().contains("offset"));
/// ```
#[derive(Debug, Clone)]
pub struct Drawing {
    title: String,
    body: String,
    /// Left, top, right, bottom.
    bounds: [f64; 4],
}

impl Drawing {
    /// An empty drawing.
    pub fn new(title: &str) -> Drawing {
        let nowhere =
            [f64::INFINITY, f64::INFINITY, f64::NEG_INFINITY, f64::NEG_INFINITY];
        Drawing { title: title.to_string(), body: String::new(), bounds: nowhere }
    }

    /// A box with its upper left corner `at`, `size` wide and high, and a text in its
    /// middle, one line for each line of `text`.
    pub fn cell(
        mut self,
        at: (f64, f64),
        size: (f64, f64),
        text: &str,
        tint: Tint,
    ) -> Drawing {
        self.reach(at);
        self.reach((at.0 + size.0, at.1 + size.1));
        let (colour, strength, letters) = match tint {
            Tint::Plain => ("var(--figure-axis)".to_string(), "0.06", "var(--fg)"),
            Tint::Faded => ("var(--figure-grid)".to_string(), "0", "var(--figure-axis)"),
            Tint::Series(_) => (ink(tint), "0.22", "var(--fg)"),
        };
        self.write(format_args!(
            "<rect x=\"{}\" y=\"{}\" width=\"{}\" height=\"{}\" fill=\"{colour}\" \
             fill-opacity=\"{strength}\" stroke=\"{colour}\" stroke-width=\"1.2\"/>",
            at.0, at.1, size.0, size.1
        ));
        let lines: Vec<&str> = text.lines().collect();
        let middle = (at.0 + size.0 / 2.0, at.1 + size.1 / 2.0);
        let first = middle.1 - LINE * (lines.len() as f64 - 1.0) / 2.0;
        for (index, line) in lines.into_iter().enumerate() {
            let place = (middle.0, first + LINE * index as f64);
            self.letters(place, line, "middle", letters);
        }
        self
    }

    /// A word that begins, ends or has its middle at a place.
    pub fn word(mut self, at: (f64, f64), text: &str, align: Align) -> Drawing {
        let width = CHARACTER * text.chars().count() as f64;
        let (anchor, left) = match align {
            Align::Left => ("start", at.0),
            Align::Centre => ("middle", at.0 - width / 2.0),
            Align::Right => ("end", at.0 - width),
        };
        self.reach((left, at.1 - LINE / 2.0));
        self.reach((left + width, at.1 + LINE / 2.0));
        self.letters(at, text, anchor, "var(--fg)");
        self
    }

    /// A line through points.
    pub fn line(mut self, points: &[(f64, f64)], tint: Tint) -> Drawing {
        for point in points {
            self.reach(*point);
        }
        let colour = ink(tint);
        let points: Vec<String> =
            points.iter().map(|(x, y)| format!("{x:.1},{y:.1}")).collect();
        let points = points.join(" ");
        self.write(format_args!(
            "<polyline points=\"{points}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.4\"/>"
        ));
        self
    }

    /// A line through points with a head at the last one.
    pub fn arrow(self, points: &[(f64, f64)], tint: Tint) -> Drawing {
        let mut drawing = self.line(points, tint);
        if let [.., from, to] = points {
            let (dx, dy) = (to.0 - from.0, to.1 - from.1);
            let length = dx.hypot(dy).max(f64::MIN_POSITIVE);
            let (dx, dy) = (dx / length, dy / length);
            let corner = |side: f64| {
                (to.0 - 8.0 * dx - 3.5 * side * dy, to.1 - 8.0 * dy + 3.5 * side * dx)
            };
            let (left, right) = (corner(1.0), corner(-1.0));
            drawing.write(format_args!(
                "<polygon points=\"{:.1},{:.1} {:.1},{:.1} {:.1},{:.1}\" fill=\"{}\"/>",
                to.0,
                to.1,
                left.0,
                left.1,
                right.0,
                right.1,
                ink(tint)
            ));
        }
        drawing
    }

    /// The drawing as an SVG element whose colours are the page's CSS variables `--fg`,
    /// `--figure-axis`, `--figure-grid` and `--series-1` to `--series-7`.
    pub fn svg(&self) -> String {
        self.element("")
    }

    /// The drawing as a file of its own, in colours for a light and a dark screen.
    pub fn svg_file(&self) -> String {
        let style = "<style>svg{--fg:#1a1a1a;--figure-axis:#767676;--figure-grid:#d5d5d5;\
             --series-1:#0067a8;--series-2:#c44e00;--series-3:#00795a;--series-4:#a6478a;\
             --series-5:#8a6200;--series-6:#2c86ab;--series-7:#5a5a5a;\
             background:#fff;font-family:sans-serif}\
             @media(prefers-color-scheme:dark){svg{--fg:#e8e8e8;--figure-axis:#9a9a9a;\
             --figure-grid:#444;--series-1:#5cb8f0;--series-2:#ff9a57;--series-3:#3fcf9f;\
             --series-4:#e79ac9;--series-5:#e8d44d;--series-6:#9fb4ff;--series-7:#bdbdbd;\
             background:#16181c}}</style>\n";
        self.element(style) + "\n"
    }

    fn element(&self, style: &str) -> String {
        let [left, top, right, bottom] = match self.body.is_empty() {
            true => [0.0; 4],
            false => self.bounds,
        };
        let (width, height) = (right - left + 2.0 * MARGIN, bottom - top + 2.0 * MARGIN);
        format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"{:.0} {:.0} {width:.0} {height:.0}\" \
             width=\"{width:.0}\" role=\"img\" aria-label=\"{}\">\n{style}{}</svg>",
            left - MARGIN,
            top - MARGIN,
            escaped(&self.title),
            self.body
        )
    }

    fn reach(&mut self, (x, y): (f64, f64)) {
        let [left, top, right, bottom] = self.bounds;
        self.bounds = [left.min(x), top.min(y), right.max(x), bottom.max(y)];
    }

    fn letters(&mut self, at: (f64, f64), text: &str, anchor: &str, colour: &str) {
        let text = escaped(text);
        self.write(format_args!(
            "<text x=\"{:.1}\" y=\"{:.1}\" font-size=\"{TEXT}\" fill=\"{colour}\" stroke=\"none\" \
             text-anchor=\"{anchor}\" dominant-baseline=\"central\">{text}</text>",
            at.0, at.1
        ));
    }

    fn write(&mut self, element: std::fmt::Arguments) {
        writeln!(self.body, "{element}").expect("writing into a string succeeds");
    }
}

impl Serialize for Drawing {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        use serde::ser::SerializeStruct;
        let mut fields = serializer.serialize_struct("Drawing", 2)?;
        fields.serialize_field("title", &self.title)?;
        fields.serialize_field("svg", &self.svg())?;
        fields.end()
    }
}

fn ink(tint: Tint) -> String {
    match tint {
        Tint::Plain => "var(--figure-axis)".to_string(),
        Tint::Faded => "var(--figure-grid)".to_string(),
        Tint::Series(index) => format!("var(--series-{})", index % 7 + 1),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_view_holds_everything_and_text_is_escaped() {
        let drawing = Drawing::new("a \"b\"")
            .cell((10.0, 20.0), (30.0, 40.0), "x<y\n2", Tint::Series(7))
            .arrow(&[(-5.0, 0.0), (100.0, 0.0)], Tint::Plain)
            .word((100.0, 90.0), "abcd", Align::Left);
        let svg = drawing.svg();
        // Left −5, top 0, right 100 + 4 · 7.2, bottom 90 + 8, and 8 around.
        assert!(svg.contains("viewBox=\"-13 -8 150 114\""), "{svg}");
        assert!(svg.contains("x&lt;y") && svg.contains("a &quot;b&quot;"), "{svg}");
        // Two lines of a text stand 16 apart around the middle of the cell.
        assert!(svg.contains("y=\"32.0\"") && svg.contains("y=\"48.0\""), "{svg}");
        assert!(svg.contains("var(--series-1)"), "the eighth colour is the first: {svg}");
        // The head's tip is the last point and its corners lie 8 behind it.
        assert!(svg.contains("100.0,0.0 92.0,3.5 92.0,-3.5"), "{svg}");
        assert!(!svg.contains("\n\n"), "a blank line would end HTML inside Markdown");
    }

    #[test]
    fn a_file_brings_its_own_colours() {
        let file = Drawing::new("t").word((0.0, 0.0), "w", Align::Centre).svg_file();
        assert!(
            file.contains("--series-7:#bdbdbd")
                && file.contains("prefers-color-scheme:dark")
        );
        assert!(Drawing::new("empty").svg().contains("viewBox=\"-8 -8 16 16\""));
    }
}
