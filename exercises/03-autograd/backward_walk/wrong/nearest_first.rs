//! Lets the nodes send in the order of their distance from the loss.
//!
//! rejected by: paths of unequal length
//! says: how near a node is to the loss is not the order

use std::collections::VecDeque;

pub fn backward_walk(inputs: &[Vec<(usize, f64)>], loss: usize) -> Vec<f64> {
    let mut gradients = vec![0.0; inputs.len()];
    gradients[loss] = 1.0;
    let mut met = vec![false; inputs.len()];
    let mut waiting = VecDeque::from([loss]);
    while let Some(node) = waiting.pop_front() {
        for &(input, slope) in &inputs[node] {
            gradients[input] += gradients[node] * slope;
            if !std::mem::replace(&mut met[input], true) {
                waiting.push_back(input);
            }
        }
    }
    gradients
}
