//! Reductions, indexing and the fused operations: on numbers that can be followed by hand,
//! at the extremes, and against what they are made of.

use gradus::autograd::{Tensor, TensorOf};
use gradus::element::Real;
use gradus::ops::{self, CrossEntropyOptions};
use gradus::random::{generator, normal};
use gradus::tensor::Array;

const INF: f64 = f64::INFINITY;
const NAN: f64 = f64::NAN;

fn leaf(values: &[f64], shape: &[usize]) -> TensorOf<f64> {
    TensorOf::new(values.to_vec(), shape).tracked()
}

/// Numbers from a normal distribution, times `size`.
fn random(shape: &[usize], size: f64, seed: u64) -> Array<f64> {
    let mut generator = generator(seed);
    Array::from_fn(shape, |_| size * normal(&mut generator))
}

/// The gradient of Σ uᵢ yᵢ with respect to `x`; all uᵢ differ.
fn gradient<T: Real>(y: TensorOf<T>, x: &TensorOf<T>) -> Vec<T> {
    let upstream = Array::from_fn(y.shape(), |i| T::of((i as f64 + 1.0).sin() + 0.2));
    y.backward_from(upstream).of(x).expect("a gradient").to_vec()
}

/// The gradient of Σ yᵢ.
fn plain_gradient(y: TensorOf<f64>, x: &TensorOf<f64>) -> Vec<f64> {
    y.sum_all().backward().of(x).expect("a gradient").to_vec()
}

#[track_caller]
fn assert_near(got: &[f64], expected: &[f64], bound: f64) {
    assert_eq!(got.len(), expected.len());
    for (i, (a, b)) in got.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= bound || a == b, "{i}: {a} is not {b}\n{got:?}");
    }
}

/// The panic of `f`, which must not return.
fn refusal(f: fn()) -> String {
    let panic = std::panic::catch_unwind(f).expect_err("it must be refused");
    let text = panic.downcast_ref::<String>().cloned();
    text.unwrap_or_else(|| panic.downcast_ref::<&str>().unwrap_or(&"").to_string())
}

fn counting(shape: &[usize]) -> TensorOf<f64> {
    Array::from_fn(shape, |i| i as f64).into()
}

// Reductions.

#[test]
fn means_and_variances_by_hand() {
    let x = leaf(&[1.0, 2.0, 3.0, 6.0, 0.0, 4.0, 4.0, 4.0], &[2, 4]);
    assert_eq!(x.mean(&[1]).to_vec(), [3.0, 3.0]);
    assert_eq!(x.mean(&[1]).shape(), [2, 1]);
    assert_eq!(x.mean(&[0]).to_vec(), [0.5, 3.0, 3.5, 5.0]);
    assert_eq!((x.mean_all().item(), x.mean_all().shape()), (3.0, &[][..]));
    // (4 + 1 + 0 + 9) and (9 + 1 + 1 + 1), over n and over n − 1.
    assert_eq!(x.var(&[1]).to_vec(), [3.5, 3.0]);
    assert_eq!(x.var_unbiased(&[1]).to_vec(), [14.0 / 3.0, 4.0]);
    assert_eq!(x.var(&[0, 1]).item(), 26.0 / 8.0);
    assert_eq!(plain_gradient(x.mean(&[1]), &x), [0.25; 8]);
    let slopes = [-4.0, -2.0, 0.0, 6.0, -6.0, 2.0, 2.0, 2.0]; // 2 (x − μ)
    assert_near(&plain_gradient(x.var(&[1]), &x), &slopes.map(|x| x / 4.0), 1e-15);
    let unbiased = plain_gradient(x.var_unbiased(&[1]), &x);
    assert_near(&unbiased, &slopes.map(|x| x / 3.0), 1e-15);
}

/// E x² − μ² would give 0, or less, at 10⁸ in f64 and already at 10⁴ in f32.
#[test]
fn a_variance_far_from_zero_is_not_rounded_away() {
    let spread = [1.0, 2.0, 3.0, 6.0];
    let far = leaf(&spread.map(|x| x + 1e8), &[4]);
    assert_eq!(far.var(&[0]).item(), 3.5);
    let far = Tensor::new(spread.map(|x| x as f32 + 65536.0).to_vec(), &[4]);
    assert_eq!(far.var(&[0]).item(), 3.5);
    let ones: Tensor = Array::full(1.0, &[4]).into();
    let normal = far.layer_norm(&ones, &far, 1e-6);
    let first = (normal.to_vec()[0] - 65537.0) as f64;
    assert!((first + 2.0 / 3.5f64.sqrt()).abs() < 0.01, "{first}"); // added to 65537 in f32
}

