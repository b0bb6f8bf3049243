//! Lets a node wait for all that use it, also for those that do not lead to the loss.
//!
//! rejected by: a loss that is not the last node
//! says: not every node that uses it leads to the loss

pub fn backward_walk(inputs: &[Vec<(usize, f64)>], loss: usize) -> Vec<f64> {
    let mut missing = vec![0; inputs.len()];
    for &(input, _) in inputs.iter().flatten() {
        missing[input] += 1;
    }
    let mut gradients = vec![0.0; inputs.len()];
    gradients[loss] = 1.0;
    let mut ready = vec![loss];
    while let Some(node) = ready.pop() {
        for &(input, slope) in &inputs[node] {
            gradients[input] += gradients[node] * slope;
            missing[input] -= 1;
            if missing[input] == 0 {
                ready.push(input);
            }
        }
    }
    gradients
}
