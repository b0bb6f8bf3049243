//! Takes the mean of the copies.
//!
//! rejected by: one row for all
//! says: the copies all count, so their gradients are added

pub fn broadcast_gradient(dy: &[Vec<f64>], shape: [usize; 2]) -> Vec<Vec<f64>> {
    let [rows, columns] = shape;
    let mut dx = vec![vec![0.0; columns]; rows];
    for (i, row) in dy.iter().enumerate() {
        for (j, value) in row.iter().enumerate() {
            let copies = dy.len() * row.len() / (rows * columns);
            dx[i % rows][j % columns] += value / copies as f64;
        }
    }
    dx
}
