//! Follows every path from the loss to its end.
//!
//! rejected by: sixty diamonds in a row
//! says: only then sends, once

pub fn backward_walk(inputs: &[Vec<(usize, f64)>], loss: usize) -> Vec<f64> {
    let mut gradients = vec![0.0; inputs.len()];
    let mut messages = vec![(loss, 1.0)];
    while let Some((node, message)) = messages.pop() {
        gradients[node] += message;
        for &(input, slope) in &inputs[node] {
            messages.push((input, message * slope));
        }
    }
    gradients
}
