//! The solution of `broadcast_gradient`.

/// `dy`, summed over the copies that broadcasting made of a table of this shape.
pub fn broadcast_gradient(dy: &[Vec<f64>], shape: [usize; 2]) -> Vec<Vec<f64>> {
    // gradus: solution
    let [rows, columns] = shape;
    let mut dx = vec![vec![0.0; columns]; rows];
    for (i, row) in dy.iter().enumerate() {
        for (j, dy) in row.iter().enumerate() {
            dx[if rows == 1 { 0 } else { i }][if columns == 1 { 0 } else { j }] += dy;
        }
    }
    dx
    // gradus: skeleton
    // todo!("add every number of dy to the element that it belongs to")
    // gradus: end
}
