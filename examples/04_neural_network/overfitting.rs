//! A hundred pictures, one in five with a wrong label, and a network that is wide enough to
//! learn them by heart; with dropout, and with more pictures.

use crate::classifier::*;
use gradus::neural_network::{Activation, Context, Mlp};
use gradus::random::{Generator, generator, uniform};
use gradus::report::{Figure, Run};

const EVERY: usize = 25;

/// How many pictures, how much dropout, and how it is called.
const SETTINGS: [(&str, &str, usize, f64); 3] = [
    ("plain", "plain", 100, 0.0),
    ("dropout", "dropout 0.5", 100, 0.5),
    ("more", "more: 500 pictures", 500, 0.0),
];

/// Training loss, test loss and test accuracy after every so many steps.
type Course = Vec<[f64; 3]>;

pub fn learn_little(run: &mut Run, quick: bool) {
    let steps = if quick { 50 } else { 600 };
    let seeds = run.seeds().to_vec();
    for (label, wrong) in [("right", 0.0), ("wrong", 0.2)] {
        let results = of_seeds(&seeds, |seed| {
            let mut random = generator(seed);
            let (mut train, test) = pictures(&mut random);
            spoil(&mut train.targets, wrong, &mut random);
            SETTINGS.map(|(_, _, count, p)| {
                let train = Rows::new(&train).first(count);
                course(&train, &Rows::new(&test), p, steps, &mut random.clone())
            })
        });
        report(run, label, &results);
    }
}

/// Gives this share of the rows another class than their own.
fn spoil(targets: &mut [f64], share: f64, random: &mut Generator) {
    for target in targets {
        let (spoilt, other) = (uniform(random) < share, (9.0 * uniform(random)).floor());
        if spoilt {
            *target = (*target + 1.0 + other) % 10.0;
        }
    }
}

fn course(
    train: &Rows,
    test: &Rows,
    p: f64,
    steps: usize,
    random: &mut Generator,
) -> Course {
    let model = Mlp::<f32>::new(&[64, 256, 10], Activation::Relu, random);
    let mut context = Context { training: true, random: random.clone() };
    let mut course = Vec::new();
    descend(&model, 0.1, steps, |step| {
        if step % EVERY == 0 {
            course.push(judge(&model, train, test));
        }
        let hidden = model.layers[0].forward(&train.x, &mut context).relu();
        let hidden = context.dropout(&hidden, p);
        train.loss(&model.layers[1].forward(&hidden, &mut context))
    });
    course.push(judge(&model, train, test));
    course
}

fn judge(model: &Mlp<f32>, train: &Rows, test: &Rows) -> [f64; 3] {
    let (loss, accuracy) = test.judge(model);
    [train.judge(model).0, loss, accuracy]
}

fn report(run: &mut Run, label: &str, results: &[[Course; 3]]) {
    let mut figure = Figure::new("Training and test loss").x("step").y("loss");
    let mut rows = Vec::new();
    for (place, (key, name, _, _)) in SETTINGS.iter().enumerate() {
        let courses = column(results, |result| result[place].clone());
        let of = |f: &dyn Fn(&Course) -> f64| column(&courses, f);
        let lowest = |course: &Course| {
            let losses = course.iter().map(|point| point[1]);
            losses.fold(f64::INFINITY, f64::min)
        };
        let last = |course: &Course| course[course.len() - 1];
        let key = format!("overfitting.{label}.{key}");
        rows.push(vec![
            name.to_string(),
            run.measured(&format!("{key}.train"), &of(&|c| last(c)[0]), 3),
            run.measured(&format!("{key}.lowest"), &of(&lowest), 2),
            run.measured(&format!("{key}.test"), &of(&|c| last(c)[1]), 2),
            run.measured(&format!("{key}.accuracy"), &of(&|c| last(c)[2]), 1),
        ]);
        let mean = |which: usize| -> Vec<(f64, f64)> {
            let at = |k: usize| {
                let sum: f64 = courses.iter().map(|course| course[k][which]).sum();
                ((k * EVERY) as f64, sum / courses.len() as f64)
            };
            (0..courses[0].len()).map(at).collect()
        };
        figure = figure.line(&format!("{name}: test"), &mean(1));
        figure = figure.dashed(&format!("{name}: training"), &mean(0));
    }
    let gains = column(results, |result| {
        let last = |place: usize| result[place][result[place].len() - 1][2];
        last(1) - last(0)
    });
    run.measured(&format!("overfitting.{label}.gain"), &gains, 1);
    let better = gains.iter().filter(|gain| **gain > 0.0).count();
    run.number(&format!("overfitting.{label}.gain.draws"), better as f64, 0);
    let columns = [
        "setting",
        "training loss",
        "lowest test loss",
        "last test loss",
        "test accuracy",
    ];
    let caption = match label {
        "right" => "100 pictures, 256 hidden neurons, all labels right",
        _ => "100 pictures, 256 hidden neurons, one training label in five wrong",
    };
    let name = format!("overfitting_{label}");
    run.table(&name, caption, &columns, &rows);
    run.figure(&name, figure);
}
