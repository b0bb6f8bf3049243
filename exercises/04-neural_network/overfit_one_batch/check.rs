//! Checks the loop on losses whose steps can be computed by hand, then what it asks of the
//! context, then on a network with dropout.

use crate::{Case, Check};
use gradus::autograd::TensorOf;
use gradus::neural_network::{Activation, Context, Mlp, Parameter, parameters};
use gradus::ops::CrossEntropyOptions;
use gradus::random::{generator, normal, uniform};
use gradus::tensor::Array;
use std::cell::RefCell;

type Loss<'a> = &'a dyn Fn(&mut Context) -> TensorOf<f64>;

/// What the reader writes.
pub struct Answer {
    /// How many steps it takes to learn one batch by heart.
    pub overfit_one_batch: fn(Loss, &[Parameter<f64>], f64, usize) -> Option<usize>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let overfit = answer.overfit_one_batch;
    check.case("the example of the statement", |case| {
        for (budget, steps) in
            [(100, Some(4)), (4, Some(4)), (3, None), (1, None), (0, None)]
        {
            case.given(format!(
                "w = 0, the loss (2w − 6)², learning rate 0.1, budget {budget}"
            ));
            let w = number(0.0);
            let got =
                overfit(&|_| squared(&w, 4.0), std::slice::from_ref(&w), 0.1, budget);
            let taken = steps.unwrap_or(budget) as i32;
            ends(case, got, steps, &w, 3.0 - 3.0 * 0.2f64.powi(taken));
        }
    });
    check.case("nothing to do", |case| {
        for budget in [10, 0] {
            case.given(format!(
                "w = 3, the loss (2w − 6)², which is 0 already, budget {budget}"
            ));
            let w = number(3.0);
            let got =
                overfit(&|_| squared(&w, 4.0), std::slice::from_ref(&w), 0.1, budget);
            ends(case, got, Some(0), &w, 3.0);
        }
    });
    check.case("exactly at the bound", |case| {
        case.given("w = 0.001, the loss w, learning rate 0.1: 0.001 is not below 0.001");
        let w = number(0.001);
        let got = overfit(&|_| w.tensor().sum_all(), std::slice::from_ref(&w), 0.1, 10);
        case.equal("the answer", got, Some(1), "*below* 0.001 does not include it");
    });
    check.case("several parameters", |case| {
        case.given(
            "three parameters of shapes [1], [2, 2] and [], each with 9 times its square",
        );
        let all = [
            Parameter::new(Array::full(100.0, &[1])),
            Parameter::new(Array::new(vec![200.0, -100.0, 50.0, 300.0], &[2, 2])),
            Parameter::new(Array::scalar(-200.0)),
        ];
        let square =
            |p: &Parameter<f64>| p.tensor().mul(&p.tensor()).scale(9.0).sum_all();
        let loss =
            |_: &mut Context| square(&all[0]).add(&square(&all[1])).add(&square(&all[2]));
        // Each step multiplies every number by 1 − 0.05 · 18 = 0.1; the sum of squares is 192,500.
        let got = overfit(&loss, &all, 0.05, 50);
        let whole = "does every parameter move, and by the whole of its gradient?";
        case.equal("the answer", got, Some(5), whole);
        let end: Vec<f64> = all.iter().flat_map(|p| p.value().to_vec()).collect();
        let start = [1.0, 2.0, -1.0, 0.5, 3.0, -2.0].map(|w| w / 1000.0);
        case.numbers("all numbers of the parameters", &end, &start.to_vec()).verify();
    });
    check.case("a parameter without a gradient", |case| {
        case.given(
            "the loss (2w − 6)², and two parameters, one on which it does not depend",
        );
        let (w, idle) = (number(0.0), number(7.0));
        let got = overfit(&|_| squared(&w, 4.0), &[idle.clone(), w.clone()], 0.1, 10);
        ends(case, got, Some(4), &w, 3.0 - 3.0 * 0.2f64.powi(4));
        case.number("the other parameter", idle.value().item(), 7.0).verify();
    });
    check.case("steps follow training, judgement evaluation", |case| {
        case.given(
            "w = 0, learning rate 0.1; the loss is (w − 3)² in training and 16 times that \
             in evaluation",
        );
        let w = number(0.0);
        let loss = |context: &mut Context| squared(&w, if context.training { 1.0 } else { 16.0 });
        let got = overfit(&loss, std::slice::from_ref(&w), 0.1, 100);
        let gap = 3.0 - w.value().item();
        // In training the distance shrinks to 0.8 of itself in each step.
        let (steps, expected) = (27, 3.0 * 0.8f64.powi(27));
        let suggests = match got {
            Some(21) => "this is when the loss in *training* is below 0.001: judge in evaluation",
            _ if !gap.is_finite() || gap.abs() > 3.0 => {
                "the steps follow the loss in *evaluation*: dropout would never drop anything"
            }
            _ => "",
        };
        case.equal("the answer", got, Some(steps), suggests);
        case.number("3 − w", gap, expected).verify();
    });
    check.case("what the context is asked for", |case| {
        for learning_rate in [0.01, 0.0] {
            context(case, overfit, learning_rate);
        }
    });
    check.case("parameters that meet in the loss", |case| {
        case.given("a = b = 0, the loss (a + b − 3)², learning rate 0.1, budget 50");
        let (a, b, trained) = (number(0.0), number(0.0), RefCell::new(0));
        let loss = |context: &mut Context| {
            *trained.borrow_mut() += usize::from(context.training);
            let gap = a.tensor().add(&b.tensor()).add_scalar(-3.0);
            gap.mul(&gap)
        };
        let got = overfit(&loss, &[a.clone(), b.clone()], 0.1, 50);
        let moment = "each step multiplies the gap by 0.6. Does b move by a gradient that \
                      was computed after a had moved? All of a step belong to one moment";
        case.equal("the answer", got, Some(9), moment);
        let once = "one in each step: `backward` gives the gradients of all parameters";
        case.equal("losses in training", trained.into_inner(), 9, once);
    });
    check.case("a loss that is no number", |case| {
        case.given("w = 1, the loss √w, learning rate 3: after one step w is negative");
        let w = number(1.0);
        let got =
            overfit(&|_| w.tensor().sqrt().sum_all(), std::slice::from_ref(&w), 3.0, 5);
        case.equal(
            "the answer",
            got,
            None,
            "NaN is not below 0.001: how is it compared?",
        );
    });
    check.case("a network with dropout", |case| {
        case.given(
            "6 random rows of 4 features with 3 random classes; 4 → 32 neurons (ReLU, \
             dropout 0.1) → 3; learning rate 0.5, budget 3,000",
        );
        let model = Mlp::<f64>::new(&[4, 32, 3], Activation::Relu, &mut generator(1));
        let mut random = generator(2);
        let x = TensorOf::from(Array::from_fn(&[6, 4], |_| normal(&mut random)));
        let targets = Array::new(vec![2, 0, 1, 1, 0, 2], &[6]);
        let loss = |context: &mut Context| {
            let hidden = model.layers[0].forward(&x, context).relu();
            let hidden = context.dropout(&hidden, 0.1);
            let logits = model.layers[1].forward(&hidden, context);
            logits.cross_entropy(&targets, CrossEntropyOptions::default())
        };
        let got = overfit(&loss, &parameters(&model), 0.5, 3000);
        let learnt = got.is_some_and(|steps| steps > 1);
        case.holds(learnt, "the answer", "some number of steps", format!("{got:?}"), "");
        let end = loss(&mut Context::evaluation()).item();
        case.holds(
            end < 0.001,
            "the loss in the end",
            "below 0.001",
            end.to_string(),
            "",
        );
    });
}