#[test]
fn reductions_over_nothing() {
    let nothing = leaf(&[], &[2, 0]);
    let both = |y: TensorOf<f64>, expected: f64| {
        let same = |y: f64| y == expected || y.is_nan() && expected.is_nan();
        assert!(y.shape() == [2, 1] && y.to_vec().into_iter().all(same), "{y:?}");
        assert!(gradient(y, &nothing).is_empty());
    };
    both(nothing.mean(&[1]), NAN);
    both(nothing.var(&[1]), NAN);
    both(nothing.var_unbiased(&[1]), NAN);
    both(nothing.max(&[1]), -INF);
    both(nothing.min(&[1]), INF);
    both(nothing.logsumexp(&[1]), -INF);
    assert!(nothing.mean_all().item().is_nan());
    assert!(leaf(&[1.0], &[1]).var_unbiased(&[0]).item().is_nan(), "one says nothing");
}

#[test]
fn equal_elements_share_the_gradient_of_the_largest_and_of_the_smallest() {
    let x = leaf(&[1.0, 5.0, 5.0, 2.0, 2.0, 7.0, 2.0, 2.0], &[2, 4]);
    assert_eq!(x.max(&[1]).to_vec(), [5.0, 7.0]);
    assert_eq!(x.min(&[1]).to_vec(), [1.0, 2.0]);
    let upstream = || Array::new(vec![6.0, -3.0], &[2, 1]);
    let gradients =
        |y: TensorOf<f64>| y.backward_from(upstream()).of(&x).unwrap().to_vec();
    assert_eq!(gradients(x.max(&[1])), [0.0, 3.0, 3.0, 0.0, 0.0, -3.0, 0.0, 0.0]);
    assert_eq!(gradients(x.min(&[1])), [6.0, 0.0, 0.0, 0.0, -1.0, 0.0, -1.0, -1.0]);
    let infinite = leaf(&[-INF, -INF], &[2]);
    assert_eq!(plain_gradient(infinite.max(&[0]), &infinite), [0.5, 0.5]);
}

#[test]
fn a_nan_counts_as_largest_and_as_smallest_and_takes_the_gradient() {
    let x = leaf(&[1.0, NAN, 3.0], &[3]);
    for y in [x.max(&[0]), x.min(&[0])] {
        assert!(y.item().is_nan());
        assert_eq!(plain_gradient(y, &x), [0.0, 1.0, 0.0]);
    }
}

/// Where a finite difference crosses from one element to another it measures something
/// else than the gradient.
#[test]
fn cases_of_max_and_min_stay_away_from_their_kinks() {
    let mut seen = 0;
    for case in ops::cases() {
        if !["max", "min"].contains(&case.operation) {
            continue;
        }
        let mut values = case.inputs[0].to_vec();
        values.sort_by(f64::total_cmp);
        assert!(values.windows(2).all(|pair| pair[1] - pair[0] > 10.0 * 1e-5));
        seen += 1;
    }
    assert!(seen >= 8);
}

#[test]
fn logsumexp_by_hand_and_at_the_extremes() {
    let value = |values: &[f64]| leaf(values, &[values.len()]).logsumexp(&[0]).item();
    assert_near(&[value(&[0.0, 3f64.ln()])], &[4f64.ln()], 1e-15);
    assert_eq!(value(&[1e4, 1e4]), 1e4 + 2f64.ln());
    assert_eq!(value(&[-1e4, -1e4]), -1e4 + 2f64.ln());
    assert_eq!(value(&[-INF, 2.0]), 2.0);
    assert_eq!(value(&[-INF, -INF]), -INF);
    assert_eq!(value(&[INF, 2.0, -INF]), INF);
    assert!(value(&[NAN, 2.0]).is_nan() && value(&[NAN, INF]).is_nan());
    let x = leaf(&[0.0, 3f64.ln(), -INF, -INF, -INF, 1e4], &[3, 2]);
    let dx = plain_gradient(x.logsumexp(&[1]), &x);
    assert_near(&dx, &[0.25, 0.75, 0.0, 0.0, 0.0, 1.0], 1e-15);
    let all = x.logsumexp(&[0, 1]);
    assert_eq!((all.item(), all.shape()), (1e4, &[1, 1][..]));
}

#[test]
fn a_gradient_of_logsumexp_far_from_zero_is_not_rounded_away() {
    let x = Tensor::new(vec![10_000.0, 10_000.5], &[2]).tracked();
    let dx = x.logsumexp(&[0]).sum_all().backward().of(&x).unwrap().to_vec();
    let share = 1.0 / (1.0 + 0.5f32.exp());
    assert!((dx[0] - share).abs() < 1e-6 && (dx[0] + dx[1] - 1.0).abs() < 1e-6, "{dx:?}");
}

// Indexing.

#[test]
fn a_row_that_is_chosen_twice_gets_both_gradients() {
    let table = leaf(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[3, 2]);
    let rows = table.index_select(&Array::new(vec![2, 0, 2, 2], &[2, 2]));
    assert_eq!(rows.shape(), [2, 2, 2]);
    assert_eq!(rows.to_vec(), [5.0, 6.0, 1.0, 2.0, 5.0, 6.0, 5.0, 6.0]);
    let upstream =
        Array::new(vec![1.0, 2.0, 3.0, 4.0, 10.0, 20.0, 100.0, 200.0], &[2, 2, 2]);
    let gradients = rows.backward_from(upstream);
    assert_eq!(
        gradients.of(&table).unwrap().to_vec(),
        [3.0, 4.0, 0.0, 0.0, 111.0, 222.0]
    );
}

