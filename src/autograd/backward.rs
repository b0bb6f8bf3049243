//! Reverse mode: from the loss back to the leaves, every node once.

use super::node::Node;
use super::tensor::TensorOf;
use crate::element::Real;
use crate::tensor::Array;
use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

/// The gradients of a loss with respect to the leaves of its graph.
pub struct Gradients<T: Real>(HashMap<u64, Array<T>>);

impl<T: Real> Gradients<T> {
    /// The gradient with respect to `leaf`; `None` if the loss does not depend on it.
    pub fn of(&self, leaf: &TensorOf<T>) -> Option<&Array<T>> {
        self.0.get(&leaf.node()?.id())
    }

    /// The same, taken out.
    pub fn take(&mut self, leaf: &TensorOf<T>) -> Option<Array<T>> {
        self.0.remove(&leaf.node()?.id())
    }
}

impl<T: Real> TensorOf<T> {
    // ANCHOR: backward
    /// The gradients of this loss, a single number, with respect to all leaves behind it.
    /// The graph is freed on the way, as far as nobody else holds it.
    ///
    /// # Panics
    /// When this is not a single number, or no gradient is wanted anywhere behind it.
    #[track_caller]
    pub fn backward(self) -> Gradients<T> {
        assert!(
            self.size() == 1,
            "backward: the loss must be a single number, and this has shape {:?}",
            self.shape()
        );
        let seed = Array::full(T::ONE, self.shape());
        self.backward_from(seed)
    }

    /// The gradients of Σ seed · self: `seed` is the gradient of some later loss with
    /// respect to this tensor.
    ///
    /// # Panics
    /// When the shapes differ, or no gradient is wanted anywhere behind this.
    #[track_caller]
    pub fn backward_from(self, seed: Array<T>) -> Gradients<T> {
        assert!(
            seed.shape() == self.shape(),
            "backward: the gradient has shape {:?}, the tensor {:?}",
            seed.shape(),
            self.shape()
        );
        let Some(last) = self.node().cloned() else {
            panic!(
                "backward: nothing behind this tensor wants a gradient: did you forget \
                 `tracked()`, or `detach()` too much?"
            );
        };
        drop(self);
        let mut leaves = HashMap::new();
        // What is still to be visited, with the gradient that has arrived so far. Nodes are
        // numbered as they are made, so the one with the largest number has no user left.
        let mut waiting = BTreeMap::from([(last.id(), (last, seed))]);
        while let Some((id, (node, dy))) = waiting.pop_last() {
            let Some(origin) = node.origin() else {
                leaves.insert(id, dy);
                continue;
            };
            let needs: Vec<bool> = origin.inputs.iter().map(Option::is_some).collect();
            let gradients = origin.op.backward(&dy, &needs);
            assert!(
                gradients.len() == needs.len(),
                "{} has {} inputs and returned {} gradients",
                origin.op.name(),
                needs.len(),
                gradients.len()
            );
            for (input, gradient) in origin.inputs.iter().zip(gradients) {
                if let Some(input) = input {
                    arrive(&mut waiting, input, gradient, origin.op.name());
                }
            }
        }
        Gradients(leaves)
    }
    // ANCHOR_END: backward
}

/// Adds what came back along one edge.
fn arrive<T: Real>(
    waiting: &mut BTreeMap<u64, (Arc<Node<T>>, Array<T>)>,
    input: &Arc<Node<T>>,
    gradient: Option<Array<T>>,
    name: &str,
) {
    let Some(gradient) = gradient else {
        panic!("{name} returned no gradient for an input that needs one");
    };
    assert!(
        gradient.shape() == input.shape(),
        "{name} returned a gradient of shape {:?} for an input of shape {:?}",
        gradient.shape(),
        input.shape()
    );
    match waiting.get_mut(&input.id()) {
        Some((_, sum)) => sum.update(&gradient, "accumulate", |sum, g| sum + g),
        None => {
            waiting.insert(input.id(), (input.clone(), gradient));
        }
    }
}
