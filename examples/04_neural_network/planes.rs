//! Points in a plane, and where a model is undecided among them.

use crate::classifier::Rows;
use crate::support::Table;
use gradus::autograd::Tensor;
use gradus::neural_network::{Context, Mlp};
use gradus::random::{Generator, normal, uniform};
use gradus::report::{Align, Drawing, Tint};
use std::f64::consts::PI;

/// How far the drawn plane reaches from 0, in each direction.
const REACH: f64 = 3.4;
/// How many of the points are drawn.
const SHOWN: usize = 150;
/// How wide it is drawn.
const SIDE: f64 = 178.0;

/// Two classes by turns, around the circles of radius 1 and 2.5.
pub fn rings(n: usize, random: &mut Generator) -> Rows {
    points(n, |class| {
        let radius = 1.0 + 1.5 * class + 0.2 * normal(random);
        (radius, 2.0 * PI * uniform(random))
    })
}

/// Two classes by turns, on the arms of a spiral that winds so often around 0.
pub fn spirals(n: usize, turns: f64, random: &mut Generator) -> Rows {
    points(n, |class| {
        let along = uniform(random).sqrt();
        let angle = 2.0 * PI * turns * along + PI * class;
        (3.0 * along + 0.08 * normal(random), angle)
    })
}

/// Radius and angle of each point, from its class.
fn points(n: usize, mut draw: impl FnMut(f64) -> (f64, f64)) -> Rows {
    let targets: Vec<f64> = (0..n).map(|row| (row % 2) as f64).collect();
    let inputs = targets.iter().map(|class| {
        let (radius, angle) = draw(*class);
        vec![radius * angle.cos(), radius * angle.sin()]
    });
    Rows::new(&Table { inputs: inputs.collect(), targets })
}

/// The drawing with one more plane: the points, and lines in it.
pub fn plane(
    mut drawing: Drawing,
    place: usize,
    title: &str,
    rows: &Rows,
    lines: &[(Vec<(f64, f64)>, Tint)],
) -> Drawing {
    let left = place as f64 * (SIDE + 10.0);
    let at = |(x, y): (f64, f64)| {
        let across = left + (x + REACH) / (2.0 * REACH) * SIDE;
        let down = 24.0 + (REACH - y) / (2.0 * REACH) * SIDE;
        ((10.0 * across).round() / 10.0, (10.0 * down).round() / 10.0)
    };
    drawing = drawing.word((left + SIDE / 2.0, 14.0), title, Align::Centre);
    for (point, class) in rows.x.to_vec().chunks(2).zip(rows.classes.to_vec()).take(SHOWN)
    {
        let (x, y) = at((f64::from(point[0]), f64::from(point[1])));
        // Two shapes, so that the classes can be told apart without colour.
        let size = if class == 0 { (4.0, 4.0) } else { (7.0, 2.0) };
        let corner = (x - 0.5 * size.0, y - 0.5 * size.1);
        drawing = drawing.cell(corner, size, "", Tint::Series(class as usize));
    }
    for (line, tint) in lines {
        let line: Vec<_> = line.iter().map(|point| at(*point)).collect();
        drawing = drawing.line(&line, *tint);
    }
    drawing
}

/// Where both classes have the same logit, as short pieces: each square of a fine grid is
/// cut where the difference changes its sign along its sides.
pub fn border(model: &Mlp<f32>) -> Vec<Vec<(f64, f64)>> {
    const CELLS: usize = 68;
    let place = |i: usize| REACH * (2.0 * i as f64 / CELLS as f64 - 1.0);
    let corners = (0..=CELLS).flat_map(|i| (0..=CELLS).map(move |j| (i, j)));
    let x: Vec<f32> =
        corners.flat_map(|(i, j)| [place(i) as f32, place(j) as f32]).collect();
    let x = Tensor::new(x, &[(CELLS + 1) * (CELLS + 1), 2]);
    let logits = model.forward(&x, &mut Context::evaluation()).to_vec();
    let gap: Vec<f64> = logits.chunks(2).map(|z| f64::from(z[1] - z[0])).collect();
    let at = |(i, j): (usize, usize)| gap[i * (CELLS + 1) + j];
    let mut pieces = Vec::new();
    for (i, j) in (0..CELLS).flat_map(|i| (0..CELLS).map(move |j| (i, j))) {
        let around = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1), (i, j)];
        let cuts: Vec<(f64, f64)> = around
            .windows(2)
            .filter(|side| (at(side[0]) > 0.0) != (at(side[1]) > 0.0))
            .map(|side| {
                let part = at(side[0]) / (at(side[0]) - at(side[1]));
                let between =
                    |a: usize, b: usize| place(a) + part * (place(b) - place(a));
                (between(side[0].0, side[1].0), between(side[0].1, side[1].1))
            })
            .collect();
        pieces.extend(cuts.chunks_exact(2).map(<[_]>::to_vec));
    }
    joined(pieces)
}

/// Pieces that meet become one line.
fn joined(mut pieces: Vec<Vec<(f64, f64)>>) -> Vec<Vec<(f64, f64)>> {
    let meet = |a: (f64, f64), b: (f64, f64)| (a.0 - b.0).hypot(a.1 - b.1) < 1e-9;
    let mut lines = Vec::new();
    while let Some(mut line) = pieces.pop() {
        loop {
            let (first, last) = (line[0], line[line.len() - 1]);
            let next = pieces.iter().position(|piece| {
                [piece[0], piece[1]]
                    .iter()
                    .any(|end| meet(*end, first) || meet(*end, last))
            });
            let Some(next) = next else { break };
            let piece = pieces.swap_remove(next);
            match piece[..] {
                [a, b] if meet(a, last) => line.push(b),
                [a, b] if meet(b, last) => line.push(a),
                [a, b] if meet(a, first) => line.insert(0, b),
                [a, _] => line.insert(0, a),
                _ => unreachable!("a piece has two ends"),
            }
        }
        lines.push(line);
    }
    lines
}

/// The part inside the drawn plane of the line where w · x + b = 0, if there is one.
pub fn bend(w: [f64; 2], b: f64) -> Option<Vec<(f64, f64)>> {
    let inside = |(x, y): &(f64, f64)| x.abs() <= REACH + 1e-9 && y.abs() <= REACH + 1e-9;
    let sides = [-REACH, REACH].into_iter().flat_map(|edge| {
        [(edge, -(w[0] * edge + b) / w[1]), (-(w[1] * edge + b) / w[0], edge)]
    });
    let ends: Vec<_> = sides.filter(inside).collect();
    (ends.len() >= 2).then(|| ends[..2].to_vec())
}