#[test]
fn an_element_that_is_gathered_twice_gets_both_gradients() {
    let x = leaf(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], &[2, 3]);
    let y = x.gather(1, &Array::new(vec![2, 2, 0, 1], &[2, 2]));
    assert_eq!(y.to_vec(), [3.0, 3.0, 4.0, 5.0]);
    let gradients = y.backward_from(Array::new(vec![1.0, 10.0, 2.0, 3.0], &[2, 2]));
    assert_eq!(gradients.of(&x).unwrap().to_vec(), [0.0, 0.0, 11.0, 2.0, 3.0, 0.0]);
}

// Softmax.

#[test]
fn softmax_by_hand() {
    let x = leaf(&[0.0, 2f64.ln(), 5f64.ln(), 7.0, 7.0, 7.0], &[2, 3]);
    let third = 1.0 / 3.0;
    let shares = [0.125, 0.25, 0.625, third, third, third];
    assert_near(&x.softmax().to_vec(), &shares, 1e-15);
    assert_near(&x.log_softmax().to_vec(), &shares.map(f64::ln), 1e-15);
    // Along the first axis: e⁰ against e⁷, and so on.
    let columns = x.softmax_along(0);
    let first = 1.0 / (1.0 + 7f64.exp());
    assert_near(&[columns.value().at(&[0, 0])], &[first], 1e-15);
    assert_near(&columns.sum(&[0]).to_vec(), &[1.0; 3], 1e-15);
    let transposed: TensorOf<f64> = x.value().transpose(0, 1).into();
    assert_eq!(transposed.softmax().value().transpose(0, 1), *columns.value());
    let columns = x.log_softmax_along(0).exp();
    assert_near(&columns.to_vec(), &x.softmax_along(0).to_vec(), 1e-15);
    // dx = y (dy − Σ y dy) with dy = (8, 0, 0): Σ y dy = 1.
    let x = leaf(&[0.0, 2f64.ln(), 5f64.ln()], &[3]);
    let upstream = || Array::new(vec![8.0, 0.0, 0.0], &[3]);
    let gradients = x.softmax().backward_from(upstream());
    assert_near(&gradients.of(&x).unwrap().to_vec(), &[0.875, -0.25, -0.625], 1e-15);
    // dx = dy − y Σ dy.
    let gradients = x.log_softmax().backward_from(upstream());
    assert_near(&gradients.of(&x).unwrap().to_vec(), &[7.0, -2.0, -5.0], 1e-14);
}

/// In f64 any shift; in f32 shifts that do not round.
#[test]
fn a_shift_of_a_row_changes_nothing() {
    let x = random(&[4, 7], 3.0, 1);
    let targets = Array::new(vec![0, 6, 3, 2], &[4]);
    let loss = |x: &Array<f64>| {
        let logits: TensorOf<f64> = x.clone().into();
        logits.cross_entropy(&targets, CrossEntropyOptions::default()).item()
    };
    let shifts = Array::new(vec![0.1, -1000.3, 12_345.6, 77.7], &[4, 1]);
    let shifted = x.zip(&shifts, "shift", |x, shift| x + shift);
    let (a, b): (TensorOf<f64>, TensorOf<f64>) =
        (x.clone().into(), shifted.clone().into());
    // The shifted logits themselves are rounded, to 1e-12.
    assert_near(&a.softmax().to_vec(), &b.softmax().to_vec(), 1e-11);
    assert_near(&a.log_softmax().to_vec(), &b.log_softmax().to_vec(), 1e-11);
    assert_near(&[loss(&x)], &[loss(&shifted)], 1e-11);

    let exact = |shift: f32| {
        let value = |i: usize| ((i * 37 % 11) as f32 - 5.0) / 4.0 + shift;
        let logits: Tensor = Array::from_fn(&[3, 5], value).into();
        let targets = Array::new(vec![4, 1, 0], &[3]);
        let loss = logits.cross_entropy(&targets, CrossEntropyOptions::default());
        (logits.softmax().to_vec(), logits.log_softmax().to_vec(), loss.item())
    };
    for shift in [1.0, -8.0, 4096.0, -1_048_576.0] {
        assert_eq!(exact(shift), exact(0.0), "to the last bit: {shift}");
    }
}

