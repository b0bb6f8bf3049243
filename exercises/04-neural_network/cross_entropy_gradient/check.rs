//! Checks the gradient by hand, then against finite differences of the library's loss.

use crate::Check;
use gradus::autograd::TensorOf;
use gradus::ops::CrossEntropyOptions;
use gradus::tensor::Array;

/// What the reader writes.
pub struct Answer {
    /// The gradient of the mean cross-entropy with respect to every logit.
    pub cross_entropy_gradient:
        fn(logits: &[Vec<f64>], targets: &[usize]) -> Vec<Vec<f64>>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let gradient = answer.cross_entropy_gradient;
    let others = "only the target's logit has a gradient here: the others must fall, each \
                  in proportion to its probability";
    check.case("one row, by hand", |case| {
        case.given("logits [0, ln 2, ln 5], so p is [1/8, 2/8, 5/8]; target 1");
        let logits = [vec![0.0, 2f64.ln(), 5f64.ln()]];
        case.numbers(
            "the gradient",
            &gradient(&logits, &[1]),
            &vec![vec![0.125, -0.75, 0.625]],
        )
        .mistake(
            vec![vec![0.125, 0.25, 0.625]],
            "this is p: take 1 away where the answer is",
        )
        .mistake(vec![vec![0.0, -0.75, 0.0]], others)
        .mistake(
            vec![vec![-0.875, 0.25, 0.625]],
            "1 is taken away from the first class: it belongs to the target's",
        )
        .factor(-1.0, "answer minus prediction: this step would climb")
        .factor(1.0 / 3.0, "divided by the classes: the mean is over the rows")
        .factor(
            0.25,
            "multiplied by p of the target: that is the gradient of −p, not of −ln p",
        )
        .verify();
    });
    check.case("the example of the statement", |case| {
        case.given("one row [0, 0], target 0");
        case.numbers(
            "the gradient",
            &gradient(&[vec![0.0; 2]], &[0]),
            &vec![vec![-0.5, 0.5]],
        )
        .mistake(vec![vec![0.5, 0.5]], "this is p: take 1 away where the answer is")
        .factor(-1.0, "answer minus prediction: this step would climb")
        .mistake(vec![vec![-0.5, 0.0]], others)
        .mistake(
            vec![vec![-0.5, -0.5]],
            "1 is taken away from every class: only the target loses it",
        )
        .verify();
    });
    check.case("the mean over rows", |case| {
        case.given("two rows [0, 0, 0], targets 0 and 2");
        let (sixth, third) = (1.0 / 6.0, 1.0 / 3.0);
        let expected = vec![vec![-third, sixth, sixth], vec![sixth, sixth, -third]];
        case.numbers(
            "the gradient",
            &gradient(&vec![vec![0.0; 3]; 2], &[0, 2]),
            &expected,
        )
        .factor(2.0, "the gradient of the sum: the loss is a mean, so divide by n")
        .factor(2.0 / 3.0, "divided by the classes: the mean is over the rows")
        .factor(1.0 / 3.0, "divided by all logits: the mean is over the rows")
        .verify();
    });
    check.case("finite differences", |case| {
        for (rows, classes) in [(1, 2), (5, 3), (3, 7)] {
            case.given(format!("{rows} rows of {classes} logits, 2 sin(1), 2 sin(2), …"));
            let logit = |i: usize| 2.0 * ((i + 1) as f64).sin();
            let flat: Vec<f64> = (0..rows * classes).map(logit).collect();
            let targets: Vec<usize> = (0..rows).map(|i| (2 * i + 1) % classes).collect();
            let loss = |flat: &[f64]| {
                let targets = targets.iter().map(|t| *t as u32).collect();
                TensorOf::new(flat.to_vec(), &[rows, classes])
                    .cross_entropy(
                        &Array::new(targets, &[rows]),
                        CrossEntropyOptions::default(),
                    )
                    .item()
            };
            let slope = |j: usize| {
                let at = |h: f64| {
                    let mut moved = flat.clone();
                    moved[j] += h;
                    loss(&moved)
                };
                (at(1e-5) - at(-1e-5)) / 2e-5
            };
            let expected: Vec<f64> = (0..rows * classes).map(slope).collect();
            let table = |flat: &[f64]| {
                flat.chunks(classes).map(<[f64]>::to_vec).collect::<Vec<_>>()
            };
            case.numbers(
                "the gradient",
                &gradient(&table(&flat), &targets),
                &table(&expected),
            )
            .within(1e-8)
            .factor(
                rows as f64,
                "the gradient of the sum: the loss is a mean, so divide by n",
            )
            .verify();
        }
    });
    check.case("certain rows", |case| {
        case.given("logits [1000, 0, -1000] with target 0, and again with target 1");
        let logits = vec![vec![1000.0, 0.0, -1000.0]; 2];
        let expected = vec![vec![0.0; 3], vec![0.5, -0.5, 0.0]];
        case.numbers("the gradient", &gradient(&logits, &[0, 1]), &expected).verify();
        case.given("logits [20, 0], target 0: p of the other class is about e⁻²⁰");
        let got = gradient(&[vec![20.0, 0.0]], &[0]).concat();
        let small = 1.0 / (1.0 + 20f64.exp());
        let got: Vec<f64> = got.iter().map(|g| g / small).collect();
        // 1 − p has lost half of its digits.
        case.numbers("the gradient, in units of e⁻²⁰", &got, &vec![-1.0, 1.0])
            .within(1e-6)
            .mistake(vec![0.0; 2], "nearly right is not right: a small gradient is not 0")
            .verify();
    });
    check.case("a single class", |case| {
        case.given("one row [5], target 0: p is 1 whatever the logit");
        case.numbers("the gradient", &gradient(&[vec![5.0]], &[0]), &vec![vec![0.0]])
            .verify();
    });
}
