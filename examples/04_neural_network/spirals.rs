//! Two spirals: what width does, and what depth does, to the same set.

use crate::classifier::*;
use crate::planes::{border, plane, spirals};
use gradus::neural_network::parameter_count;
use gradus::random::generator;
use gradus::report::{Drawing, Run, Tint};

const DEPTHS: [usize; 4] = [0, 1, 2, 3];
const WIDTHS: [usize; 4] = [4, 8, 16, 32];
const TURNS: f64 = 1.75;

pub fn untangle(run: &mut Run, quick: bool) {
    let steps = if quick { 100 } else { 1500 };
    let seeds = run.seeds().to_vec();
    let shapes: Vec<(usize, usize)> = DEPTHS
        .iter()
        .flat_map(|depth| WIDTHS.map(|width| (*depth, width)))
        .filter(|(depth, width)| *depth > 0 || *width == WIDTHS[0])
        .collect();
    let results = of_seeds(&seeds, |seed| {
        let mut random = generator(seed);
        let train = spirals(300, TURNS, &mut random);
        let test = spirals(1000, TURNS, &mut random);
        let models = column(&shapes, |(depth, width)| {
            let sizes = [&[2], &vec![*width; *depth][..], &[2]].concat();
            trained(&sizes, &train, 0.3, steps, &mut random.clone())
        });
        (column(&models, |model| test.judge(model).1), train, models)
    });
    let mut rows = Vec::new();
    for depth in DEPTHS {
        let mut row = vec![depth.to_string()];
        for width in WIDTHS {
            let place = shapes.iter().position(|shape| *shape == (depth, width));
            row.push(match place {
                Some(place) => {
                    let accuracies = column(&results, |result| result.0[place]);
                    let key = format!("spirals.{depth}.{width}");
                    let numbers = parameter_count(&results[0].2[place]).0;
                    run.number(&format!("{key}.parameters"), numbers as f64, 0);
                    run.measured(&key, &accuracies, 1)
                }
                None => "–".to_string(),
            });
        }
        rows.push(row);
    }
    let columns = ["hidden layers", "4 wide", "8 wide", "16 wide", "32 wide"];
    let caption = "Two spirals: test accuracy in per cent";
    run.table("spirals", caption, &columns, &rows);

    let (_, train, models) = &results[0];
    let mut drawing =
        Drawing::new("Two spirals and the borders of networks with 16 neurons per layer");
    for (place, depth) in [1, 2, 3].into_iter().enumerate() {
        let model = shapes.iter().position(|shape| *shape == (depth, 16));
        let lines = border(&models[model.expect("it is among them")]);
        let lines: Vec<_> = lines.into_iter().map(|line| (line, Tint::Plain)).collect();
        let title = ["one hidden layer", "two", "three"][place];
        drawing = plane(drawing, place, title, train, &lines);
    }
    run.drawing("spirals", &drawing);
}