#[test]
fn softmax_at_the_extremes() {
    let rows = [[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4], [0.0, -INF, 0.0], [-INF; 3]];
    let x = leaf(&rows.concat(), &[4, 3]);
    let third = 1.0 / 3.0;
    let shares = [[1.0, 0.0, 0.0], [third; 3], [0.5, 0.0, 0.5], [0.0; 3]];
    assert_near(&x.softmax().to_vec(), &shares.concat(), 1e-15);
    let logarithms =
        [[0.0, -2e4, -1e4], [third.ln(); 3], [0.5f64.ln(), -INF, 0.5f64.ln()], [-INF; 3]];
    assert_near(&x.log_softmax().to_vec(), &logarithms.concat(), 1e-15);
    let (dx, dlog) = (gradient(x.softmax(), &x), gradient(x.log_softmax(), &x));
    assert!(dx.iter().chain(&dlog).all(|dx| dx.is_finite()), "{dx:?} {dlog:?}");
    assert_eq!(dx[9..], [0.0; 3], "where all is masked");
    assert_eq!(dx[7], 0.0, "where one is masked");
    let narrow = Tensor::new(vec![1e4, -1e4, f32::MAX, f32::MIN], &[2, 2]);
    assert_eq!(narrow.softmax().to_vec(), [1.0, 0.0, 1.0, 0.0]);
}

#[test]
fn what_is_not_a_number_stays_so_and_in_its_row() {
    let x = leaf(&[1.0, NAN, 2.0, 3.0, 4.0, INF], &[3, 2]);
    let is_nan =
        |y: TensorOf<f64>| y.to_vec().iter().map(|y| y.is_nan()).collect::<Vec<_>>();
    assert_eq!(is_nan(x.softmax()), [true, true, false, false, false, true]);
    assert_eq!(is_nan(x.log_softmax()), [true, true, false, false, false, true]);
    assert_eq!(is_nan(x.mean(&[1])), [true, false, false]);
    assert_eq!(is_nan(x.var(&[1])), [true, false, true]);
    assert_eq!(is_nan(x.logsumexp(&[1])), [true, false, false]);
    let (gain, bias) = (counting(&[2]), counting(&[2]));
    let normal = x.layer_norm(&gain, &bias, 1e-5);
    assert_eq!(is_nan(normal), [true, true, false, false, true, true]);
    assert_eq!(is_nan(x.dropout(0.3, &mut generator(1)))[..2], [false, true]);
    let loss = |targets: [u32; 3], ignore_index| {
        let options = CrossEntropyOptions { ignore_index, ..Default::default() };
        x.cross_entropy(&Array::new(targets.to_vec(), &[3]), options)
    };
    assert!(loss([0, 0, 0], None).item().is_nan());
    let left = loss([9, 0, 9], Some(9));
    assert!((left.item() - (1.0 + 1f64.exp()).ln()).abs() < 1e-15);
    // And what does not count gets a gradient of exactly 0.
    let dx = left.backward().of(&x).unwrap().to_vec();
    assert_eq!([&dx[..2], &dx[4..]].concat(), [0.0; 4]);
    assert!(x.bce_with_logits(&Array::zeros(&[3, 2])).item().is_nan());
    assert!(x.mse(&counting(&[3, 2])).item().is_nan());
}

// Losses.

#[test]
fn equal_logits_cost_the_logarithm_of_the_number_of_classes() {
    for classes in [1, 2, 10, 1000] {
        for (level, smoothing) in [(0.0, 0.0), (-7.25, 0.0), (0.0, 0.1), (0.0, 1.0)] {
            let logits: TensorOf<f64> = Array::full(level, &[3, classes]).into();
            let options =
                CrossEntropyOptions { label_smoothing: smoothing, ..Default::default() };
            let targets = Array::new(vec![0, classes as u32 - 1, 0], &[3]);
            let loss = logits.cross_entropy(&targets, options).item();
            assert_near(&[loss], &[(classes as f64).ln()], 1e-12);
        }
    }
}

#[test]
fn cross_entropy_by_hand() {
    // p = (1/8, 2/8, 5/8) and (1/3, 1/3, 1/3).
    let x = leaf(&[0.0, 2f64.ln(), 5f64.ln(), 7.0, 7.0, 7.0], &[2, 3]);
    let loss = x.cross_entropy(&Array::new(vec![1, 2], &[2]), Default::default());
    assert_eq!(loss.rank(), 0);
    assert_near(&[loss.item()], &[(4f64.ln() + 3f64.ln()) / 2.0], 1e-15);
    let dx = loss.backward().of(&x).unwrap().to_vec();
    let third = 1.0 / 3.0;
    let p_less_q = [0.125, -0.75, 0.625, third, third, third - 1.0];
    assert_near(&dx, &p_less_q.map(|dx| dx / 2.0), 1e-15);
}

