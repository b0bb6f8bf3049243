//! What does not fit is refused: by the operation's name, with what was given, and at the
//! place of the caller.

use crate::operations::operations;
use crate::shared::refusal;
use crate::support::*;
use gradus::autograd::TensorOf;
use gradus::ops::{self, CrossEntropyOptions};
use gradus::random::generator;
use gradus::tensor::Array;
use std::collections::BTreeSet;
use std::ops::Range;
use std::path::Path;

fn matrix() -> TensorOf<f64> {
    counting(&[2, 3])
}

fn pair() -> TensorOf<f64> {
    counting(&[2])
}

fn number() -> TensorOf<f64> {
    counting(&[])
}

fn index(number: u32) -> Array<u32> {
    Array::scalar(number)
}

fn loss(logits: &[usize], targets: Array<u32>, label_smoothing: f64) {
    let options = CrossEntropyOptions { ignore_index: None, label_smoothing };
    _ = counting(logits).cross_entropy(&targets, options);
}

fn bce(targets: &[f64], shape: &[usize]) {
    _ = pair().bce_with_logits(&Array::new(targets.to_vec(), shape));
}

fn norm(gain: &[usize], bias: &[usize], epsilon: f64) {
    _ = matrix().layer_norm(&counting(gain), &counting(bias), epsilon);
}

fn drop(p: f64) {
    _ = matrix().dropout(p, &mut generator(1));
}

