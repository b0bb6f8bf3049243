//! Writes = where += belongs.
//!
//! rejected by: one row for all
//! says: is something overwritten

pub fn broadcast_gradient(dy: &[Vec<f64>], shape: [usize; 2]) -> Vec<Vec<f64>> {
    let [rows, columns] = shape;
    let mut dx = vec![vec![0.0; columns]; rows];
    for (i, row) in dy.iter().enumerate() {
        for (j, value) in row.iter().enumerate() {
            dx[i % rows][j % columns] = *value;
        }
    }
    dx
}