/// The same from log_softmax, gather, mean and products: value and gradient.
#[test]
fn cross_entropy_is_what_it_is_made_of() {
    let (shape, rows, classes) = ([2, 3, 5], 6, 5);
    let targets = [4, 0, 9, 2, 9, 3];
    let counts: Vec<usize> = (0..rows).filter(|row| targets[*row] != 9).collect();
    for smoothing in [0.0, 0.1, 0.7, 1.0] {
        let x = TensorOf::from(random(&shape, 2.0, 5)).tracked();
        let options =
            CrossEntropyOptions { ignore_index: Some(9), label_smoothing: smoothing };
        let fused = x.cross_entropy(&Array::new(targets.to_vec(), &[2, 3]), options);

        // The rows that count, one by one: Σ qⱼ ln pⱼ with q = (1 − ε) one-hot + ε/C.
        let log_p = x.log_softmax();
        let target = Array::from_fn(&shape, |i| {
            let own = targets[i / classes] as usize == i % classes;
            let q =
                (1.0 - smoothing) * f64::from(u8::from(own)) + smoothing / classes as f64;
            if counts.contains(&(i / classes)) { -q / counts.len() as f64 } else { 0.0 }
        });
        let composed = log_p.mul(&target.into()).sum_all();

        assert_near(&[fused.item()], &[composed.item()], 1e-14);
        let (fused, composed) = (fused.backward(), composed.backward());
        assert_near(
            &fused.of(&x).unwrap().to_vec(),
            &composed.of(&x).unwrap().to_vec(),
            1e-15,
        );
    }
}

#[test]
fn cross_entropy_is_log_softmax_and_gather() {
    let x = TensorOf::from(random(&[6, 4], 2.0, 6)).tracked();
    let targets = Array::new(vec![3, 0, 1, 1, 2, 0], &[6]);
    let fused = x.cross_entropy(&targets, CrossEntropyOptions::default());
    let minus: TensorOf<f64> = Array::scalar(-1.0).into();
    let chosen = x.log_softmax().gather(1, &targets.reshape(&[6, 1]));
    let composed = chosen.mul(&minus).mean_all();
    assert_near(&[fused.item()], &[composed.item()], 1e-14);
    let (fused, composed) = (fused.backward(), composed.backward());
    assert_near(
        &fused.of(&x).unwrap().to_vec(),
        &composed.of(&x).unwrap().to_vec(),
        1e-15,
    );
}

#[test]
fn rows_that_do_not_count_do_not_change_the_mean() {
    let values = random(&[3, 4], 2.0, 8);
    let all: TensorOf<f64> = values.clone().into();
    let two: TensorOf<f64> = values.slice(0, 0..2).into();
    let options =
        CrossEntropyOptions { ignore_index: Some(u32::MAX), label_smoothing: 0.1 };
    let with = all.cross_entropy(&Array::new(vec![1, 3, u32::MAX], &[3]), options);
    let without = two.cross_entropy(&Array::new(vec![1, 3], &[2]), options);
    assert_eq!(with.item(), without.item());
    // The index to be ignored may also be a class.
    let class = CrossEntropyOptions { ignore_index: Some(0), label_smoothing: 0.1 };
    let with = all.cross_entropy(&Array::new(vec![1, 3, 0], &[3]), class);
    assert_eq!(with.item(), without.item());
}

#[test]
fn where_nothing_counts_nothing_is_lost_and_nothing_learnt() {
    let x = leaf(&[1.0, NAN, 3.0, 4.0], &[2, 2]);
    let options = CrossEntropyOptions { ignore_index: Some(7), label_smoothing: 0.1 };
    let loss = x.cross_entropy(&Array::new(vec![7, 7], &[2]), options);
    assert_eq!(loss.item(), 0.0);
    assert_eq!(loss.backward().of(&x).unwrap().to_vec(), [0.0; 4]);
}

#[test]
fn an_empty_batch_costs_nothing() {
    let x = leaf(&[], &[0, 3]);
    let losses = [
        x.cross_entropy(&Array::zeros(&[0]), CrossEntropyOptions::default()),
        x.bce_with_logits(&Array::zeros(&[0, 3])),
        x.mse(&leaf(&[], &[0, 3])),
    ];
    for loss in losses {
        assert_eq!(loss.item(), 0.0);
        assert_eq!(loss.backward().of(&x).unwrap().shape(), [0, 3]);
    }
    let (gain, bias) = (leaf(&[1.0; 3], &[3]), leaf(&[0.0; 3], &[3]));
    let y = x.layer_norm(&gain, &bias, 1e-5);
    assert_eq!(y.shape(), [0, 3]);
    let gradients = y.sum_all().backward();
    assert_eq!(gradients.of(&gain).unwrap().to_vec(), [0.0; 3]);
    assert_eq!(gradients.of(&bias).unwrap().to_vec(), [0.0; 3]);
    for y in [x.softmax(), x.log_softmax(), x.dropout(0.5, &mut generator(1))] {
        assert_eq!(y.shape(), [0, 3]);
    }
}

