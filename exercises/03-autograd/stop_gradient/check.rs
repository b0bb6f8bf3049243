//! Checks the value first, then what comes back on each side.

use crate::{Case, Check};
use gradus::autograd::TensorOf;

/// What the reader writes.
pub struct Answer {
    /// The error whose target holds still.
    pub stop_gradient:
        fn(prediction: &TensorOf<f64>, target: &TensorOf<f64>) -> TensorOf<f64>,
}

const NOWHERE: &str =
    "no gradient arrives at the prediction: which of the two is detached?";
const PREDICTION: [f64; 4] = [1.0, -2.0, 0.5, 3.0];
const TARGET: [f64; 4] = [4.0, -1.0, 0.25, 3.5];

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let tensor = |values: &[f64]| TensorOf::new(values.to_vec(), &[values.len()]);
    check.case("the value", |case| {
        let (near, to) = ([1e8 + 1.0], [1e8]);
        for (prediction, target) in
            [(&PREDICTION[..1], &TARGET[..1]), (&PREDICTION, &TARGET), (&near, &to)]
        {
            let n = prediction.len();
            case.given(format!("prediction {prediction:?}, target {target:?}"));
            let loss = (answer.stop_gradient)(&tensor(prediction), &tensor(target));
            case.equal(
                "its shape",
                loss.shape(),
                &[][..],
                "a single number without axes",
            );
            if loss.size() != 1 {
                return;
            }
            let square = |p: &f64, t: &f64| (p - t).powi(2);
            let sum: f64 = prediction.iter().zip(target).map(|(p, t)| square(p, t)).sum();
            let squares: f64 = prediction.iter().map(|p| p * p).sum();
            case.number("the loss", loss.item(), sum / n as f64)
                .mistake(sum, "a sum; it should be the mean over the elements")
                .mistake(
                    squares / n as f64,
                    "the target counts as 0: its *value* is cut. It is needed; only the \
                     gradient must not flow",
                )
                .mistake(
                    squares - 2.0 * prediction[0] * target[0] + target[0] * target[0],
                    "the squares are huge here, and their difference has no digits left: \
                     first the difference, then its square",
                )
                .verify();
        }
    });
    check.case("the gradient of the prediction", |case| {
        for (target, how) in
            [(tensor(&TARGET).tracked(), "tracked"), (tensor(&TARGET), "not tracked")]
        {
            let prediction = tensor(&PREDICTION).tracked();
            case.given(format!(
                "prediction {PREDICTION:?}, tracked; target {TARGET:?}, {how}"
            ));
            let loss = (answer.stop_gradient)(&prediction, &target);
            if !behind(case, &loss) {
                return;
            }
            let got = loss.backward().of(&prediction).map(|g| g.to_vec());
            case.numbers("its gradient", &got.unwrap_or_default(), &expected())
                .mistake(Vec::<f64>::new(), NOWHERE)
                .verify();
        }
    });
    check.case("no gradient of the target", |case| {
        let (prediction, target) =
            (tensor(&PREDICTION).tracked(), tensor(&TARGET).tracked());
        case.given(format!("prediction {PREDICTION:?}, target {TARGET:?}, both tracked"));
        let loss = (answer.stop_gradient)(&prediction, &target);
        if behind(case, &loss) {
            nothing(case, loss.backward().of(&target).map(|g| g.to_vec()));
        }
    });
    check.case("both from one weight", |case| {
        // p = 2 w, t = 5 w at w = 1.5: with the target held, dL/dw = 2 (p − t) · 2.
        case.given("prediction = 2 w, target = 5 w, w = 1.5");
        let w = tensor(&[1.5]).tracked();
        let loss = (answer.stop_gradient)(&w.scale(2.0), &w.scale(5.0));
        if behind(case, &loss) {
            let got = loss.backward().of(&w).map_or(f64::NAN, |g| g.to_vec()[0]);
            case.number("the gradient of w", got, 2.0 * -4.5 * 2.0)
                .mistake(
                    2.0 * -4.5 * -3.0,
                    "it came through the target too, along its way back to w",
                )
                .verify();
        }
    });
    check.case("three axes", |case| {
        let number = |i: usize| ((3 * i + 1) % 7) as f64 - 2.5;
        let values: Vec<f64> = (0..12).map(number).collect();
        let prediction = TensorOf::new(values.clone(), &[2, 3, 2]).tracked();
        let target =
            TensorOf::new(values.iter().rev().copied().collect(), &[2, 3, 2]).tracked();
        case.given("both of shape [2, 3, 2], tracked");
        let loss = (answer.stop_gradient)(&prediction, &target);
        if behind(case, &loss) {
            let gradients = loss.backward();
            let got = gradients.of(&prediction).map(|g| g.to_vec()).unwrap_or_default();
            let mirrored = values.iter().rev();
            let expected: Vec<f64> =
                values.iter().zip(mirrored).map(|(p, t)| (p - t) / 6.0).collect();
            case.numbers("the gradient of the prediction", &got, &expected).verify();
            nothing(case, gradients.of(&target).map(|g| g.to_vec()));
        }
    });
}

fn expected() -> Vec<f64> {
    PREDICTION.iter().zip(TARGET).map(|(p, t)| (p - t) / 2.0).collect()
}

/// Expects that nothing has arrived at the target.
fn nothing(case: &mut Case, moved: Option<Vec<f64>>) {
    let zeros = moved.iter().flatten().all(|x| *x == 0.0);
    case.holds(
        moved.is_none(),
        "the gradient of the target",
        "none",
        format!("{:?}", moved.unwrap_or_default()),
        match zeros {
            true => {
                "zeros arrive, and would go on into all that the target was made from: \
                     it has to be cut off"
            }
            false => {
                "it flows into the target as well: a change of the target would be \
                      learned"
            }
        },
    );
}

/// Whether there is a way back at all, to a single number.
fn behind(case: &mut Case, loss: &TensorOf<f64>) -> bool {
    case.holds(
        loss.is_tracked() && loss.size() == 1,
        "the loss",
        "a single number with a way back to the prediction",
        "one without",
        "everything is cut: only the target may lose its history, not the prediction, \
         nor the error made of both",
    );
    loss.is_tracked() && loss.size() == 1
}
