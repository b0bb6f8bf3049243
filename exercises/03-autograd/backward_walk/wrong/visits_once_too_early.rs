//! Visits a node once, but as soon as it is met.
//!
//! rejected by: a shared node that is no leaf
//! says: before its second message had come

pub fn backward_walk(inputs: &[Vec<(usize, f64)>], loss: usize) -> Vec<f64> {
    let mut gradients = vec![0.0; inputs.len()];
    gradients[loss] = 1.0;
    let mut seen = vec![false; inputs.len()];
    let mut waiting = vec![loss];
    while let Some(node) = waiting.pop() {
        if std::mem::replace(&mut seen[node], true) {
            continue;
        }
        for &(input, slope) in &inputs[node] {
            gradients[input] += gradients[node] * slope;
            waiting.push(input);
        }
    }
    gradients
}