#[test]
fn cross_entropy_at_the_extremes() {
    let loss = |row: &[f64], target: u32, label_smoothing: f64| {
        let x = leaf(row, &[1, row.len()]);
        let options = CrossEntropyOptions { ignore_index: None, label_smoothing };
        let loss = x.cross_entropy(&Array::new(vec![target], &[1]), options);
        (loss.item(), loss.backward().of(&x).unwrap().to_vec())
    };
    assert_eq!(loss(&[1e4, -1e4], 0, 0.0), (0.0, vec![0.0, 0.0]));
    assert_eq!(loss(&[1e4, -1e4], 1, 0.0), (2e4, vec![1.0, -1.0]));
    // An impossible class costs nothing unless it came, or smoothing wants a share of it.
    assert_eq!(loss(&[0.0, -INF], 0, 0.0), (0.0, vec![0.0, 0.0]));
    assert_eq!(loss(&[0.0, -INF], 1, 0.0), (INF, vec![1.0, -1.0]));
    assert_eq!(loss(&[0.0, -INF], 0, 0.5), (INF, vec![0.25, -0.25]));
    assert_eq!(loss(&[0.0, -INF], 1, 1.0).0, INF);
    assert_eq!(loss(&[-INF, -INF], 0, 0.0), (INF, vec![-1.0, 0.0]));
    assert!(loss(&[INF, 0.0], 0, 0.0).0.is_nan());
}

#[test]
fn bce_with_logits_by_hand_and_as_in_chapter_1() {
    use gradus::gradient_descent::{binary_cross_entropy, sigmoid};
    // σ(ln 3) = 3/4.
    let z = leaf(&[3f64.ln(), 3f64.ln(), 0.0, -3f64.ln()], &[4]);
    let y = Array::new(vec![1.0, 0.0, 0.5, 0.25], &[4]);
    let loss = z.bce_with_logits(&y);
    let (a, b) = (0.75f64.ln(), 0.25f64.ln());
    let by_hand = -(a + b + 0.5f64.ln() + (0.25 * b + 0.75 * a)) / 4.0;
    assert_near(&[loss.item()], &[by_hand], 1e-15);
    let dz = loss.backward().of(&z).unwrap().to_vec();
    assert_near(&dz, &[-0.0625, 0.1875, 0.0, 0.0], 1e-15);

    for z in [-1e4, -40.0, -1.0, 0.0, 2.5, 40.0, 1e4] {
        for y in [0.0, 0.3, 1.0] {
            let logit = leaf(&[z], &[1]);
            let loss = logit.bce_with_logits(&Array::new(vec![y], &[1]));
            assert_eq!(loss.item(), binary_cross_entropy(z, y));
            assert_eq!(plain_gradient(loss, &logit), [sigmoid(z) - y]);
        }
    }
    let narrow = Tensor::new(vec![1e4, -1e4, 1e4, -1e4], &[4]).tracked();
    let loss = narrow.bce_with_logits(&Array::new(vec![1.0, 0.0, 0.0, 1.0], &[4]));
    assert_eq!(loss.item(), 5e3);
    let dz = loss.backward().of(&narrow).unwrap().to_vec();
    assert_eq!(dz, [0.0, 0.0, 0.25, -0.25]);
}

#[test]
fn mse_by_hand_and_by_composition() {
    let (x, t) =
        (leaf(&[1.0, 2.0, 5.0, 0.0], &[2, 2]), leaf(&[0.0, 4.0, 5.0, 1.0], &[2, 2]));
    let loss = x.mse(&t);
    assert_eq!((loss.item(), loss.shape()), (1.5, &[][..])); // (1 + 4 + 0 + 1) / 4
    let gradients = loss.backward();
    assert_eq!(gradients.of(&x).unwrap().to_vec(), [0.5, -1.0, 0.0, -0.5]);
    assert_eq!(gradients.of(&t).unwrap().to_vec(), [-0.5, 1.0, 0.0, 0.5]);
    let minus: TensorOf<f64> = Array::scalar(-1.0).into();
    let error = x.add(&t.mul(&minus));
    assert_eq!(error.mul(&error).mean_all().item(), 1.5);
}

// Layer normalisation.

#[test]
fn layer_norm_by_hand() {
    let x = leaf(&[1.0, 3.0, 5.0, 5.0], &[2, 2]);
    let (gain, bias) = (leaf(&[2.0, 10.0], &[2]), leaf(&[0.5, 7.0], &[2]));
    let y = x.layer_norm(&gain, &bias, 3.0); // √(1 + 3) = 2, √(0 + 3)
    assert_eq!(y.to_vec(), [-0.5, 12.0, 0.5, 7.0]);
    let gradients = y.backward_from(Array::new(vec![1.0, 1.0, 3.0, 0.0], &[2, 2]));
    assert_eq!(gradients.of(&bias).unwrap().to_vec(), [4.0, 1.0]);
    assert_eq!(gradients.of(&gain).unwrap().to_vec(), [-0.5, 0.5]);
    // Row 1: x̂ = ∓½, dx̂ = (2, 10): ½ (dx̂ − 6 − x̂ 2) = ½ (∓4 ± 1). Row 2: dx̂ = (6, 0).
    let flat = 3.0 / 3f64.sqrt();
    assert_near(&gradients.of(&x).unwrap().to_vec(), &[-1.5, 1.5, flat, -flat], 1e-15);
}

