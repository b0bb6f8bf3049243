//! The tensor: an array that remembers how it was made.

use super::node::{Node, Op, Origin};
use crate::element::Real;
use crate::tensor::Array;
use std::fmt;
use std::sync::Arc;

// ANCHOR: tensor
/// An array, and its place in the graph if a gradient is wanted for it.
#[derive(Clone)]
pub struct TensorOf<T: Real> {
    value: Array<T>,
    node: Option<Arc<Node<T>>>,
}

/// The tensor that models are made of.
pub type Tensor = TensorOf<f32>;
// ANCHOR_END: tensor

impl<T: Real> TensorOf<T> {
    /// A tensor without a gradient.
    ///
    /// # Panics
    /// When there are more or fewer values than the shape holds.
    #[track_caller]
    pub fn new(values: Vec<T>, shape: &[usize]) -> TensorOf<T> {
        Array::new(values, shape).into()
    }

    /// This value as a leaf of a new graph: a gradient is wanted here.
    pub fn tracked(&self) -> TensorOf<T> {
        TensorOf { value: self.value.clone(), node: Some(Node::leaf(self.shape())) }
    }

    /// A leaf without a value of its own: it stands for a parameter in every graph.
    pub(crate) fn leaf(shape: &[usize]) -> TensorOf<T> {
        let value = Array::full(T::ZERO, shape);
        TensorOf { value, node: Some(Node::leaf(shape)) }
    }

    /// The place of this tensor in the graph, with another value.
    pub(crate) fn with_value(&self, value: Array<T>) -> TensorOf<T> {
        TensorOf { value, node: self.node.clone() }
    }

    /// This value without its history: no gradient flows back through it.
    pub fn detach(&self) -> TensorOf<T> {
        self.value.clone().into()
    }

    /// The numbers. They are lent for reading only, since an operation may have saved them:
    ///
    /// ```compile_fail,E0596
    /// use gradus::autograd::Tensor;
    /// let x = Tensor::new(vec![1.0], &[1]).tracked();
    /// x.value().make_mut()[0] = 2.0;
    /// ```
    pub fn value(&self) -> &Array<T> {
        &self.value
    }

    /// The place in the graph, if there is one.
    pub fn node(&self) -> Option<&Arc<Node<T>>> {
        self.node.as_ref()
    }

    /// Whether a gradient is wanted here, or behind here.
    pub fn is_tracked(&self) -> bool {
        self.node.is_some()
    }

    /// The size of each axis.
    pub fn shape(&self) -> &[usize] {
        self.value.shape()
    }

    /// How many axes there are.
    pub fn rank(&self) -> usize {
        self.value.rank()
    }

    /// How many elements there are.
    pub fn size(&self) -> usize {
        self.value.size()
    }

    /// The elements, row after row.
    pub fn to_vec(&self) -> Vec<T> {
        self.value.to_vec()
    }

    /// The only element.
    ///
    /// # Panics
    /// When there is not exactly one.
    #[track_caller]
    pub fn item(&self) -> T {
        self.value.item()
    }

    // ANCHOR: record
    /// The output of an operation. A node is made only if an input has one; otherwise
    /// nothing is saved and `op` is not even asked for.
    pub fn record<O: Op<T> + 'static>(
        value: Array<T>,
        inputs: &[&TensorOf<T>],
        op: impl FnOnce() -> O,
    ) -> TensorOf<T> {
        let tracked = inputs.iter().any(|input| input.is_tracked());
        let node = tracked.then(|| {
            let inputs = inputs.iter().map(|input| input.node.clone()).collect();
            Node::new(value.shape(), Some(Origin { op: Box::new(op()), inputs }))
        });
        TensorOf { value, node }
    }
    // ANCHOR_END: record
}

impl<T: Real> From<Array<T>> for TensorOf<T> {
    fn from(value: Array<T>) -> TensorOf<T> {
        TensorOf { value, node: None }
    }
}

impl<T: Real> fmt::Display for TensorOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.value, f)
    }
}

impl<T: Real> fmt::Debug for TensorOf<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let made_by = match &self.node {
            None => String::new(),
            Some(node) => match node.origin() {
                None => ", a leaf".to_string(),
                Some(origin) => format!(", by {}", origin.op.name()),
            },
        };
        write!(f, "Tensor<{}> {:?}{made_by} {}", T::NAME, self.shape(), self.value)
    }
}
