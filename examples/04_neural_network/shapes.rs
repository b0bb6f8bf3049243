//! The pictures again: how wide, and how deep.

use crate::classifier::*;
use gradus::neural_network::parameter_count;
use gradus::random::generator;
use gradus::report::Run;

const WIDTHS: [usize; 7] = [1, 2, 4, 8, 16, 64, 512];
const DEPTHS: [usize; 5] = [1, 2, 3, 4, 6];

/// What one network reached.
struct Judged {
    /// Loss and accuracy.
    train: (f64, f64),
    /// Loss and accuracy.
    test: (f64, f64),
    parameters: usize,
}

pub fn compare(run: &mut Run, quick: bool) {
    let steps = if quick { 12 } else { 400 };
    let wide = WIDTHS.map(|width| vec![64, width, 10]);
    let deep = DEPTHS.map(|depth| [vec![64], vec![32; depth], vec![10]].concat());
    let sizes: Vec<Vec<usize>> = wide.into_iter().chain(deep).collect();
    let seeds = run.seeds().to_vec();
    let results = of_seeds(&seeds, |seed| {
        let mut random = generator(seed);
        let (train, test) = pictures(&mut random);
        let (train, test) = (Rows::new(&train), Rows::new(&test));
        column(&sizes, |sizes| {
            let model = trained(sizes, &train, 0.1, steps, &mut random.clone());
            Judged {
                train: train.judge(&model),
                test: test.judge(&model),
                parameters: parameter_count(&model).0,
            }
        })
    });
    let mut table = |name: &str,
                     caption: &str,
                     head: &str,
                     from: usize,
                     labels: &[usize]| {
        let rows = labels.iter().enumerate().map(|(place, label)| {
            let of = |f: fn(&Judged) -> f64| {
                column(&results, |result| f(&result[from + place]))
            };
            let key = format!("{name}.{label}");
            let parameters = results[0][from + place].parameters;
            run.number(&format!("{key}.parameters"), parameters as f64, 0);
            vec![
                label.to_string(),
                parameters.to_string(),
                run.measured(&format!("{key}.loss"), &of(|found| found.train.0), 3),
                run.measured(&format!("{key}.train"), &of(|found| found.train.1), 1),
                run.measured(&format!("{key}.test"), &of(|found| found.test.1), 1),
            ]
        });
        let rows: Vec<_> = rows.collect();
        let columns =
            [head, "parameters", "training loss", "training accuracy", "test accuracy"];
        run.table(name, caption, &columns, &rows);
    };
    table("width", "Digits, one hidden layer", "hidden neurons", 0, &WIDTHS);
    let caption = "Digits, hidden layers of 32 neurons";
    table("depth", caption, "hidden layers", WIDTHS.len(), &DEPTHS);
    let place = |width: usize| WIDTHS.iter().position(|w| *w == width).expect("there");
    let (narrow, wide) = (place(64), place(512));
    let gains = column(&results, |result| result[wide].test.1 - result[narrow].test.1);
    run.measured("width.gain", &gains, 1);
    let better = gains.iter().filter(|gain| **gain > 0.0).count();
    run.number("width.gain.draws", better as f64, 0);
}
