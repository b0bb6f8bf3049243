//! A graph of the fixture, computed by the library.

use crate::fixture::{Graph, Step};
use gradus::autograd::TensorOf;
use gradus::element::Real;
use gradus::ops::CrossEntropyOptions;
use gradus::random::generator;
use gradus::tensor::Array;
use serde::de::DeserializeOwned;
use serde_json::Value;

/// The value and the gradients of a graph; an error says which shape is wrong.
pub fn evaluate<T: Real>(graph: &Graph, strided: bool) -> Result<Vec<Vec<f64>>, String> {
    let leaf = |input: &crate::fixture::Filled| {
        let values = input.values.0.iter().map(|x| T::of(*x)).collect();
        let array = Array::new(values, &input.shape);
        TensorOf::from(if strided { apart(&array) } else { array }).tracked()
    };
    let leaves: Vec<TensorOf<T>> = graph.inputs.iter().map(leaf).collect();
    let mut nodes = leaves.clone();
    for step in &graph.steps {
        let arguments: Vec<_> = step.arguments.iter().map(|n| &nodes[*n]).collect();
        let node = apply(step, &arguments);
        nodes.push(node);
    }
    let y = nodes.pop().expect("a graph has an output");
    if y.shape() != graph.value.shape {
        return Err(format!("{:?} is not {:?}", y.shape(), graph.value.shape));
    }
    let wide = |array: &Array<T>| array.to_vec().iter().map(|x| x.f64()).collect();
    let mut found = vec![wide(y.value())];
    let upstream =
        Array::from_fn(y.shape(), |i| T::of((1.7 * i as f64 + 0.6).sin() + 0.1));
    let gradients = y.backward_from(upstream);
    for leaf in &leaves {
        let gradient = gradients.of(leaf).cloned();
        found.push(wide(&gradient.unwrap_or_else(|| Array::zeros(leaf.shape()))));
    }
    Ok(found)
}

/// The same elements, the first axis fastest, with NaN between them.
fn apart<T: Real>(array: &Array<T>) -> Array<T> {
    let reversed: Vec<usize> = (0..array.rank()).rev().collect();
    let mut turned = array.permute(&reversed).contiguous();
    for axis in 0..array.rank() {
        let length = turned.shape()[axis];
        turned = turned.pad(axis, 1, 1, T::of(f64::NAN)).slice(axis, 1..length + 1);
    }
    turned.permute(&reversed)
}

/// A setting of a step.
fn get<V: DeserializeOwned>(step: &Step, name: &str) -> V {
    serde_json::from_value(step.settings[name].clone())
        .unwrap_or_else(|error| panic!("{}: {name}: {error}", step.operation))
}

fn real<T: Real>(step: &Step, name: &str) -> T {
    T::of(get(step, name))
}

/// A setting that is an array of whole numbers.
fn whole(step: &Step, name: &str) -> Array<u32> {
    let array: Value = get(step, name);
    let shape: Vec<usize> = serde_json::from_value(array["shape"].clone()).unwrap();
    Array::new(serde_json::from_value(array["values"].clone()).unwrap(), &shape)
}

fn apply<T: Real>(step: &Step, x: &[&TensorOf<T>]) -> TensorOf<T> {
    let axis = || get::<usize>(step, "axis");
    let axes = || get::<Vec<usize>>(step, "axes");
    let shape = || get::<Vec<usize>>(step, "shape");
    match step.operation.as_str() {
        "neg" => -x[0],
        "abs" => x[0].abs(),
        "exp" => x[0].exp(),
        "ln" => x[0].ln(),
        "sqrt" => x[0].sqrt(),
        "powf" => x[0].powf(real(step, "exponent")),
        "sigmoid" => x[0].sigmoid(),
        "tanh" => x[0].tanh(),
        "relu" => x[0].relu(),
        "silu" => x[0].silu(),
        "gelu" => x[0].gelu(),
        "gelu_tanh" => x[0].gelu_tanh(),
        "clamp" => x[0].clamp(real(step, "min"), real(step, "max")),
        "add" => x[0] + x[1],
        "add_scalar" => x[0].add_scalar(real(step, "number")),
        "sub" => x[0] - x[1],
        "mul" => x[0] * x[1],
        "scale" => x[0].scale(real(step, "number")),
        "div" => x[0] / x[1],
        "maximum" => x[0].maximum(x[1]),
        "minimum" => x[0].minimum(x[1]),
        "where" => x[0].where_(&whole(step, "mask"), x[1]),
        "masked_fill" => x[0].masked_fill(&whole(step, "mask"), real(step, "value")),
        "matmul" => x[0].matmul(x[1]),
        "reshape" => x[0].reshape(&shape()),
        "unsqueeze" => x[0].unsqueeze(axis()),
        "squeeze" => x[0].squeeze(axis()),
        "permute" => x[0].permute(&get::<Vec<usize>>(step, "order")),
        "transpose" => x[0].transpose(get(step, "a"), get(step, "b")),
        "broadcast_to" => x[0].broadcast_to(&shape()),
        "slice" => x[0].slice(axis(), get(step, "start")..get(step, "end")),
        "split" => {
            let sizes: Vec<usize> = get(step, "sizes");
            x[0].split(axis(), &sizes).remove(get(step, "part"))
        }
        "concat" => TensorOf::concat(x, axis()),
        "stack" => TensorOf::stack(x, axis()),
        "pad" => {
            let (before, after) = (get(step, "before"), get(step, "after"));
            x[0].pad(axis(), before, after, real(step, "value"))
        }
        "sum" => x[0].sum(&axes()),
        "sum_all" => x[0].sum_all(),
        "mean" => x[0].mean(&axes()),
        "mean_all" => x[0].mean_all(),
        "var" => x[0].var(&axes()),
        "var_unbiased" => x[0].var_unbiased(&axes()),
        "max" => x[0].max(&axes()),
        "min" => x[0].min(&axes()),
        "logsumexp" => x[0].logsumexp(&axes()),
        "index_select" => x[0].index_select(&whole(step, "indices")),
        "gather" => x[0].gather(axis(), &whole(step, "indices")),
        // The last axis is the one without a number.
        "softmax" if axis() + 1 == x[0].rank() => x[0].softmax(),
        "softmax" => x[0].softmax_along(axis()),
        "log_softmax" if axis() + 1 == x[0].rank() => x[0].log_softmax(),
        "log_softmax" => x[0].log_softmax_along(axis()),
        "cross_entropy" => {
            let (ignore_index, label_smoothing) =
                (get(step, "ignore"), get(step, "smoothing"));
            let options = CrossEntropyOptions { ignore_index, label_smoothing };
            x[0].cross_entropy(&whole(step, "targets"), options)
        }
        "bce_with_logits" => {
            let targets: Vec<f64> =
                serde_json::from_value(step.settings["targets"]["values"].clone())
                    .unwrap();
            let targets = targets.into_iter().map(T::of).collect();
            x[0].bce_with_logits(&Array::new(targets, x[0].shape()))
        }
        "mse" => x[0].mse(x[1]),
        "layer_norm" => x[0].layer_norm(x[1], x[2], get(step, "epsilon")),
        "dropout" => x[0].dropout(get(step, "p"), &mut generator(1)),
        other => panic!("the script knows `{other}`, and this does not"),
    }
}
