//! Checks value, node and backward; then the tails, where digits are lost.

use crate::{Case, Check};
use gradus::autograd::TensorOf;
use gradus::tensor::Array;

/// What the reader writes.
pub struct Answer {
    /// The new operation.
    pub softplus: fn(x: &TensorOf<f64>) -> TensorOf<f64>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    check.case("the value", |case| {
        case.given("softplus of [0, 2, -1.5, 1000, -1000]");
        let x = vec![0.0, 2.0, -1.5, 1000.0, -1000.0];
        let y = (answer.softplus)(&TensorOf::new(x.clone(), &[5]));
        let expected: Vec<f64> = x.iter().map(|x| value(*x)).collect();
        case.numbers("the values", &y.to_vec(), &expected).verify();
    });
    check.case("the node", |case| {
        case.given("softplus of a tracked tensor");
        let x = TensorOf::new(vec![0.5], &[1]).tracked();
        let y = (answer.softplus)(&x);
        case.holds(
            y.is_tracked(),
            "the output",
            "a place in the graph",
            "none",
            "the history ends here: `record` with &[x] makes the node",
        );
        let Some(origin) = y.node().and_then(|node| node.origin()) else { return };
        case.equal("the operation's name", origin.op.name(), "softplus", "");
        let inputs: Vec<_> =
            origin.inputs.iter().map(|input| input.as_ref().map(|i| i.id())).collect();
        let own = x.node().map(|node| node.id());
        case.holds(
            inputs == [own],
            "its inputs",
            "the node of x, once",
            format!("{} inputs", inputs.len()),
            "the node has one input, and that is x itself",
        );
        case.given("softplus of a tensor that is not tracked");
        let y = (answer.softplus)(&TensorOf::new(vec![0.5], &[1]));
        case.holds(
            !y.is_tracked(),
            "the output",
            "no place in a graph",
            "one",
            "nobody wants a gradient here: no node should be made",
        );
    });
    check.case("the slope", |case| {
        for x in [0.0, 1.0, -1.0, 3.5] {
            case.given(format!("the slope of softplus at x = {x:?}"));
            let got = gradient(answer, &[x], &[1], &[1.0]).to_vec()[0];
            let y = value(x);
            case.number("the slope", got, sigmoid(x))
                .mistake(
                    sigmoid(y),
                    "this is the sigmoid of y; what the formula wants is 1 − e⁻ʸ",
                )
                .mistake((-y).exp(), "1 minus it")
                .mistake((-y).exp() - 1.0, "the sign is flipped: e⁻ʸ − 1 is negative")
                .mistake(1.0, "the slope is not used: only what arrived was passed on")
                .mistake(y, "this is the value, not the slope")
                .verify();
        }
    });
    check.case("what arrives counts", |case| {
        let (x, dy) = (
            [0.3, -0.7, 2.0, -2.0, 0.0, 1.1],
            [1.0, -2.0, 10.0, 0.5, 0.0, f64::INFINITY],
        );
        case.given(format!("x = {x:?} in the shape [2, 3], dy = {dy:?}"));
        let got = gradient(answer, &x, &[2, 3], &dy);
        let slopes: Vec<f64> = x.iter().map(|x| sigmoid(*x)).collect();
        let expected = slopes.iter().zip(&dy).map(|(s, dy)| s * dy).collect();
        shaped(case, &got, &[2, 3]);
        case.numbers("the gradient", &got.to_vec(), &expected)
            .mistake(slopes, "`dy` is not used: it is 1 only at the loss itself")
            .verify();
    });
    check.case("tiny slopes keep their digits", |case| {
        for x in [-5.0, -8.0, -20.0, -36.0, -40.0, -300.0] {
            case.given(format!("the slope at x = {x:?}"));
            let got = gradient(answer, &[x], &[1], &[1.0]).to_vec()[0];
            let right = sigmoid(x);
            let y = value(x);
            let series = [y, y - y * y / 2.0, y - y * y / 2.0 + y.powi(3) / 6.0];
            let otherwise = match series.contains(&got) {
                true => {
                    "some terms of y − y²/2 + y³/6 − … are not enough here: `exp_m1` \
                         is right everywhere"
                }
                false => {
                    "e⁻ʸ has rounded to 1, or digits were lost beside it: `exp_m1` \
                          keeps them"
                }
            };
            case.holds(
                (got / right - 1.0).abs() < 1e-9,
                "the slope",
                &format!("{right:e}"),
                format!("{got:e}"),
                otherwise,
            );
        }
        for x in [40.0, 800.0] {
            case.given(format!("the slope at x = {x:?}"));
            let got = gradient(answer, &[x], &[1], &[1.0]).to_vec()[0];
            case.number("the slope", got, 1.0).verify();
        }
    });
    check.case("in the middle of a graph", |case| {
        case.given("softplus(x²) · 3 at x = 0.8, and softplus(x) + softplus(x)");
        let x = TensorOf::new(vec![0.8], &[1]).tracked();
        let y = (answer.softplus)(&x.mul(&x)).scale(3.0).sum_all();
        let got = slope(y, &x);
        case.number("the slope of the first", got, 3.0 * sigmoid(0.64) * 1.6).verify();
        let y = (answer.softplus)(&x).add(&(answer.softplus)(&x)).sum_all();
        case.number("the slope of the second", slope(y, &x), 2.0 * sigmoid(0.8)).verify();
    });
    check.case("nothing at all", |case| {
        case.given("a tensor of shape [0, 2]");
        shaped(case, &gradient(answer, &[], &[0, 2], &[]), &[0, 2]);
    });
}

fn value(x: f64) -> f64 {
    x.max(0.0) + (-x.abs()).exp().ln_1p()
}

fn sigmoid(x: f64) -> f64 {
    if x < 0.0 { x.exp() / (1.0 + x.exp()) } else { 1.0 / (1.0 + (-x).exp()) }
}

/// What comes back at x when `dy` arrives at softplus(x).
fn gradient(answer: &Answer, x: &[f64], shape: &[usize], dy: &[f64]) -> Array<f64> {
    let x = TensorOf::new(x.to_vec(), shape).tracked();
    let y = (answer.softplus)(&x);
    let mut gradients = y.backward_from(Array::new(dy.to_vec(), shape));
    gradients.take(&x).unwrap_or_else(|| Array::full(f64::NAN, shape))
}

fn slope(loss: TensorOf<f64>, x: &TensorOf<f64>) -> f64 {
    loss.backward().of(x).map_or(f64::NAN, |gradient| gradient.to_vec()[0])
}

fn shaped(case: &mut Case, got: &Array<f64>, shape: &[usize]) {
    case.equal("the shape of the gradient", got.shape(), shape, "that of the input");
}
