//! A figure as HTML: title and legend as text, the plot as an SVG that scales with the page.
//!
//! Colours come from the theme ([`crate::ink`]). A series is told apart by its colour and by its marker, so
//! that the figure can be read without colour. Legend and title are HTML: they wrap on a narrow screen, and
//! keep the size of text.

use crate::axis::Axis;
use crate::ink::{self, Ink};
use crate::results::{Figure, Series, Style};
use crate::slots::escape;
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Plotters counts in whole pixels; ten of them to a unit of the SVG keep curves smooth.
const FINE: i32 = 10;
const WIDTH: i32 = 560;
const HEIGHT: i32 = 330;
/// Room above (the vertical axis' name), right, and below (numbers and the horizontal axis' name).
const ABOVE: i32 = 34;
const RIGHT: i32 = 16;
const BELOW: i32 = 58;
/// Room for one character beside the vertical axis, at the size that narrow screens use.
const CHARACTER: i32 = 10;
const TEXT: i32 = 13;
const LINE: u32 = 22;
const MARKER: f64 = 45.0;
const DASH: &str = "70 50";

type Point = (i32, i32);
type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

/// Title, legend and plot, without a blank line.
pub fn html(figure: &Figure) -> String {
    let mut html = format!("<p class=\"chart-title\">{}</p>\n", escape(&figure.title));
    let named = || figure.series.iter().filter(|series| series.style != Style::Guide);
    if named().count() > 1 {
        let entry = |(index, series): (usize, &Series)| {
            format!("<li>{}{}</li>", swatch(index, series.style), escape(&series.name))
        };
        html +=
            &format!("<ul class=\"legend\">{}</ul>\n", named().enumerate().map(entry).collect::<String>());
    }
    html + &plot(figure)
}

