//! Logistic regression on breast cancer: features as they were measured, against features
//! on one scale.

use crate::independent::eigenvalues;
use crate::problem::{geometric, logistic, logistic_rate};
use crate::support::Table;
use gradus::gradient_descent::*;
use gradus::random::generator;
use gradus::report::{Figure, Run};
use smartcore::dataset::breast_cancer;

const STEPS: usize = 2000;

// ANCHOR: scale
pub fn compare(run: &mut Run) {
    let mut figure =
        Figure::new("The same data, the same number of steps").x_log("step").y("loss");
    let (mut losses, mut conditions) = ([vec![], vec![]], [vec![], vec![]]);
    for seed in run.seeds().to_vec() {
        let data = Table::new(breast_cancer::load_dataset());
        let (raw, _) = data.split(0.8, &mut generator(seed));
        let scaled = Standardiser::fit(&raw.inputs).apply(&raw.inputs);
        let both = [("as measured", &raw.inputs), ("standardised", &scaled)];
        for (index, (name, inputs)) in both.into_iter().enumerate() {
            let train = Table { inputs: with_bias(inputs), targets: raw.targets.clone() };
            let start = vec![0.0; train.inputs[0].len()];
            let objective = |w: &[f64]| logistic(w, &train, 0.0);
            let rule = Rule::budget(STEPS);
            let descent = descend(start, logistic_rate(&train), &rule, objective);
            losses[index].push(descent.losses[STEPS]);
            let values = eigenvalues(&mean_squared_error_hessian(&train.inputs));
            conditions[index].push(values[0] / values[values.len() - 1]);
            if seed == 0 {
                let points = geometric(STEPS).map(|k| (k as f64, descent.losses[k]));
                figure = figure.line(name, &points.collect::<Vec<_>>());
            }
        }
    }
    // ANCHOR_END: scale
    run.figure("scale", figure);
    for (name, index) in [("raw", 0), ("scaled", 1)] {
        run.measured(&format!("scale.{name}.loss"), &losses[index], 3);
        run.measured_scientific(&format!("scale.{name}.condition"), &conditions[index]);
    }
}
