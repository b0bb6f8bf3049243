//! Lets a node send all it has, whenever something arrives.
//!
//! rejected by: a shared node that is no leaf
//! says: visit it once, when everything has arrived

pub fn backward_walk(inputs: &[Vec<(usize, f64)>], loss: usize) -> Vec<f64> {
    let mut gradients = vec![0.0; inputs.len()];
    gradients[loss] = 1.0;
    let mut waiting = vec![loss];
    while let Some(node) = waiting.pop() {
        for &(input, slope) in &inputs[node] {
            gradients[input] += gradients[node] * slope;
            waiting.push(input);
        }
    }
    gradients
}
