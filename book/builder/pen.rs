//! Strokes, text and markers on a drawing, in the inks that the theme decides.

use crate::ink::{self, Ink};
use plotters::prelude::*;
use plotters::style::text_anchor::{HPos, Pos, VPos};

/// Plotters counts in whole pixels; ten of them to a unit of the SVG keep curves smooth.
pub const FINE: i32 = 10;
/// The radius of a marker.
pub const MARKER: f64 = 45.0;
const TEXT: i32 = 13;
const DASH: &str = "70 50";

/// A place on a drawing, in fine pixels.
pub type Point = (i32, i32);
/// A drawing, or a part of one.
pub type Area<'a> = DrawingArea<SVGBackend<'a>, plotters::coord::Shift>;

/// A drawing of `size` units as an SVG element with these attributes. It has a view box
/// and no size, so that the page decides how large it is.
pub fn svg(size: (i32, i32), attributes: &str, drawing: impl FnOnce(&Area)) -> String {
    let (width, height) = (size.0 * FINE, size.1 * FINE);
    let mut svg = String::new();
    let root = SVGBackend::with_string(&mut svg, (width as u32, height as u32))
        .into_drawing_area();
    drawing(&root);
    root.present().expect("writing into a string succeeds");
    drop(root);
    let body = svg.split_once('>').map_or("", |(_, body)| body).trim();
    format!(
        "<svg viewBox=\"0 0 {width} {height}\" {attributes}>\n{}",
        ink::apply(body, DASH)
    )
}

/// A line through points.
pub fn stroke(root: &Area, points: &[Point], ink: Ink, width: u32) {
    let style = ink.sentinel().stroke_width(width);
    root.draw(&PathElement::new(points.to_vec(), style))
        .expect("writing into a string succeeds");
}

/// A text whose left, middle or right, and top, middle or bottom, stands at a place.
pub fn write(root: &Area, text: &str, at: Point, horizontal: HPos, vertical: VPos) {
    let size = f64::from(TEXT * FINE) * 1.24; // Plotters divides by this.
    let colour = Ink::Text.sentinel();
    let style = TextStyle::from(("inherit", size).into_font()).color(&colour);
    root.draw_text(text, &style.pos(Pos::new(horizontal, vertical)), at)
        .expect("writing into a string succeeds");
}

/// The marker of a series: a circle, or a polygon with its corners at these angles and
/// distances.
pub fn mark(root: &Area, index: usize, at: Point) {
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
