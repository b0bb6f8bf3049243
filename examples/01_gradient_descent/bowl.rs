//! Three walks on L(w) = (w₁² + 10 w₂²)/2, whose curvatures are 1 and 10: 2/λmax = 0.2,
//! and the best rate is 2/(10 + 1).

use gradus::gradient_descent::step;
use gradus::report::{Figure, Run};
use std::f64::consts::TAU;

pub fn walk(run: &mut Run) {
    let mut figure = Figure::new("Three walks in one bowl").x("w₁").y("w₂").equal_axes();
    for level in [2.0f64, 12.0, 30.0, 56.0] {
        let (long, short) = ((2.0 * level).sqrt(), (level / 5.0).sqrt());
        let ring = (0..=120).map(|k| TAU * f64::from(k) / 120.0);
        let ring: Vec<_> = ring.map(|t| (long * t.cos(), short * t.sin())).collect();
        figure = figure.guide(&ring);
    }
    for (name, rate) in [("0.02", 0.02), ("0.1", 0.1), ("2/11", 2.0 / 11.0)] {
        let mut w = [-9.0, 2.5];
        let mut path = vec![(w[0], w[1])];
        for _ in 0..25 {
            let gradient = [w[0], 10.0 * w[1]];
            step(&mut w, &gradient, rate);
            path.push((w[0], w[1]));
        }
        let loss = (w[0] * w[0] + 10.0 * w[1] * w[1]) / 2.0;
        run.number(&format!("bowl.{name}"), loss, 4);
        figure = figure.line(&format!("η = {name}"), &path);
    }
    run.figure("bowl", figure);
}
