//! Passes on what arrived.
//!
//! rejected by: one row for all
//! says: the gradient of a table has the shape of the table

pub fn broadcast_gradient(dy: &[Vec<f64>], _: [usize; 2]) -> Vec<Vec<f64>> {
    dy.to_vec()
}
