//! Sums the rows, or else the columns, but never both.
//!
//! rejected by: one number for all
//! says: only one of them is summed

pub fn broadcast_gradient(dy: &[Vec<f64>], shape: [usize; 2]) -> Vec<Vec<f64>> {
    let [rows, columns] = shape;
    if rows == 1 && dy.len() != 1 {
        let width = dy.first().map_or(columns, Vec::len);
        vec![(0..width).map(|j| dy.iter().map(|row| row[j]).sum()).collect()]
    } else if columns == 1 {
        dy.iter().map(|row| vec![row.iter().sum()]).collect()
    } else {
        dy.to_vec()
    }
}
