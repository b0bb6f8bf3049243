//! The graph. A node is one application of an operation: what its backward needs, and the
//! nodes of its inputs.

use crate::element::Real;
use crate::tensor::Array;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

// ANCHOR: op
/// An operation that was applied. Its fields are what the forward pass saved: arrays,
/// which have no history of their own, so that no cycle can arise.
pub trait Op<T: Real>: Send + Sync {
    /// Its name, for messages and pictures.
    fn name(&self) -> &'static str;

    /// From the gradient of the loss with respect to the output, the gradient with
    /// respect to each input, in order. `needs[i]` says whether input i wants one.
    fn backward(&self, dy: &Array<T>, needs: &[bool]) -> Vec<Option<Array<T>>>;
}
// ANCHOR_END: op

/// A place in the graph.
pub struct Node<T: Real> {
    /// Later nodes have larger numbers: an input's is always smaller than its output's.
    id: u64,
    shape: Vec<usize>,
    /// What made it, and from which nodes (none for an input without a gradient); nothing
    /// for a leaf, where the gradients are wanted.
    origin: Option<Origin<T>>,
}

/// What made a node.
pub struct Origin<T: Real> {
    /// The operation, with what it saved.
    pub op: Box<dyn Op<T>>,
    /// The node of each input; `None` where no gradient is wanted.
    pub inputs: Vec<Option<Arc<Node<T>>>>,
}

static NEXT: AtomicU64 = AtomicU64::new(0);

impl<T: Real> Node<T> {
    /// A leaf: a place where a gradient is wanted.
    pub(crate) fn leaf(shape: &[usize]) -> Arc<Node<T>> {
        Node::new(shape, None)
    }

    /// The output of an operation.
    pub(crate) fn new(shape: &[usize], origin: Option<Origin<T>>) -> Arc<Node<T>> {
        let id = NEXT.fetch_add(1, Ordering::Relaxed);
        Arc::new(Node { id, shape: shape.to_vec(), origin })
    }

    /// Its number.
    pub fn id(&self) -> u64 {
        self.id
    }

    /// The shape of its value.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// What made it; `None` for a leaf.
    pub fn origin(&self) -> Option<&Origin<T>> {
        self.origin.as_ref()
    }
}

impl<T: Real> Drop for Node<T> {
    /// A chain of a hundred thousand nodes would drop itself by as many nested calls and
    /// overflow the stack. So the inputs are taken out first, one by one.
    fn drop(&mut self) {
        let inputs = |node: &mut Node<T>| node.origin.take().map(|origin| origin.inputs);
        let mut waiting = inputs(self).unwrap_or_default();
        while let Some(input) = waiting.pop() {
            // Only the last holder takes the node apart.
            if let Some(mut node) = input.and_then(Arc::into_inner) {
                waiting.extend(inputs(&mut node).unwrap_or_default());
            }
        }
    }
}
