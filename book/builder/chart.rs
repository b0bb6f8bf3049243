//! A figure as HTML: title and legend as text, the plot as an SVG that scales with the
//! page.
//!
//! Colours come from the theme ([`crate::ink`]). A series is told apart by its colour and
//! by its marker, so that the figure can be read without colour. Legend and title are
//! HTML: they wrap on a narrow screen, and keep the size of text.

use crate::axis::Axis;
use crate::curve::{apart, pieces, spaced, thin};
use crate::ink::Ink;
use crate::pen::{self, Area, FINE, Point, mark, stroke, write};
use crate::results::{Figure, Series, Style};
use crate::slots::escape;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, VPos};

const WIDTH: i32 = 560;
const HEIGHT: i32 = 330;
/// Room above (the vertical axis' name), right, and below (numbers and the horizontal
/// axis' name).
const ABOVE: i32 = 34;
const RIGHT: i32 = 16;
const BELOW: i32 = 58;
/// Room for one character beside the vertical axis, at the size that narrow screens use.
const CHARACTER: i32 = 10;
const LINE: u32 = 22;

/// Title, legend and plot, without a blank line.
pub fn html(figure: &Figure) -> String {
    let mut html = format!("<p class=\"chart-title\">{}</p>\n", escape(&figure.title));
    let named = || figure.series.iter().filter(|series| series.style != Style::Guide);
    if named().count() > 1 {
        let entry = |(index, series): (usize, &Series)| {
            format!("<li>{}{}</li>", swatch(index, series.style), escape(&series.name))
        };
        html += &format!(
            "<ul class=\"legend\">{}</ul>\n",
            named().enumerate().map(entry).collect::<String>()
        );
    }
    html + &plot(figure)
}

fn plot(figure: &Figure) -> String {
    let coordinates = figure.series.iter().flat_map(|series| &series.points);
    let mut x =
        Axis::over(figure.x.scale, coordinates.clone().filter_map(|point| point.0));
    let mut y = Axis::over(figure.y.scale, coordinates.filter_map(|point| point.1));
    let names = y.ticks().into_iter().map(|tick| tick.label.chars().count() as i32);
    let left = 16 + CHARACTER * names.max().unwrap_or(1).max(3);
    let width = WIDTH - left - RIGHT;
    let mut height = HEIGHT - ABOVE - BELOW;
    if figure.equal_axes {
        height = equalise(&mut x, &mut y, width);
    }
    let full = (WIDTH, height + ABOVE + BELOW);
    let label =
        format!("{}. {} against {}", figure.title, figure.y.label, figure.x.label);
    pen::svg(full, &format!("role=\"img\" aria-label=\"{}\"", escape(&label)), |root| {
        let frame = root
            .clone()
            .shrink((left * FINE, ABOVE * FINE), (width * FINE, height * FINE));
        let chart = ChartBuilder::on(&frame)
            .build_cartesian_2d(x.range.0..x.range.1, y.range.0..y.range.1);
        let chart = chart.expect("the frame is larger than nothing");
        let place = |point: (f64, f64)| chart.backend_coord(&point);
        draw_axes(root, figure, (&x, &y), &place);
        let drawn = |series: &Series| -> Vec<Vec<Point>> {
            let pieces = pieces(series, &x, &y);
            pieces
                .iter()
                .map(|piece| thin(piece).into_iter().map(place).collect())
                .collect()
        };
        let (guides, named): (Vec<_>, Vec<_>) =
            figure.series.iter().partition(|series| series.style == Style::Guide);
        for piece in guides.iter().flat_map(|series| drawn(series)) {
            stroke(root, &piece, Ink::Axis, 8);
        }
        for (index, series) in named.iter().enumerate() {
            let pieces = drawn(series);
            let markers = match (figure.equal_axes, named.len()) {
                (true, _) => Markers::AtPoints,
                (false, 1) => Markers::None,
                (false, _) => Markers::Spaced,
            };
            draw_series(root, index, series.style, &pieces, markers);
        }
    })
}

/// Makes a unit equally long on both axes by the height (returned), or else by widening a
/// range.
fn equalise(x: &mut Axis, y: &mut Axis, width: i32) -> i32 {
    let span = |axis: &Axis| axis.range.1 - axis.range.0;
    let height = (f64::from(width) * span(y) / span(x)).clamp(160.0, 460.0);
    let unit = (span(x) / f64::from(width)).max(span(y) / height);
    for (axis, length) in [(x, f64::from(width)), (y, height)] {
        let more = (unit * length - span(axis)) / 2.0;
        axis.range = (axis.range.0 - more, axis.range.1 + more);
    }
    height as i32
}