/// The operation, a mistake, and what must be said about it.
type Mistake = (&'static str, fn(), &'static [&'static str]);

const PAIRS: &[Mistake] = &[
    ("add", || _ = matrix() + pair(), &["[2, 3] and [2]"]),
    ("add", || _ = counting(&[0]) + pair(), &["[0] and [2]"]),
    ("sub", || _ = matrix() - pair(), &["[2, 3] and [2]"]),
    ("mul", || _ = matrix() * pair(), &["[2, 3] and [2]"]),
    ("div", || _ = matrix() / pair(), &["[2, 3] and [2]"]),
    ("maximum", || _ = matrix().maximum(&pair()), &["[2, 3] and [2]"]),
    ("minimum", || _ = matrix().minimum(&pair()), &["[2, 3] and [2]"]),
    (
        "where",
        || _ = matrix().where_(&Array::zeros(&[2]), &counting(&[3])),
        &["[2], [2, 3] and [3]"],
    ),
    (
        "masked_fill",
        || _ = counting(&[3]).masked_fill(&Array::zeros(&[2, 3]), 0.0),
        &["the mask [2, 3]", "to [3]"],
    ),
    ("clamp", || _ = matrix().clamp(1.0, 0.0), &["1 is not at most 0"]),
    ("clamp", || _ = matrix().clamp(NAN, 0.0), &["NaN"]),
    ("clamp", || _ = matrix().clamp(0.0, NAN), &["NaN"]),
    ("matmul", || _ = matrix().matmul(&matrix()), &["[2, 3] × [2, 3]", "(3)", "(2)"]),
    ("matmul", || _ = matrix().matmul(&counting(&[3])), &["[2, 3]", "[3]", "two axes"]),
    ("matmul", || _ = number().matmul(&matrix()), &["[]", "[2, 3]", "two axes"]),
    (
        "matmul",
        || _ = counting(&[2, 1, 3]).matmul(&counting(&[3, 3, 1])),
        &["[2, 1, 3] and [3, 3, 1]"],
    ),
];

const SHAPES: &[Mistake] = &[
    ("reshape", || _ = matrix().reshape(&[4]), &["[2, 3]", "[4]"]),
    ("reshape", || _ = number().reshape(&[0]), &["[] has 1", "[0] has 0"]),
    ("unsqueeze", || _ = matrix().unsqueeze(3), &["at 3", "[2, 3]"]),
    ("squeeze", || _ = matrix().squeeze(1), &["axis 1 of the shape [2, 3]"]),
    ("squeeze", || _ = matrix().squeeze(2), &["axis 2 of the shape [2, 3]"]),
    ("squeeze", || _ = number().squeeze(0), &["axis 0 of the shape []"]),
    ("permute", || _ = matrix().permute(&[0]), &["[0]", "2 axes of [2, 3]"]),
    ("permute", || _ = matrix().permute(&[0, 0]), &["[0, 0]", "[2, 3]"]),
    ("permute", || _ = matrix().permute(&[0, 2]), &["[0, 2]", "[2, 3]"]),
    ("transpose", || _ = matrix().transpose(0, 2), &["axes 0 and 2", "[2, 3]"]),
    ("transpose", || _ = number().transpose(0, 0), &["axes 0 and 0", "[]"]),
    ("broadcast_to", || _ = matrix().broadcast_to(&[3, 3]), &["[2, 3]", "[3, 3]"]),
    ("broadcast_to", || _ = matrix().broadcast_to(&[3]), &["[2, 3]", "[3]"]),
    ("broadcast_to", || _ = counting(&[0]).broadcast_to(&[2]), &["[0]", "[2]"]),
    ("slice", || _ = matrix().slice(2, 0..1), &["no axis 2", "[2, 3]"]),
    ("slice", || _ = matrix().slice(1, 1..5), &["1..5", "axis 1", "[2, 3]"]),
    ("slice", || _ = number().slice(0, 0..1), &["no axis 0", "[]"]),
    (
        "slice",
        || _ = matrix().slice(1, Range { start: 2, end: 1 }),
        &["2..1 ends before it begins"],
    ),
    ("split", || _ = matrix().split(1, &[1, 1]), &["[1, 1]", "axis 1", "[2, 3]"]),
    ("split", || _ = matrix().split(2, &[1]), &["[1]", "axis 2", "[2, 3]"]),
    ("concat", || _ = TensorOf::<f64>::concat(&[], 0), &["there are no"]),
    ("concat", || _ = TensorOf::concat(&[&matrix()], 2), &["no axis 2", "[2, 3]"]),
    ("concat", || _ = TensorOf::concat(&[&number()], 0), &["no axis 0", "[]"]),
    (
        "concat",
        || _ = TensorOf::concat(&[&matrix(), &counting(&[2, 2])], 0),
        &["[2, 3] and [2, 2]", "axis 0"],
    ),
    ("concat", || _ = TensorOf::concat(&[&matrix(), &pair()], 0), &["[2, 3] and [2]"]),
    ("stack", || _ = TensorOf::<f64>::stack(&[], 0), &["there are no"]),
    ("stack", || _ = TensorOf::stack(&[&matrix()], 3), &["at 3", "[2, 3]"]),
    (
        "stack",
        || _ = TensorOf::stack(&[&matrix(), &counting(&[1, 3])], 0),
        &["[2, 3] and [1, 3]"],
    ),
    ("pad", || _ = matrix().pad(2, 1, 1, 0.0), &["no axis 2", "[2, 3]"]),
    ("pad", || _ = number().pad(0, 1, 1, 0.0), &["no axis 0", "[]"]),
];

/// An axis that is not there, one that is named twice, and one of a number without axes.
macro_rules! along_axes {
    ($($method:ident),*) => {
        &[$(
            (stringify!($method), || _ = matrix().$method(&[0, 2]), &["no axis 2", "[2, 3]"]),
            (stringify!($method), || _ = matrix().$method(&[1, 1]), &["axis 1 is named twice"]),
            (stringify!($method), || _ = number().$method(&[0]), &["no axis 0", "[]"]),
        )*]
    };
}

const REDUCTIONS: &[Mistake] =
    along_axes!(sum, mean, var, var_unbiased, max, min, logsumexp);

const CHOICES: &[Mistake] = &[
    ("softmax", || _ = matrix().softmax_along(2), &["no axis 2", "[2, 3]"]),
    ("softmax", || _ = number().softmax(), &["a number without axes"]),
    ("softmax", || _ = number().softmax_along(0), &["no axis 0", "[]"]),
    ("log_softmax", || _ = matrix().log_softmax_along(2), &["no axis 2", "[2, 3]"]),
    ("log_softmax", || _ = number().log_softmax(), &["a number without axes"]),
    ("log_softmax", || _ = number().log_softmax_along(0), &["no axis 0", "[]"]),
    ("index_select", || _ = matrix().index_select(&index(2)), &["index 2", "[2, 3]"]),
    (
        "index_select",
        || _ = matrix().index_select(&index(u32::MAX)),
        &["index 4294967295", "size 2"],
    ),
    (
        "index_select",
        || _ = counting(&[0, 2]).index_select(&index(0)),
        &["index 0", "size 0"],
    ),
    ("index_select", || _ = number().index_select(&index(0)), &["no rows"]),
    ("gather", || _ = matrix().gather(0, &Array::zeros(&[2])), &["[2]", "[2, 3]"]),
    ("gather", || _ = matrix().gather(2, &Array::zeros(&[2, 3])), &["axis 2", "[2, 3]"]),
    ("gather", || _ = matrix().gather(0, &Array::zeros(&[2, 2])), &["[2, 2]", "[2, 3]"]),
    (
        "gather",
        || _ = matrix().gather(1, &Array::new(vec![0, 3], &[2, 1])),
        &["index 3", "size 3", "[2, 3]"],
    ),
    ("gather", || _ = number().gather(0, &index(0)), &["[] do not fit []"]),
];

const LOSSES: &[Mistake] = &[
    ("cross_entropy", || loss(&[], Array::zeros(&[1]), 0.0), &["without axes"]),
    ("cross_entropy", || loss(&[2, 3], Array::zeros(&[3]), 0.0), &["[2, 3]", "[3]"]),
    (
        "cross_entropy",
        || loss(&[2, 3], Array::zeros(&[2, 1]), 0.0),
        &["go with targets [2], not [2, 1]"],
    ),
    (
        "cross_entropy",
        || loss(&[1, 3], Array::new(vec![3], &[1]), 0.0),
        &["target 3", "3 classes", "[1, 3]"],
    ),
    (
        "cross_entropy",
        || loss(&[1, 0], Array::zeros(&[1]), 0.0),
        &["target 0", "0 classes", "[1, 0]"],
    ),
    ("cross_entropy", || loss(&[1, 3], index(0).reshape(&[1]), 1.5), &["1.5"]),
    ("cross_entropy", || loss(&[1, 3], index(0).reshape(&[1]), -0.5), &["-0.5"]),
    (
        "cross_entropy",
        || loss(&[1, 3], index(0).reshape(&[1]), NAN),
        &["label_smoothing", "NaN"],
    ),
    ("bce_with_logits", || bce(&[1.0, 0.0], &[2, 1]), &["[2]", "[2, 1]"]),
    ("bce_with_logits", || bce(&[1.0, -1.0], &[2]), &["between 0 and 1", "-1"]),
    ("bce_with_logits", || bce(&[1.0, NAN], &[2]), &["between 0 and 1", "NaN"]),
    ("mse", || _ = pair().mse(&counting(&[2, 1])), &["[2]", "[2, 1]"]),
    ("mse", || _ = number().mse(&counting(&[1])), &["[]", "[1]"]),
    ("layer_norm", || norm(&[2], &[3], 1e-5), &["[2, 3]", "gain", "[3], not [2]"]),
    ("layer_norm", || norm(&[3], &[1], 1e-5), &["[2, 3]", "bias", "[3], not [1]"]),
    ("layer_norm", || norm(&[3], &[3], 0.0), &["ε", "not 0"]),
    ("layer_norm", || norm(&[3], &[3], NAN), &["ε", "NaN"]),
    ("layer_norm", || norm(&[3], &[3], INF), &["ε", "inf"]),
    (
        "layer_norm",
        || _ = number().layer_norm(&number(), &number(), 1e-5),
        &["a number without axes"],
    ),
    ("dropout", || drop(-0.1), &["between 0 and 1", "-0.1"]),
    ("dropout", || drop(1.1), &["between 0 and 1", "1.1"]),
    ("dropout", || drop(NAN), &["between 0 and 1", "NaN"]),
];

/// Operations that take any tensor: nothing can be wrong with one.
const TAKES_ANY: &[&str] = &[
    "abs",
    "add_scalar",
    "exp",
    "gelu",
    "gelu_tanh",
    "ln",
    "neg",
    "powf",
    "relu",
    "scale",
    "sigmoid",
    "silu",
    "sqrt",
    "tanh",
    "to",
];

#[test]
fn what_does_not_fit_is_refused_by_name_at_the_place_of_the_caller() {
    for table in [PAIRS, SHAPES, REDUCTIONS, CHOICES, LOSSES] {
        for (operation, mistake, parts) in table {
            let message = refusal(*mistake);
            let named = format!("{operation}: ");
            assert!(message.starts_with(&named), "{named:?} does not begin {message:?}");
            for part in *parts {
                assert!(message.contains(part), "{part:?} is not in {message:?}");
            }
        }
    }
}

/// So that no operation is forgotten here, nor any that takes anything said to refuse.
#[test]
fn every_operation_refuses_something_or_takes_anything() {
    let tables = [PAIRS, SHAPES, REDUCTIONS, CHOICES, LOSSES].concat();
    let refusing: BTreeSet<&str> = tables.iter().map(|(name, ..)| *name).collect();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/ops");
    let written = operations(&folder).expect("their names can be read");
    let cases = ops::cases();
    let named = cases.iter().map(|case| case.operation);
    for name in written.keys().map(String::as_str).chain(named) {
        let any = TAKES_ANY.contains(&name);
        assert!(refusing.contains(name) != any, "{name}: refuses, or takes any: {any}");
    }
}

#[test]
fn a_number_without_axes_is_taken_where_no_axis_is_needed() {
    let x = leaf(&[0.5], &[]);
    for case in ops::cases().iter().filter(|case| TAKES_ANY.contains(&case.operation)) {
        let y = (case.graph64)(std::slice::from_ref(&x));
        assert_eq!(y.shape(), [0; 0], "{}", case.operation);
        assert!(y.backward().of(&x).unwrap().item().is_finite(), "{}", case.operation);
    }
    for y in [
        x.add(&x),
        x.div(&x),
        x.maximum(&x),
        x.where_(&index(1), &x),
        x.masked_fill(&index(0), 3.0),
        x.clamp(0.0, 1.0),
        x.reshape(&[]),
        x.permute(&[]),
        x.broadcast_to(&[]),
        x.sum(&[]),
        x.sum_all(),
        x.mean(&[]),
        x.mean_all(),
        x.max(&[]),
        x.min(&[]),
        x.logsumexp(&[]),
        x.var(&[]).add(&x),
        x.mse(&number()),
        x.bce_with_logits(&Array::scalar(1.0)),
        x.dropout(0.0, &mut generator(1)),
    ] {
        assert_eq!(y.shape(), [0; 0], "{y:?}");
        let name = format!("{y:?}");
        let dx = y.backward().take(&x).unwrap();
        assert!(dx.shape().is_empty() && dx.item().is_finite(), "{name}: {dx}");
    }
}
