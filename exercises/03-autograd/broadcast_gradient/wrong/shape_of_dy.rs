//! Makes as many columns as dy has, and forgets the row that nothing used.
//!
//! rejected by: no rows, no columns
//! says: zeros, in the shape of the table

pub fn broadcast_gradient(dy: &[Vec<f64>], shape: [usize; 2]) -> Vec<Vec<f64>> {
    let [rows, columns] = shape;
    let mut dx = vec![];
    for (i, row) in dy.iter().enumerate() {
        let row = if columns == 1 { vec![row.iter().sum()] } else { row.clone() };
        if i == 0 || rows > 1 {
            dx.push(row);
        } else {
            dx[0] = row.iter().zip(&dx[0]).map(|(a, b): (&f64, &f64)| a + b).collect();
        }
    }
    dx
}