fn draw_axes(
    root: &Area,
    figure: &Figure,
    (x, y): (&Axis, &Axis),
    place: &impl Fn((f64, f64)) -> Point,
) {
    let (left, bottom) = place((x.range.0, y.range.0));
    let (right, top) = place((x.range.1, y.range.1));
    let unit = FINE;
    for tick in x.ticks() {
        let (at, _) = place((tick.at, y.range.0));
        stroke(root, &[(at, bottom), (at, top)], Ink::Grid, 8);
        write(root, &tick.label, (at, bottom + 8 * unit), HPos::Center, VPos::Top);
    }
    for tick in y.ticks() {
        let (_, at) = place((x.range.0, tick.at));
        stroke(root, &[(left, at), (right, at)], Ink::Grid, 8);
        write(root, &tick.label, (left - 8 * unit, at), HPos::Right, VPos::Center);
    }
    stroke(root, &[(left, top), (left, bottom), (right, bottom)], Ink::Axis, 12);
    write(root, &figure.y.label, (unit, 6 * unit), HPos::Left, VPos::Top);
    write(
        root,
        &figure.x.label,
        ((left + right) / 2, bottom + 34 * unit),
        HPos::Center,
        VPos::Top,
    );
}

/// Where a line carries markers.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Markers {
    /// Nowhere: there is no other line to tell it from.
    None,
    /// At its points, as far as they stand apart: on a map, a point is a step.
    AtPoints,
    /// At its points if they are few, otherwise at even distances.
    Spaced,
}

fn draw_series(
    root: &Area,
    index: usize,
    style: Style,
    pieces: &[Vec<Point>],
    markers: Markers,
) {
    let ink =
        if style == Style::Dashed { Ink::Dashed(index) } else { Ink::Series(index) };
    for piece in pieces {
        if style != Style::Points {
            stroke(root, piece, ink, LINE);
        }
        let places = match markers {
            _ if style == Style::Points || piece.len() == 1 => piece.clone(),
            Markers::None => Vec::new(),
            Markers::AtPoints => apart(piece),
            Markers::Spaced if piece.len() <= 12 => piece.clone(),
            Markers::Spaced => spaced(piece, index),
        };
        places.into_iter().for_each(|at| mark(root, index, at));
    }
}

/// A small picture of how a series is drawn, for the legend.
fn swatch(index: usize, style: Style) -> String {
    pen::svg((36, 12), "aria-hidden=\"true\"", |root| {
        if style != Style::Points {
            let line = vec![(2 * FINE, 6 * FINE), (34 * FINE, 6 * FINE)];
            draw_series(root, index, style, &[line], Markers::None);
        }
        mark(root, index, (18 * FINE, 6 * FINE));
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{self, Scale};

    fn figure(series: &[(&str, Style)]) -> Figure {
        let axis =
            |label: &str| results::Axis { label: label.into(), scale: Scale::Linear };
        let points = vec![(Some(0.0), Some(1.0)), (Some(1.0), Some(2.0))];
        let one = |(name, style): &(&str, Style)| Series {
            name: (*name).into(),
            style: *style,
            points: points.clone(),
        };
        let series = series.iter().map(one).collect();
        Figure {
            title: "A < B".into(),
            x: axis("step"),
            y: axis("loss"),
            equal_axes: false,
            series,
        }
    }

    #[test]
    fn a_figure_has_the_themes_colours_and_no_others() {
        let html = html(&figure(&[
            ("a & b", Style::Line),
            ("c", Style::Dashed),
            ("d", Style::Points),
        ]));
        assert!(
            html.contains("var(--series-1)")
                && html.contains("var(--series-2)")
                && html.contains("var(--fg)"),
            "{html}"
        );
        assert!(!html.contains("\"#"), "a fixed colour is left: {html}");
        assert!(!html.contains("\n\n"), "a blank line would end the HTML block");
        assert!(html.contains("role=\"img\" aria-label=\"A &lt; B. loss against step\""));
        assert!(html.contains("a &amp; b</li>") && html.contains("stroke-dasharray"));
    }

    #[test]
    fn a_guide_has_no_name_and_takes_no_colour_from_the_series() {
        let html = html(&figure(&[("level", Style::Guide), ("walk", Style::Line)]));
        assert!(!html.contains("level") && !html.contains("legend"), "{html}");
        assert!(
            html.contains("var(--series-1)") && !html.contains("var(--series-2)"),
            "{html}"
        );
    }

    #[test]
    fn equal_axes_have_equal_units() {
        for (x, y) in [
            ((0.0, 1.0), (0.0, 100.0)),
            ((0.0, 100.0), (0.0, 1.0)),
            ((-1.0, 1.0), (-0.5, 0.5)),
        ] {
            let axis = |range| Axis { scale: Scale::Linear, range };
            let (mut x, mut y) = (axis(x), axis(y));
            let height = equalise(&mut x, &mut y, 500);
            let (across, up) = (
                500.0 / (x.range.1 - x.range.0),
                f64::from(height) / (y.range.1 - y.range.0),
            );
            assert!((across / up - 1.0).abs() < 0.01, "{across} {up}");
        }
    }
}
