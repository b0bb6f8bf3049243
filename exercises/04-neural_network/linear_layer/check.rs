//! Checks the layer by hand where a mistake has a name, then other shapes, views, and that
//! gradients get through.

use crate::{Case, Check};
use gradus::autograd::TensorOf;
use gradus::tensor::Array;

type Tensor = TensorOf<f64>;

/// What the reader writes.
pub struct Answer {
    /// The outputs of a layer of neurons for every row of `x`.
    pub linear_layer: fn(x: &Tensor, weight: &Tensor, bias: &Tensor) -> Tensor,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let layer = answer.linear_layer;
    let tensor = |values: &[f64], shape: &[usize]| Tensor::new(values.to_vec(), shape);
    check.case("two rows, two inputs, two neurons", |case| {
        case.given(
            "rows [1, 2] and [3, -1], weight [[1, 2], [3, 4]], bias [10, 20]",
        );
        let x = tensor(&[1.0, 2.0, 3.0, -1.0], &[2, 2]);
        let weight = tensor(&[1.0, 2.0, 3.0, 4.0], &[2, 2]);
        let y = layer(&x, &weight, &tensor(&[10.0, 20.0], &[2]));
        case.equal("the shape", y.shape().to_vec(), vec![2, 2], "");
        case.numbers("the outputs", &y.to_vec(), &vec![15.0, 31.0, 11.0, 25.0])
            .mistake(
                vec![17.0, 30.0, 10.0, 22.0],
                "x W: every neuron has a *row* of the weight, so it must be transposed",
            )
            .mistake(vec![5.0, 11.0, 1.0, 5.0], "the bias is not added")
            .mistake(
                vec![15.0, 21.0, 21.0, 25.0],
                "the bias goes with the rows: it belongs to the neurons, the columns of y",
            )
            .mistake(
                vec![55.0, 121.0, 51.0, 115.0],
                "the bias is added to the inputs: it comes after the product",
            )
            .verify();
    });
    check.case("the example of the statement", |case| {
        case.given("row [1, 0, -1], weight [[1, 2, 3], [4, 5, 6]], bias [10, 20]");
        let weight = tensor(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[2, 3]);
        let y = layer(
            &tensor(&[1.0, 0.0, -1.0], &[1, 3]),
            &weight,
            &tensor(&[10.0, 20.0], &[2]),
        );
        case.equal("the shape", y.shape().to_vec(), vec![1, 2], "");
        case.numbers("the outputs", &y.to_vec(), &vec![8.0, 18.0])
            .mistake(vec![-2.0, -2.0], "the bias is not added")
            .verify();
    });
    check.case("other shapes", |case| {
        let shapes: [(&[usize], usize); 7] = [
            (&[1, 1], 1),
            (&[4, 3], 1),
            (&[3, 1], 5),
            (&[5, 7], 2),
            (&[2, 3, 4], 3),
            (&[2, 2, 3, 2], 3),
            (&[0, 3], 2),
        ];
        for (shape, out) in shapes {
            let inputs = shape[shape.len() - 1];
            case.given(format!("x {shape:?}, weight [{out}, {inputs}], bias [{out}]"));
            compare(case, layer, &numbers(shape, 1), &numbers(&[out, inputs], 2), out);
        }
    });
    check.case("views", |case| {
        case.given(
            "x and the weight are transposed views: their rows lie apart in memory",
        );
        let x = numbers(&[3, 4], 3).transpose(0, 1);
        compare(case, layer, &x, &numbers(&[3, 2], 4).transpose(0, 1), 2);
    });
    check.case("gradients reach all three", |case| {
        let shapes: [&[usize]; 3] = [&[3, 2], &[2, 3, 2], &[0, 2]];
        for shape in shapes {
            gradients(case, layer, shape);
        }
    });
}

/// The gradients of all three, for an `x` of this shape.
fn gradients(
    case: &mut Case,
    layer: fn(&Tensor, &Tensor, &Tensor) -> Tensor,
    shape: &[usize],
) {
    case.given(format!("x {shape:?}, weight [4, 2], bias [4], and the loss Σ cos(k) y"));
    let (x, weight) = (numbers(shape, 5).tracked(), numbers(&[4, 2], 6).tracked());
    let bias = numbers(&[4], 7).tracked();
    let y = layer(&x, &weight, &bias);
    let tracked = y.is_tracked();
    let history = "it has no history: compute with tensors, not with their numbers";
    case.holds(tracked, "the output", "a place in the graph", "none", history);
    if !tracked {
        return;
    }
    let rows = shape[..shape.len() - 1].iter().product();
    let dy = Array::from_fn(&[rows, 4], |k| (k as f64).cos());
    let arrives = dy.reshape(y.shape());
    let gradients = y.backward_from(arrives);
    let lost = "no gradient arrives here: was its history cut off?";
    let expected = [
        ("x", &x, dy.matmul(weight.value())),
        (
            "the weight",
            &weight,
            dy.transpose(0, 1).matmul(&x.value().reshape(&[rows, 2])),
        ),
        ("the bias", &bias, dy.sum(&[0]).reshape(&[4])),
    ];
    for (name, leaf, expected) in expected {
        let Some(got) = gradients.of(leaf) else {
            case.holds(false, &format!("the gradient of {name}"), "one", "none", lost);
            return;
        };
        let what = format!("the gradient of {name}");
        case.numbers(&what, &got.to_vec(), &expected.to_vec()).verify();
    }
}

/// Compares with sums that are written out.
fn compare(
    case: &mut Case,
    layer: fn(&Tensor, &Tensor, &Tensor) -> Tensor,
    x: &Tensor,
    weight: &Tensor,
    out: usize,
) {
    let bias = numbers(&[out], 9);
    let inputs = weight.shape()[1];
    let (rows, w, b) = (x.to_vec(), weight.to_vec(), bias.to_vec());
    let neuron = |row: &[f64], o: usize| {
        b[o] + (0..inputs).map(|i| row[i] * w[o * inputs + i]).sum::<f64>()
    };
    let outputs = rows.chunks(inputs).flat_map(|row| (0..out).map(move |o| (row, o)));
    let expected: Vec<f64> = outputs.map(|(row, o)| neuron(row, o)).collect();
    let y = layer(x, weight, &bias);
    let mut shape = x.shape().to_vec();
    *shape.last_mut().expect("x has axes") = out;
    case.equal("the shape", y.shape().to_vec(), shape, "");
    case.numbers("the outputs", &y.to_vec(), &expected).verify();
}

/// Numbers without a pattern.
fn numbers(shape: &[usize], seed: usize) -> Tensor {
    Array::from_fn(shape, |k| ((7 * k + 3 * seed + 1) as f64).sin()).into()
}