#[test]
fn layer_norm_gives_mean_0_and_variance_1() {
    let x: TensorOf<f64> = random(&[20, 64], 5.0, 2).map(|x| x + 300.0).into();
    let (ones, zeros) =
        (TensorOf::new(vec![1.0; 64], &[64]), TensorOf::new(vec![0.0; 64], &[64]));
    let y = x.layer_norm(&ones, &zeros, 1e-12);
    assert_near(&y.mean(&[1]).to_vec(), &[0.0; 20], 1e-12);
    assert_near(&y.var(&[1]).to_vec(), &[1.0; 20], 1e-12);
}

#[test]
fn a_constant_row_becomes_the_bias() {
    let narrow =
        |values: &[f32], shape: &[usize]| Tensor::new(values.to_vec(), shape).tracked();
    let x = narrow(&[0.1, 0.1, 0.1, -1e4, -1e4, -1e4], &[2, 3]);
    let (gain, bias) = (narrow(&[1.0, 2.0, 3.0], &[3]), narrow(&[5.0, 6.0, 7.0], &[3]));
    let y = x.layer_norm(&gain, &bias, 1e-5);
    let expected = [5.0, 6.0, 7.0, 5.0, 6.0, 7.0];
    assert!(y.to_vec().iter().zip(expected).all(|(y, b)| (y - b).abs() < 1e-4), "{y}");
    assert!(gradient(y, &x).iter().all(|dx| dx.is_finite()));
}

#[test]
fn layer_norm_does_not_see_shift_and_scale_of_a_row() {
    let x = random(&[3, 8], 1.0, 3);
    let (gain, bias) = (random(&[8], 1.0, 4).into(), random(&[8], 1.0, 5).into());
    let y = |x: Array<f64>| TensorOf::from(x).layer_norm(&gain, &bias, 1e-14).to_vec();
    assert_near(&y(x.clone()), &y(x.map(|x| 30.0 * x - 200.0)), 1e-10);
}

// Dropout.

/// With n elements of 1 and p the share dropped, the mean of the output has the standard
/// error √(p / (1 − p) / n).
#[test]
fn dropout_keeps_the_mean() {
    let n = 100_000;
    let ones: Tensor = Array::full(1.0, &[n]).into();
    for p in [0.1, 0.5, 0.9] {
        let y = ones.dropout(p, &mut generator(9)).to_vec();
        let mean = y.iter().map(|y| f64::from(*y)).sum::<f64>() / n as f64;
        let error = (p / (1.0 - p) / n as f64).sqrt();
        assert!((mean - 1.0).abs() < 5.0 * error, "{p}: {mean}, {error}");
        let kept = (1.0 / (1.0 - p)) as f32;
        assert!(y.iter().all(|y| *y == 0.0 || *y == kept));
        let dropped = y.iter().filter(|y| **y == 0.0).count() as f64 / n as f64;
        assert!((dropped - p).abs() < 5.0 * (p * (1.0 - p) / n as f64).sqrt());
    }
}

#[test]
fn dropout_comes_from_its_seed_whatever_the_layout() {
    let x = random(&[30, 40], 1.0, 1);
    let strided: TensorOf<f64> = x.transpose(0, 1).contiguous().transpose(0, 1).into();
    let x = TensorOf::from(x).tracked();
    let mut stream = generator(5);
    let (first, second) = (x.dropout(0.5, &mut stream), x.dropout(0.5, &mut stream));
    assert_eq!(first.to_vec(), x.dropout(0.5, &mut generator(5)).to_vec());
    assert_eq!(first.to_vec(), strided.dropout(0.5, &mut generator(5)).to_vec());
    assert_ne!(first.to_vec(), second.to_vec());
    // Backward uses the mask that forward drew.
    let y = first.to_vec();
    let dx = plain_gradient(first, &x);
    assert!(y.iter().zip(&dx).all(|(y, dx)| (*y == 0.0) == (*dx == 0.0)));
}

#[test]
fn dropout_of_nothing_and_of_everything() {
    let x = leaf(&[1.0, -2.0, 3.0], &[3]);
    let mut stream = generator(5);
    assert_eq!(x.dropout(0.0, &mut stream).to_vec(), x.to_vec());
    assert_eq!(stream, generator(5), "nothing is drawn");
    let nothing = x.dropout(1.0, &mut stream);
    assert_eq!(nothing.to_vec(), [0.0; 3]);
    assert_eq!(plain_gradient(nothing, &x), [0.0; 3]);
}

// Backward, and what is refused.

/// Each input alone gets the gradient that it gets with the others.
#[test]
fn one_input_alone_can_want_a_gradient() {
    type Graph = fn(&[TensorOf<f64>]) -> TensorOf<f64>;
    let graphs: [(Graph, &[&[usize]]); 2] = [
        (|x| x[0].layer_norm(&x[1], &x[2], 1e-3), &[&[2, 3, 4], &[4], &[4]]),
        (|x| x[0].mse(&x[1]), &[&[2, 3], &[2, 3]]),
    ];
    for (graph, shapes) in graphs {
        let values: Vec<TensorOf<f64>> = (0..)
            .zip(shapes)
            .map(|(seed, shape)| random(shape, 1.0, seed).into())
            .collect();
        let all: Vec<_> = values.iter().map(TensorOf::tracked).collect();
        for input in 0..values.len() {
            let mut alone = values.clone();
            alone[input] = alone[input].tracked();
            let expected = gradient(graph(&all), &all[input]);
            assert_eq!(gradient(graph(&alone), &alone[input]), expected);
        }
        assert!(!graph(&values).is_tracked());
    }
}

