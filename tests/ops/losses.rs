//! Losses: by hand, against what they are made of, where nothing counts, at the extremes.

use crate::support::*;
use gradus::autograd::{Tensor, TensorOf};
use gradus::ops::CrossEntropyOptions;
use gradus::random::generator;
use gradus::tensor::Array;

/// Two ways to the same loss: equal value, equal gradient.
#[track_caller]
fn assert_alike(a: TensorOf<f64>, b: TensorOf<f64>, x: &TensorOf<f64>) {
    assert_near(&[a.item()], &[b.item()], 1e-14);
    assert_near(&plain_gradient(a, x), &plain_gradient(b, x), 1e-15);
}

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

        assert_alike(fused, composed, &x);
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
    assert_alike(fused, composed, &x);
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
