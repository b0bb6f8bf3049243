//! Begins at the last node, whatever the loss is.
//!
//! rejected by: a loss that is not the last node
//! says: the walk begins at `loss`

pub fn backward_walk(inputs: &[Vec<(usize, f64)>], _: usize) -> Vec<f64> {
    let mut gradients = vec![0.0; inputs.len()];
    gradients[inputs.len() - 1] = 1.0;
    for node in (0..inputs.len()).rev() {
        for &(input, slope) in &inputs[node] {
            gradients[input] += gradients[node] * slope;
        }
    }
    gradients
}
