//! What is frozen costs no gradient work: it has no nodes, asks for no gradients, and keeps
//! nothing in memory.

use super::gpt::{Given, Gpt, lively};
use super::support::tokens;
use gradus::autograd::{Node, TensorOf};
use gradus::neural_network::{Context, Linear, freeze, init, thaw, trainable};
use gradus::ops::CrossEntropyOptions;
use gradus::random::generator;
use gradus::tensor::Array;
use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;

/// The work behind a loss.
#[derive(Debug, Default, PartialEq)]
struct Work {
    /// How often each operation will go backward.
    operations: BTreeMap<&'static str, usize>,
    /// How many gradients these compute.
    gradients: usize,
    /// How many leaves get one.
    leaves: usize,
}

fn work(loss: &TensorOf<f32>) -> Work {
    let (mut work, mut seen) = (Work::default(), HashSet::new());
    let mut waiting: Vec<Arc<Node<f32>>> = loss.node().into_iter().cloned().collect();
    while let Some(node) = waiting.pop() {
        if !seen.insert(node.id()) {
            continue;
        }
        let Some(origin) = node.origin() else {
            work.leaves += 1;
            continue;
        };
        *work.operations.entry(origin.op.name()).or_default() += 1;
        let inputs: Vec<_> = origin.inputs.iter().flatten().cloned().collect();
        work.gradients += inputs.len();
        waiting.extend(inputs);
    }
    work
}

fn loss(model: &Gpt<f32>) -> TensorOf<f32> {
    model.loss(&tokens(&[2, 6], 11, 1), &mut Context::evaluation())
}

#[test]
fn a_model_that_is_frozen_as_a_whole_has_no_graph() {
    let model = lively::<f32>(1);
    assert!(work(&loss(&model)).operations.len() > 10);
    freeze(&model, |_| true);
    assert_eq!(work(&loss(&model)), Work::default());
}

/// The work is exactly that of the last norm and the head on an input that is just numbers:
/// whatever lies below has neither node nor gradient.
#[test]
fn nothing_is_computed_below_the_lowest_layer_that_learns() {
    let model = lively::<f32>(1);
    freeze(&model, |_| true);
    thaw(&model, |path| path.starts_with("norm"));
    let head = |x: &TensorOf<f32>| {
        let ids = tokens(&[2, 6], 11, 1).slice(1, 1..6);
        let logits = model.head.forward(x, &mut Context::evaluation());
        logits.cross_entropy(&ids, CrossEntropyOptions::default())
    };
    let input: TensorOf<f32> = Array::from_fn(&[2, 5, 16], |i| (i as f32).sin()).into();
    let expected = work(&head(&model.norm.forward(&input)));
    let operations = [("cross_entropy", 1), ("layer_norm", 1), ("matmul", 1)];
    assert_eq!(expected.operations, BTreeMap::from(operations));
    assert_eq!((expected.gradients, expected.leaves), (4, 2));
    assert_eq!(work(&loss(&model)), expected);
}

/// Where a gradient must pass through a frozen layer, it passes through its input alone.
#[test]
fn frozen_layers_between_what_learns_and_the_loss_compute_no_gradient_of_their_own() {
    let model = lively::<f32>(1);
    let whole = work(&loss(&model));
    assert_eq!(whole.leaves, trainable(&model).len());
    freeze(&model, |path| !path.starts_with("position"));
    let through = work(&loss(&model));
    assert_eq!(through.leaves, 1);
    // Transposed weights, and rows of token embeddings, have no node any more.
    let gone = |name: &str| whole.operations[name] - through.operations[name];
    assert_eq!(gone("permute"), 2 * 6 + 1);
    assert_eq!((gone("index_select"), gone("matmul"), gone("layer_norm")), (1, 0, 0));
    // One gradient less for every bias, gain and transposed weight, for the two uses of the
    // table of tokens, and for each node that is gone, which had one input.
    let per_block = 2 * 2 + 6 + 6;
    let fewer = 2 * per_block + 2 + 1 + (2 * 6 + 1) + 1 + 1;
    assert_eq!(whole.gradients - through.gradients, fewer);
}

/// Whether someone else holds this memory: writing to it then needs a copy.
fn is_held(mut array: Array<f32>) -> bool {
    let before = array.storage().as_ptr();
    array.make_mut();
    array.storage().as_ptr() != before
}

#[test]
fn a_frozen_linear_layer_does_not_keep_its_input() {
    let linear = Linear::<f32>::new(4, 3, 1.0, &mut generator(1));
    let kept = || {
        let input = init::normal_array(&[5, 4], 1.0, &mut generator(2));
        let x = TensorOf::from(input.clone()).tracked();
        let y = linear.forward(&x, &mut Context::evaluation());
        drop(x);
        assert!(y.is_tracked());
        is_held(input)
    };
    assert!(kept(), "dW = dYᵀ X reads it");
    freeze(&linear, |path| path == "weight");
    assert!(!kept(), "nothing reads it");
}

/// A cache is no part of a graph if nothing that made it learns.
#[test]
fn the_cache_of_a_frozen_model_has_no_history() {
    let model = lively::<f32>(1);
    let past = |model: &Gpt<f32>| {
        let context = &mut Context::evaluation();
        model.forward_given(&tokens(&[1, 3], 11, 2), Given::default(), context).1
    };
    assert!(
        past(&model).iter().all(|(key, value)| key.is_tracked() && value.is_tracked())
    );
    freeze(&model, |_| true);
    assert!(
        past(&model).iter().all(|(key, value)| !key.is_tracked() && !value.is_tracked())
    );
}
