//! Walks from the leaves to the loss.
//!
//! rejected by: a chain
//! says: from the loss backwards

pub fn backward_walk(inputs: &[Vec<(usize, f64)>], loss: usize) -> Vec<f64> {
    let mut gradients = vec![0.0; inputs.len()];
    gradients[loss] = 1.0;
    for node in 0..=loss {
        for &(input, slope) in &inputs[node] {
            gradients[input] += gradients[node] * slope;
        }
    }
    gradients
}