/// What the loop asks of the context, while 8 steps are not enough.
fn context(
    case: &mut Case,
    overfit: fn(Loss, &[Parameter<f64>], f64, usize) -> Option<usize>,
    learning_rate: f64,
) {
    case.given(format!(
        "w = 0, the loss (2w − 6)², learning rate {learning_rate}, budget 8; in training \
             it also draws a number"
    ));
    let (w, drawn, judged) = (number(0.0), RefCell::new(vec![]), RefCell::new(0));
    let loss = |context: &mut Context| {
        match context.training {
            true => drawn.borrow_mut().push(uniform(&mut context.random)),
            false => *judged.borrow_mut() += 1,
        }
        squared(&w, 4.0)
    };
    let got = overfit(&loss, std::slice::from_ref(&w), learning_rate, 8);
    case.equal(
        "the answer",
        got,
        None,
        "8 steps are not enough here, and none fewer are taken",
    );
    let (drawn, judged) = (drawn.into_inner(), judged.into_inner());
    let never = match learning_rate {
        0.0 => "a step with the rate 0 moves nothing, but it is a step",
        _ => "the loss is never computed in training mode",
    };
    case.holds(!drawn.is_empty(), "losses in training", "8", "none", never);
    let count = "one for each step, until the budget is used up";
    case.equal("losses in training", drawn.len(), 8, count);
    case.equal(
        "losses in evaluation",
        judged,
        9,
        "one before each step, and one after the last",
    );
    let mut stream = Context::training(0).random;
    let expected: Vec<f64> = (0..8).map(|_| uniform(&mut stream)).collect();
    let fresh = vec![expected[0]; 8];
    case.numbers("what was drawn", &drawn, &expected)
        .mistake(
            fresh,
            "the same number in every step: a new context begins its stream again, so \
                 dropout would drop the same neurons for ever",
        )
        .verify();
}

fn number(value: f64) -> Parameter<f64> {
    Parameter::new(Array::scalar(value))
}

/// `factor` · (w − 3)²
fn squared(w: &Parameter<f64>, factor: f64) -> TensorOf<f64> {
    let gap = w.tensor().add_scalar(-3.0);
    gap.mul(&gap).scale(factor)
}

/// The answer, and where the weight ends; a step multiplies 3 − w by 0.2.
fn ends(
    case: &mut Case,
    got: Option<usize>,
    steps: Option<usize>,
    w: &Parameter<f64>,
    end: f64,
) {
    let value = w.value().item();
    let suggests = match (got, steps) {
        _ if value < 0.0 => {
            "the weight moves away from 3: a step goes *against* the gradient"
        }
        _ if value > 3.5 => {
            "the weight flies past 3: the gradient must be computed anew in each step, and \
             multiplied by the learning rate"
        }
        (Some(got), Some(steps)) if got == steps + 1 => {
            "one too many: count the steps that were taken before the loss was below 0.001"
        }
        (Some(_), None) => "the loss was not below 0.001 when the budget was used up",
        (None, Some(_)) if value == 0.0 => {
            "the weight has not moved: is every parameter updated? One without a gradient is \
             passed over, and the others move all the same"
        }
        (None, Some(_)) => "also after the last step of the budget the loss is looked at",
        _ => "",
    };
    case.equal("the answer", got, steps, suggests);
    case.number("the weight", value, end)
        .mistake(
            3.0 - (3.0 - end) * 0.2,
            "one step too many: when it is over, nothing moves any more",
        )
        .verify();
}