#[test]
fn what_does_not_fit_is_refused_by_name() {
    fn loss(logits: &[usize], targets: Array<u32>, label_smoothing: f64) {
        let options = CrossEntropyOptions { ignore_index: None, label_smoothing };
        counting(logits).cross_entropy(&targets, options);
    }
    fn norm(gain: &[usize], bias: &[usize], epsilon: f64) {
        counting(&[2, 3]).layer_norm(&counting(gain), &counting(bias), epsilon);
    }
    fn drop(p: f64) {
        counting(&[3]).dropout(p, &mut generator(1));
    }
    fn bce(targets: &[f64], shape: &[usize]) {
        counting(&[2]).bce_with_logits(&Array::new(targets.to_vec(), shape));
    }
    type Refused = (fn(), &'static [&'static str]);
    let cases: [Refused; 29] = [
        (|| _ = counting(&[2, 3]).mean(&[2]), &["mean: there is no axis 2", "[2, 3]"]),
        (|| _ = counting(&[2, 3]).mean(&[1, 1]), &["mean: axis 1 is named twice"]),
        (|| _ = counting(&[2, 3]).var(&[2]), &["var: there is no axis 2"]),
        (
            || _ = counting(&[2, 3]).var_unbiased(&[2]),
            &["var_unbiased: there is no axis 2"],
        ),
        (|| _ = counting(&[2, 3]).max(&[2]), &["max: there is no axis 2"]),
        (|| _ = counting(&[2, 3]).min(&[2]), &["min: there is no axis 2"]),
        (|| _ = counting(&[2, 3]).logsumexp(&[2]), &["logsumexp: there is no axis 2"]),
        (|| _ = counting(&[2, 3]).softmax_along(2), &["softmax: there is no axis 2"]),
        (
            || _ = counting(&[2, 3]).log_softmax_along(2),
            &["log_softmax: there is no axis 2"],
        ),
        (|| _ = counting(&[]).softmax(), &["softmax: a number without axes"]),
        (|| _ = counting(&[]).log_softmax(), &["log_softmax: a number without axes"]),
        (
            || _ = counting(&[2, 3]).index_select(&Array::scalar(2)),
            &["index 2", "size 2"],
        ),
        (
            || _ = counting(&[2, 3]).gather(0, &Array::zeros(&[2])),
            &["gather", "[2]", "[2, 3]"],
        ),
        (
            || loss(&[], Array::zeros(&[1]), 0.0),
            &["cross_entropy: a number without axes"],
        ),
        (|| loss(&[2, 3], Array::zeros(&[3]), 0.0), &["cross_entropy", "[2, 3]", "[3]"]),
        (
            || loss(&[2, 3], Array::zeros(&[2, 1]), 0.0),
            &["go with targets [2], not [2, 1]"],
        ),
        (|| loss(&[1, 3], Array::new(vec![3], &[1]), 0.0), &["target 3", "3 classes"]),
        (|| loss(&[1, 0], Array::zeros(&[1]), 0.0), &["target 0", "0 classes"]),
        (|| loss(&[1, 3], Array::zeros(&[1]), 1.5), &["label_smoothing", "1.5"]),
        (|| loss(&[1, 3], Array::zeros(&[1]), f64::NAN), &["label_smoothing", "NaN"]),
        (|| bce(&[1.0, 0.0], &[2, 1]), &["bce_with_logits", "[2]", "[2, 1]"]),
        (|| bce(&[1.0, -1.0], &[2]), &["bce_with_logits", "between 0 and 1", "-1"]),
        (|| _ = counting(&[2]).mse(&counting(&[2, 1])), &["mse", "[2]", "[2, 1]"]),
        (|| norm(&[2], &[3], 1e-5), &["layer_norm", "[2, 3]", "gain", "[3], not [2]"]),
        (|| norm(&[3], &[1], 1e-5), &["layer_norm", "[2, 3]", "bias", "[3], not [1]"]),
        (|| norm(&[3], &[3], 0.0), &["layer_norm: ε", "not 0"]),
        (|| drop(-0.1), &["dropout", "between 0 and 1", "-0.1"]),
        (|| drop(1.1), &["dropout", "between 0 and 1", "1.1"]),
        (|| drop(f64::NAN), &["dropout", "between 0 and 1", "NaN"]),
    ];
    for (f, parts) in cases {
        let message = refusal(f);
        for part in parts {
            assert!(message.contains(part), "{part:?} is not in {message:?}");
        }
    }
}
