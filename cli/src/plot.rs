//! A figure of an experiment, drawn with characters.

use crate::screen;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;
use ratatui::style::{Color, Style};
use ratatui::symbols::Marker;
use ratatui::widgets::{Axis, Chart, Dataset, GraphType, Widget};
use serde_json::Value;

const HEIGHT: u16 = 18;
const COLOURS: [Color; 6] =
    [Color::Blue, Color::Yellow, Color::Green, Color::Magenta, Color::Cyan, Color::Red];
const MARKERS: [Marker; 4] =
    [Marker::Braille, Marker::Dot, Marker::HalfBlock, Marker::Block];

struct Series {
    name: String,
    scattered: bool,
    points: Vec<(f64, f64)>,
}

/// The figure at most `width` characters wide.
pub fn draw(figure: &Value, width: usize) -> String {
    let logarithmic = |axis: &str| figure[axis]["scale"] == "log";
    let (log_x, log_y) = (logarithmic("x"), logarithmic("y"));
    let place = |value: &Value, log: bool| match value.as_f64() {
        Some(value) if log && value > 0.0 => Some(value.log10()),
        Some(value) if !log => Some(value),
        _ => None,
    };
    let all = figure["series"].as_array().into_iter().flatten();
    let series: Vec<Series> = all
        .filter(|series| series["style"] != "guide")
        .map(|series| {
            let points = series["points"].as_array().into_iter().flatten();
            let points = points.filter_map(|point| {
                Some((place(&point[0], log_x)?, place(&point[1], log_y)?))
            });
            let name = series["name"].as_str().unwrap_or_default().to_string();
            Series {
                name,
                scattered: series["style"] == "points",
                points: points.collect(),
            }
        })
        .collect();
    let range = |of: fn(&(f64, f64)) -> f64| {
        let values = || series.iter().flat_map(|series| &series.points).map(of);
        let (low, high) = (
            values().fold(f64::INFINITY, f64::min),
            values().fold(f64::NEG_INFINITY, f64::max),
        );
        if low < high { [low, high] } else { [low.min(0.0) - 0.5, low.max(0.0) + 0.5] }
    };
    let (x, y) = (range(|point| point.0), range(|point| point.1));
    let datasets =
        series.iter().enumerate().map(|(index, Series { name, scattered, points })| {
            Dataset::default()
                .name(name.as_str())
                .marker(MARKERS[index % MARKERS.len()])
                .graph_type(if *scattered { GraphType::Scatter } else { GraphType::Line })
                .style(Style::new().fg(COLOURS[index % COLOURS.len()]))
                .data(points)
        });
    let label =
        |axis: &str| figure[axis]["label"].as_str().unwrap_or_default().to_string();
    let axis = |name: &str, bounds: [f64; 2], log: bool| {
        let middle = (bounds[0] + bounds[1]) / 2.0;
        Axis::default()
            .title(label(name))
            .bounds(bounds)
            .labels([bounds[0], middle, bounds[1]].map(|value| tick(value, log)))
    };
    let chart = Chart::new(datasets.collect())
        .x_axis(axis("x", x, log_x))
        .y_axis(axis("y", y, log_y));
    let area = Rect::new(0, 0, width as u16, HEIGHT);
    let mut buffer = Buffer::empty(area);
    chart.render(area, &mut buffer);
    format!(
        "{}\n{}",
        screen::bold(figure["title"].as_str().unwrap_or_default()),
        text(&buffer, screen::colour(), screen::unicode())
    )
}

fn tick(value: f64, log: bool) -> String {
    match log {
        true => format!("{:.0e}", 10f64.powf(value)),
        false if value != 0.0 && value.abs() < 0.1 => format!("{value:.3}"),
        false => format!("{value:.1}"),
    }
}

/// The cells as lines, coloured where the terminal shows colours.
fn text(buffer: &Buffer, colour: bool, unicode: bool) -> String {
    let code = |colour: Color| {
        COLOURS
            .iter()
            .position(|c| *c == colour)
            .map(|index| [34, 33, 32, 35, 36, 31][index])
    };
    let mut lines = Vec::new();
    for y in 0..buffer.area.height {
        let cells = (0..buffer.area.width).map(|x| &buffer[(x, y)]);
        let cells = cells.map(|cell| {
            let symbol = if unicode { cell.symbol() } else { ascii(cell.symbol()) };
            match code(cell.fg).filter(|_| colour && symbol != " ") {
                Some(code) => format!("\x1b[{code}m{symbol}\x1b[0m"),
                None => symbol.to_string(),
            }
        });
        lines.push(cells.collect::<String>().trim_end().to_string());
    }
    lines.join("\n")
}

/// The nearest thing that every terminal can show.
fn ascii(symbol: &str) -> &str {
    match symbol {
        "│" => "|",
        "─" => "-",
        "└" | "┌" | "┐" | "┘" | "├" | "┤" | "┬" | "┴" | "┼" => "+",
        "\u{2800}" => " ",
        symbol if symbol.is_ascii() => symbol,
        letter if letter.chars().all(char::is_alphabetic) => "?",
        _ => "*",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn a_curve_can_be_shown_in_ascii() {
        let mut buffer = Buffer::empty(Rect::new(0, 0, 6, 1));
        buffer.set_string(0, 0, "└─⠉•aα", Style::new());
        assert_eq!(text(&buffer, false, false), "+-**a?");
        assert_eq!(text(&buffer, false, true), "└─⠉•aα");
    }

    #[test]
    fn a_logarithmic_figure_shows_its_range_and_survives_gaps() {
        let figure = json!({
            "title": "T", "x": { "label": "step", "scale": "linear" }, "y": { "label": "loss", "scale": "log" },
            "series": [{ "name": "down", "style": "line", "points": [[0.0, 1000.0], [5.0, null], [10.0, 0.001], [11.0, -1.0]] }],
        });
        let text = super::draw(&figure, 70);
        for part in ["T\n", "1e3", "1e-3", "step", "loss", "down", "10.0"] {
            assert!(text.contains(part), "{part} not in\n{text}");
        }
        assert!(text.lines().all(|line| line.chars().count() <= 70));
    }

    #[test]
    fn an_empty_figure_is_drawn_empty() {
        let text = super::draw(&json!({ "title": "E", "series": [] }), 40);
        assert!(text.starts_with("E\n"));
    }
}
