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
        let seed = seed.beside(&self.value().device());
        drop(self);
        let mut leaves = HashMap::new();
        walk(last, seed, |node, dy, _| {
            if node.origin().is_none() {
                leaves.insert(node.id(), dy);
            }
        });
        Gradients(leaves)
    }
    // ANCHOR_END: backward
}

/// Visits every node behind `last` once, each with its whole gradient and the messages
/// that it sends to its inputs (none from a leaf).
#[track_caller]
pub(super) fn walk<T: Real>(
    last: Arc<Node<T>>,
    seed: Array<T>,
    mut visit: impl FnMut(&Node<T>, Array<T>, &[Option<Array<T>>]),
) {
    // ANCHOR: walk
    // What is still to be visited, with the gradient that has arrived so far. Nodes are
    // numbered as they are made, so the one with the largest number has no user left.
    let mut waiting = BTreeMap::from([(last.id(), (last, seed))]);
    while let Some((_, (node, dy))) = waiting.pop_last() {
        let Some(origin) = node.origin() else {
            visit(&node, dy, &[]);
            continue;
        };
        let needs: Vec<bool> = origin.inputs.iter().map(Option::is_some).collect();
        let messages = origin.op.backward(&dy, &needs);
        // ANCHOR_END: walk
        assert!(
            messages.len() == needs.len(),
            "{} has {} inputs and returned {} gradients",
            origin.op.name(),
            needs.len(),
            messages.len()
        );
        // ANCHOR: send
        visit(&node, dy, &messages);
        for (input, message) in origin.inputs.iter().zip(messages) {
            if let Some(input) = input {
                arrive(&mut waiting, input, message, origin.op.name());
            }
        }
    }
    // ANCHOR_END: send
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
    // ANCHOR: arrive
    match waiting.get_mut(&input.id()) {
        Some((_, sum)) => sum.add(&gradient, "accumulate"),
        None => {
            waiting.insert(input.id(), (input.clone(), gradient));
        }
    }
    // ANCHOR_END: arrive
}
