//! Draws one mask and uses it for every row.
//!
//! rejected by: each by a draw of its own
//! says: every row drops the same columns

use gradus::random::{Generator, uniform};

pub fn dropout(
    x: &[Vec<f64>],
    p: f64,
    training: bool,
    random: &mut Generator,
) -> Vec<Vec<f64>> {
    if !training || x.is_empty() {
        return x.to_vec();
    }
    let dropped: Vec<bool> = x[0].iter().map(|_| uniform(random) < p).collect();
    let row = |row: &Vec<f64>| {
        let pairs = row.iter().zip(&dropped);
        pairs.map(|(x, dropped)| if *dropped { 0.0 } else { x / (1.0 - p) }).collect()
    };
    x.iter().map(row).collect()
}