fn plot(figure: &Figure) -> String {
    let coordinates = figure.series.iter().flat_map(|series| &series.points);
    let mut x = Axis::over(figure.x.scale, coordinates.clone().filter_map(|point| point.0));
    let mut y = Axis::over(figure.y.scale, coordinates.filter_map(|point| point.1));
    let names = y.ticks().into_iter().map(|tick| tick.label.chars().count() as i32);
    let left = 16 + CHARACTER * names.max().unwrap_or(1).max(3);
    let width = WIDTH - left - RIGHT;
    let mut height = HEIGHT - ABOVE - BELOW;
    if figure.equal_axes {
        height = equalise(&mut x, &mut y, width);
    }
    let full = (WIDTH, height + ABOVE + BELOW);
    let label = format!("{}. {} against {}", figure.title, figure.y.label, figure.x.label);
    let svg = draw(full, |root| {
        let frame = root.clone().shrink((left * FINE, ABOVE * FINE), (width * FINE, height * FINE));
        let chart = ChartBuilder::on(&frame).build_cartesian_2d(x.range.0..x.range.1, y.range.0..y.range.1);
        let chart = chart.expect("the frame is larger than nothing");
        let place = |point: (f64, f64)| chart.backend_coord(&point);
        draw_axes(root, figure, (&x, &y), &place);
        let drawn = |series: &Series| -> Vec<Vec<Point>> {
            let pieces = pieces(series, &x, &y);
            pieces.iter().map(|piece| thin(piece).into_iter().map(place).collect()).collect()
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
    });
    opened(&svg, full, &format!("role=\"img\" aria-label=\"{}\"", escape(&label)))
}

/// Makes a unit equally long on both axes by the height (returned), or else by widening a range.
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

fn draw_axes(root: &Area, figure: &Figure, (x, y): (&Axis, &Axis), place: &impl Fn((f64, f64)) -> Point) {
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
    write(root, &figure.x.label, ((left + right) / 2, bottom + 34 * unit), HPos::Center, VPos::Top);
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

fn draw_series(root: &Area, index: usize, style: Style, pieces: &[Vec<Point>], markers: Markers) {
    let ink = if style == Style::Dashed { Ink::Dashed(index) } else { Ink::Series(index) };
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

/// The points that stand clear of the one before.
fn apart(piece: &[Point]) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::new();
    for point in piece {
        let clear =
            |last: &Point| f64::from(point.0 - last.0).hypot(f64::from(point.1 - last.1)) > 1.5 * MARKER;
        if kept.last().is_none_or(clear) {
            kept.push(*point);
        }
    }
    kept
}

/// Places at even distances along a line. Series begin at different distances, so that lines that coincide
/// still show all their markers.
fn spaced(piece: &[Point], index: usize) -> Vec<Point> {
    let spacing = 1100.0;
    let mut places = Vec::new();
    let mut next = 150.0 + spacing * (index as f64 * 0.37).fract();
    let mut travelled = 0.0;
    for pair in piece.windows(2) {
        let (dx, dy) = (f64::from(pair[1].0 - pair[0].0), f64::from(pair[1].1 - pair[0].1));
        let length = dx.hypot(dy);
        while length > 0.0 && travelled + length >= next {
            let part = (next - travelled) / length;
            places.push((pair[0].0 + (dx * part) as i32, pair[0].1 + (dy * part) as i32));
            next += spacing;
        }
        travelled += length;
    }
    places
}

/// The series' points in drawn coordinates, cut where one has no place.
fn pieces(series: &Series, x: &Axis, y: &Axis) -> Vec<Vec<(f64, f64)>> {
    let drawn = series.points.iter().map(|point| Some((x.draw(point.0?)?, y.draw(point.1?)?)));
    let drawn: Vec<_> = drawn.collect();
    let pieces = drawn.split(Option::is_none).filter(|piece| !piece.is_empty());
    pieces.map(|piece| piece.iter().flatten().copied().collect()).collect()
}

/// At most 2000 points: of each stretch the first, the lowest and the highest, so that no spike is lost.
fn thin(points: &[(f64, f64)]) -> Vec<(f64, f64)> {
    const MOST: usize = 2000;
    if points.len() <= MOST {
        return points.to_vec();
    }
    let stretch = points.len().div_ceil(MOST / 3);
    let keep = |part: &[(f64, f64)]| {
        let by_height = |a: &usize, b: &usize| part[*a].1.total_cmp(&part[*b].1);
        let lowest = (0..part.len()).min_by(by_height).unwrap_or(0);
        let highest = (0..part.len()).max_by(by_height).unwrap_or(0);
        let mut kept = vec![0, lowest, highest];
        kept.sort_unstable();
        kept.dedup();
        kept.into_iter().map(|index| part[index]).collect::<Vec<_>>()
    };
    let mut kept: Vec<_> = points[..points.len() - 1].chunks(stretch).flat_map(keep).collect();
    kept.extend(points.last());
    kept
}

/// A small picture of how a series is drawn, for the legend.
fn swatch(index: usize, style: Style) -> String {
    let size = (36, 12);
    let svg = draw(size, |root| {
        if style != Style::Points {
            let line = vec![(2 * FINE, 6 * FINE), (34 * FINE, 6 * FINE)];
            draw_series(root, index, style, &[line], Markers::None);
        }
        mark(root, index, (18 * FINE, 6 * FINE));
    });
    opened(&svg, size, "aria-hidden=\"true\"")
}

fn draw(size: (i32, i32), drawing: impl FnOnce(&Area)) -> String {
    let mut svg = String::new();
    let root = SVGBackend::with_string(&mut svg, ((size.0 * FINE) as u32, (size.1 * FINE) as u32))
        .into_drawing_area();
    drawing(&root);
    root.present().expect("writing into a string succeeds");
    drop(root);
    ink::apply(&svg, DASH)
}

/// The drawing with our own attributes on its root: a view box, so that the page decides the size.
fn opened(svg: &str, size: (i32, i32), attributes: &str) -> String {
    let body = svg.split_once('>').map_or("", |(_, body)| body).trim();
    format!("<svg viewBox=\"0 0 {} {}\" {attributes}>\n{body}", size.0 * FINE, size.1 * FINE)
}

fn stroke(root: &Area, points: &[Point], ink: Ink, width: u32) {
    let style = ink.sentinel().stroke_width(width);
    root.draw(&PathElement::new(points.to_vec(), style)).expect("writing into a string succeeds");
}

fn write(root: &Area, text: &str, at: Point, horizontal: HPos, vertical: VPos) {
    let size = f64::from(TEXT * FINE) * 1.24; // Plotters divides by this.
    let colour = Ink::Text.sentinel();
    let style = TextStyle::from(("inherit", size).into_font()).color(&colour);
    root.draw_text(text, &style.pos(Pos::new(horizontal, vertical)), at)
        .expect("writing into a string succeeds");
}

/// The marker of a series: a circle, or a polygon with its corners at these angles and distances.
fn mark(root: &Area, index: usize, at: Point) {
    let fill = Ink::Series(index).sentinel().filled();
    let polygon = |corners: usize, turn: f64, size: f64| -> Vec<Point> {
        let corner = |n: usize| {
            let angle = std::f64::consts::TAU * (n as f64 / corners as f64 + turn);
            (at.0 + (angle.cos() * size) as i32, at.1 + (angle.sin() * size) as i32)
        };
        (0..corners).map(corner).collect()
    };
    let corners = match index % ink::COLOURS {
        0 => {
            root.draw(&Circle::new(at, (MARKER * 0.85) as i32, fill))
                .expect("writing into a string succeeds");
            return;
        }
        1 => polygon(4, 0.125, MARKER * 1.1),
        2 => polygon(3, 0.75, MARKER * 1.2),
        3 => polygon(4, 0.0, MARKER * 1.2),
        4 => polygon(3, 0.25, MARKER * 1.2),
        5 => polygon(5, 0.75, MARKER * 1.1),
        _ => polygon(6, 0.0, MARKER),
    };
    root.draw(&Polygon::new(corners, fill)).expect("writing into a string succeeds");
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::results::{self, Scale};

    type Sample<'a> = (&'a str, Style, &'a [(f64, f64)]);

    fn figure(series: &[Sample]) -> Figure {
        let axis = |label: &str| results::Axis { label: label.into(), scale: Scale::Linear };
        let point = |point: &(f64, f64)| {
            (Some(point.0).filter(|v| v.is_finite()), Some(point.1).filter(|v| v.is_finite()))
        };
        let one = |(name, style, points): &Sample| Series {
            name: (*name).into(),
            style: *style,
            points: points.iter().map(point).collect(),
        };
        let series = series.iter().map(one).collect();
        Figure { title: "A < B".into(), x: axis("step"), y: axis("loss"), equal_axes: false, series }
    }

    #[test]
    fn a_figure_has_the_themes_colours_and_no_others() {
        let lines: &[(f64, f64)] = &[(0.0, 1.0), (1.0, 2.0)];
        let html = html(&figure(&[
            ("a & b", Style::Line, lines),
            ("c", Style::Dashed, lines),
            ("d", Style::Points, lines),
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
        let lines: &[(f64, f64)] = &[(0.0, 1.0), (1.0, 2.0)];
        let html = html(&figure(&[("level", Style::Guide, lines), ("walk", Style::Line, lines)]));
        assert!(!html.contains("level") && !html.contains("legend"), "{html}");
        assert!(html.contains("var(--series-1)") && !html.contains("var(--series-2)"), "{html}");
    }

    #[test]
    fn a_point_that_is_not_finite_breaks_the_line() {
        let (x, y) =
            (Axis { scale: Scale::Linear, range: (0.0, 4.0) }, Axis { scale: Scale::Log, range: (0.0, 1.0) });
        let points = [(0.0, 1.0), (1.0, 2.0), (2.0, f64::NAN), (3.0, 4.0), (4.0, -1.0)];
        let figure = figure(&[("a", Style::Line, &points)]);
        let pieces = pieces(&figure.series[0], &x, &y);
        assert_eq!(pieces.iter().map(Vec::len).collect::<Vec<_>>(), [2, 1]);
        assert_eq!(pieces[1], [(3.0, 4f64.log10())]);
    }

    #[test]
    fn thinning_keeps_ends_and_spikes() {
        let mut points: Vec<(f64, f64)> = (0..100_000).map(|i| (f64::from(i), 0.0)).collect();
        points[54_321].1 = 9.0;
        points[12_345].1 = -9.0;
        let thinned = thin(&points);
        assert!(thinned.len() <= 2000, "{}", thinned.len());
        assert!(thinned.contains(&(54_321.0, 9.0)) && thinned.contains(&(12_345.0, -9.0)));
        assert_eq!((thinned[0], thinned[thinned.len() - 1]), (points[0], points[99_999]));
        assert!(thinned.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert_eq!(thin(&points[..2000]).len(), 2000);
    }

    #[test]
    fn equal_axes_have_equal_units() {
        for (x, y) in [((0.0, 1.0), (0.0, 100.0)), ((0.0, 100.0), (0.0, 1.0)), ((-1.0, 1.0), (-0.5, 0.5))] {
            let axis = |range| Axis { scale: Scale::Linear, range };
            let (mut x, mut y) = (axis(x), axis(y));
            let height = equalise(&mut x, &mut y, 500);
            let (across, up) = (500.0 / (x.range.1 - x.range.0), f64::from(height) / (y.range.1 - y.range.0));
            assert!((across / up - 1.0).abs() < 0.01, "{across} {up}");
        }
    }
}
