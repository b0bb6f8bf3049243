//! Checks the shape, mean and deviation of many draws, that they are independent, and that
//! a signal keeps its size through twenty layers.

use crate::{Case, Check};
use gradus::random::{Generator, generator, normal};
use gradus::tensor::Array;

/// What the reader writes.
pub struct Answer {
    /// The first weights of a linear layer.
    pub init_scale:
        fn(fan_in: usize, fan_out: usize, random: &mut Generator) -> Array<f64>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let init = answer.init_scale;
    check.case("the shape", |case| {
        for (fan_in, fan_out) in [(3, 7), (1, 1), (5, 1)] {
            case.given(format!("fan_in {fan_in}, fan_out {fan_out}"));
            let got = init(fan_in, fan_out, &mut generator(1)).shape().to_vec();
            let turned = "one row for each neuron: fan_out is the number of rows";
            case.equal("the shape", got, vec![fan_out, fan_in], turned);
        }
    });
    check.case("no two weights are equal, nor opposite", |case| {
        for (fan_in, fan_out) in [(20, 30), (25, 25), (1, 600)] {
        case.given(format!("fan_in {fan_in}, fan_out {fan_out}"));
        let drawn = init(fan_in, fan_out, &mut generator(2)).to_vec();
        let mut values: Vec<f64> = drawn.iter().map(|weight| weight.abs()).collect();
        values.sort_by(f64::total_cmp);
        let equal = values.windows(2).filter(|pair| pair[0] == pair[1]).count();
        let suggests = match equal {
            _ if fan_in == 1 && values[599] < 1.001 * values[0] => {
                "with one input all weights have the same size: is every row made equally \
                 long? That is no normal distribution"
            }
            599 => {
                "all weights are the same: neurons that begin alike stay alike, and the \
                 whole layer is worth one"
            }
            _ => "is a row or a number used twice? Draw every weight by itself",
        };
        case.holds(equal == 0, "equal pairs", "none", format!("{equal}"), suggests);
        }
    });
    check.case("mean and standard deviation", |case| {
        for (fan_in, fan_out) in [(50, 400), (800, 30), (8, 2500), (1, 20_000)] {
            case.given(format!("fan_in {fan_in}, fan_out {fan_out}"));
            let values = init(fan_in, fan_out, &mut generator(3)).to_vec();
            deviation(case, &values, fan_in as f64, fan_out as f64);
        }
    });
    check.case("a normal distribution", |case| {
        case.given("fan_in 100, fan_out 200");
        let (values, s) = (init(100, 200, &mut generator(4)).to_vec(), 0.02f64.sqrt());
        let share = |bound: f64| {
            let beyond = values.iter().filter(|w| w.abs() > bound * s).count();
            100.0 * beyond as f64 / values.len() as f64
        };
        // 31.73, 4.55 and 0.27 per cent; five standard errors of 20,000 draws.
        for (bound, expected, error) in
            [(1.0, 31.73, 1.7), (2.0, 4.55, 0.8), (3.0, 0.27, 0.2)]
        {
            let got = share(bound);
            case.holds(
                (got - expected).abs() < error,
                &format!("the share of weights beyond {bound} deviations"),
                &format!("about {expected} %"),
                format!("{got} %"),
                "mean and deviation are right, but the distribution is not normal",
            );
        }
    });
    check.case("the generator goes on", |case| {
        case.given("two layers from one generator, and a third from the same seed");
        let mut random = generator(5);
        let (first, second) = (init(4, 6, &mut random), init(4, 6, &mut random));
        let own = "the second layer has the weights of the first: draw from the generator \
                   that is passed in";
        case.holds(first != second, "the second layer", "other weights", "the same", own);
        let again = init(4, 6, &mut generator(5));
        let seeds = "the same seed must give the same weights: draw from the generator \
                     that is passed in";
        case.holds(first == again, "the same seed", "the same weights", "others", seeds);
        let other = init(4, 6, &mut generator(6));
        case.holds(first != other, "another seed", "other weights", "the same", own);
    });
    check.case("a signal through twenty layers", |case| {
        let width = 200;
        case.given(format!("twenty layers of {width} neurons with ReLU, 10 rows"));
        let mut random = generator(7);
        let mut x = Array::from_fn(&[10, width], |_| normal(&mut random));
        for _ in 0..20 {
            let weight = init(width, width, &mut random);
            x = x.matmul(&weight.transpose(0, 1)).map(|z| z.max(0.0));
        }
        let square = x.to_vec().iter().map(|x| x * x).sum::<f64>() / x.size() as f64;
        let suggests = if square < 0.02 {
            "the signal has faded"
        } else {
            "the signal has exploded"
        };
        case.holds(
            (0.02..50.0).contains(&square),
            "the mean square behind the last",
            "about 1",
            format!("{square:e}"),
            suggests,
        );
    });
}

/// Mean and deviation within five standard errors, and what another deviation suggests.
fn deviation(case: &mut Case, values: &[f64], fan_in: f64, fan_out: f64) {
    let n = values.len() as f64;
    let mean = values.iter().sum::<f64>() / n;
    let spread = (values.iter().map(|w| (w - mean).powi(2)).sum::<f64>() / n).sqrt();
    let expected = (2.0 / fan_in).sqrt();
    let error = 5.0 / (2.0 * n).sqrt();
    let near = |other: f64| (spread / other - 1.0).abs() < error;
    let suggests = match spread {
        _ if fan_in == 1.0 && near(1.0) => {
            "with one input the variance is 2, as the rule says"
        }
        _ if near(2.0 / fan_in) => "2/fan_in is the variance: the deviation is its root",
        _ if near((2.0 / fan_out).sqrt()) => {
            "this is √(2/fan_out): what counts is how many products a neuron adds up"
        }
        _ if near((1.0 / fan_in).sqrt()) => {
            "this is √(1/fan_in): the 2 makes up for the half that the ReLU sets to 0"
        }
        _ if near((2.0 / (fan_in + fan_out)).sqrt()) => {
            "this is √(2/(fan_in + fan_out)), for layers without a ReLU"
        }
        _ if near(1.0) => "the draws are not scaled",
        _ => "",
    };
    let wanted = format!("about {expected:.4}");
    case.holds(
        near(expected),
        "the standard deviation",
        &wanted,
        spread.to_string(),
        suggests,
    );
    let bound = 5.0 * expected / n.sqrt();
    let shifted = "the weights are not centred: as many should be negative as positive";
    case.holds(mean.abs() < bound, "the mean", "about 0", mean.to_string(), shifted);
    let forced = "mean and deviation of these weights were made exact: then no weight is drawn by \
                  itself. They come out *about* right";
    let free = mean.abs() > 1e-9 * expected;
    case.holds(free, "the mean", "about 0, but not 0 exactly", mean.to_string(), forced);
}
