//! A long sum in 32 bits: in order, in sixteen lanes, in halves.

use gradus::random::{generator, uniform};
use gradus::report::{Figure, Run, scientific};
use gradus::tensor::reduce::sum;

// ANCHOR: sums
/// One addition after the other.
fn in_order(values: &[f32]) -> f32 {
    values.iter().fold(0.0, |sum, x| sum + x)
}

/// The sum of the first half and the sum of the second half, each found in the same way.
fn in_halves(values: &[f32]) -> f32 {
    if values.len() <= 8 {
        return in_order(values);
    }
    let (first, second) = values.split_at(values.len() / 2);
    in_halves(first) + in_halves(second)
}
// ANCHOR_END: sums

/// A way to add up numbers.
type Sum = fn(&[f32]) -> f32;

const WAYS: [(&str, Sum); 3] =
    [("in order", in_order), ("in 16 lanes", sum::<f32>), ("in halves", in_halves)];

pub fn add(run: &mut Run, quick: bool) {
    ones(run, quick);
    let largest = if quick { 5 } else { 7 };
    let mut figure = Figure::new("Adding n numbers between 0 and 1 in 32 bits")
        .x_log("n")
        .y_log("relative error of the sum");
    let mut errors = WAYS.map(|_| vec![vec![]; largest + 1]);
    for seed in run.seeds().to_vec() {
        let mut random = generator(seed);
        let many = 10usize.pow(largest as u32);
        let values: Vec<f32> = (0..many).map(|_| uniform(&mut random) as f32).collect();
        for power in 2..=largest {
            let part = &values[..10usize.pow(power as u32)];
            let exact: f64 = part.iter().map(|x| f64::from(*x)).sum();
            for ((_, sum), errors) in WAYS.iter().zip(&mut errors) {
                errors[power].push((f64::from(sum(part)) - exact).abs() / exact);
            }
        }
    }
    let mean = |errors: &[f64]| errors.iter().sum::<f64>() / errors.len() as f64;
    let mut rows = Vec::new();
    for ((name, _), errors) in WAYS.iter().zip(&errors) {
        let points =
            (2..=largest).map(|power| (10f64.powi(power as i32), mean(&errors[power])));
        figure = figure.line(name, &points.collect::<Vec<_>>());
        let most = |power: usize| errors[power].iter().copied().fold(0.0, f64::max);
        let shown =
            [largest - 2, largest - 1, largest].map(|power| scientific(most(power)));
        rows.push([vec![name.to_string()], shown.to_vec()].concat());
    }
    run.figure("rounding", figure);
    let heads = [largest - 2, largest - 1, largest]
        .map(|power| format!("{} numbers", grouped(10u64.pow(power as u32))));
    let columns: Vec<&str> =
        ["added"].into_iter().chain(heads.iter().map(String::as_str)).collect();
    let caption = "The largest relative error over the draws, against the sum in 64 bits";
    run.table("rounding", caption, &columns, &rows);
}

/// Many ones, and a million tenths: the same numbers on every machine.
fn ones(run: &mut Run, quick: bool) {
    if !quick {
        let ones = vec![1f32; 1 << 25];
        for ((name, sum), key) in WAYS.iter().zip(["order", "lanes", "halves"]) {
            let total = sum(&ones);
            println!("33,554,432 ones added {name}: {total}");
            run.number_as(
                &format!("rounding.ones.{key}"),
                total.into(),
                &grouped(total as u64),
            );
        }
    }
    let tenths = vec![0.1f32; 1_000_000];
    for ((name, sum), key) in WAYS.iter().zip(["order", "lanes", "halves"]) {
        let total = sum(&tenths);
        println!("1,000,000 tenths added {name}: {total}");
        run.number_as(
            &format!("rounding.tenths.{key}"),
            total.into(),
            &grouped(total as u64),
        );
    }
}

/// `16,777,216`.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let grouped: Vec<&str> = digits
        .as_bytes()
        .rchunks(3)
        .rev()
        .map(|group| std::str::from_utf8(group).expect("digits"))
        .collect();
    grouped.join(",")
}
