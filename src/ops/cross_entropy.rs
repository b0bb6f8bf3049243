//! Cross-entropy: how surprised a prediction among C classes is by what came.

use super::log_softmax::log_softmax;
use super::mean::at_least_one;
use super::on_device;
use super::softmax::{last_axis, softmax};
use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;
use crate::tensor::reduce::sum;

/// What counts in a [`cross_entropy`](TensorOf::cross_entropy), and as what. By default
/// every row counts, with its target alone.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct CrossEntropyOptions {
    /// Rows with this target do not count: padding, for example. It may be larger than any
    /// class.
    pub ignore_index: Option<u32>,
    /// ε in [0, 1]: the target keeps 1 − ε, and ε is dealt out to all classes alike
    /// (Szegedy et al. 2016, section 7).
    pub label_smoothing: f64,
}

struct CrossEntropy<T: Real> {
    logits: Array<T>,
    targets: Array<u32>,
    options: CrossEntropyOptions,
    /// How many rows count, at least 1.
    n: Array<T>,
}

impl<T: Real> TensorOf<T> {
    /// −ln pₜ, with p the softmax of the logits `[.., C]` and t the targets `[..]`: the mean
    /// over all rows that count, a single number. At equal logits it is ln C.
    ///
    /// Where no row counts the loss is 0, and so is its gradient: nothing is to be learned
    /// there, and a NaN would destroy what is already known.
    ///
    /// # Panics
    /// When the shapes do not fit, a target that counts is not below C, or ε is not in
    /// [0, 1].
    ///
    /// ```
    /// use gradus::autograd::Tensor;
    /// use gradus::ops::CrossEntropyOptions;
    /// use gradus::tensor::Array;
    ///
    /// let logits = Tensor::new(vec![0.0, 0.0, 5.0, -5.0], &[2, 2]);
    /// let targets = Array::new(vec![1, 9], &[2]);
    /// let options = CrossEntropyOptions { ignore_index: Some(9), ..Default::default() };
    /// assert_eq!(logits.cross_entropy(&targets, options).item(), 2f32.ln());
    /// ```
    #[track_caller]
    pub fn cross_entropy(
        &self,
        targets: &Array<u32>,
        options: CrossEntropyOptions,
    ) -> TensorOf<T> {
        let last = last_axis("cross_entropy", self.shape());
        assert!(
            targets.shape() == &self.shape()[..last],
            "cross_entropy: logits {:?} go with targets {:?}, not {:?}",
            self.shape(),
            &self.shape()[..last],
            targets.shape()
        );
        let smoothing = options.label_smoothing;
        assert!(
            (0.0..=1.0).contains(&smoothing),
            "cross_entropy: label_smoothing must lie between 0 and 1, and is {smoothing}"
        );
        let classes = self.shape()[last];
        let (logits, targets) = (self.value(), targets.clone());
        if let Some(gpu) = logits.gpu() {
            for target in targets.seen() {
                fits(target, classes, options, self.shape());
            }
            let targets = targets.beside(&self.value().device());
            let [loss, n] =
                on_device::cross_entropy::mean(gpu, logits, &targets, options);
            let op = || CrossEntropy { logits: logits.clone(), targets, options, n };
            return TensorOf::record(loss, &[self], op);
        }
        let log_p = log_softmax(self.value(), last, "cross_entropy");
        let log_p = log_p.as_slice().expect("it is contiguous");
        let mut losses = Vec::new(); // of the rows that count
        for (row, target) in targets.to_vec().into_iter().enumerate() {
            fits(target, classes, options, self.shape());
            if options.ignore_index == Some(target) {
                continue;
            }
            let log_p = &log_p[row * classes..(row + 1) * classes];
            losses.push(surprise(log_p, target as usize, smoothing));
        }
        let n = at_least_one(losses.len());
        let loss = Array::scalar(sum(&losses) / n);
        let (logits, n) = (logits.clone(), Array::scalar(n));
        TensorOf::record(loss, &[self], || CrossEntropy { logits, targets, options, n })
    }
}

/// Refuses a target that counts and is no class.
#[track_caller]
fn fits(target: u32, classes: usize, options: CrossEntropyOptions, shape: &[usize]) {
    assert!(
        (target as usize) < classes || options.ignore_index == Some(target),
        "cross_entropy: target {target} is too large for {classes} classes (logits {shape:?})"
    );
}

/// −Σⱼ qⱼ ln pⱼ = −(1 − ε) ln pₜ − ε/C Σⱼ ln pⱼ
fn surprise<T: Real>(log_p: &[T], target: usize, smoothing: f64) -> T {
    // A class that does not count may be impossible: 0 · ∞ must not become NaN.
    let times = |share: f64, x: T| if share == 0.0 { T::ZERO } else { T::of(share) * x };
    -(times(1.0 - smoothing, log_p[target])
        + times(smoothing / log_p.len() as f64, sum(log_p)))
}

impl<T: Real> Op<T> for CrossEntropy<T> {
    fn name(&self) -> &'static str {
        "cross_entropy"
    }

    // y = −1/n Σ Σⱼ qⱼ ln pⱼ with qⱼ = (1 − ε) [j = t] + ε/C:  dxⱼ = dy (pⱼ − qⱼ) / n
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        let CrossEntropyOptions { ignore_index, label_smoothing } = self.options;
        if let Some(gpu) = self.logits.gpu() {
            let (given, options) = ([dy, &self.n], self.options);
            let (logits, targets) = (&self.logits, &self.targets);
            let slope =
                on_device::cross_entropy::slope(gpu, logits, targets, given, options);
            return vec![Some(slope)];
        }
        let last = self.logits.rank() - 1;
        let classes = self.logits.shape()[last];
        let counts = |target: &u32| ignore_index != Some(*target);
        let targets = self.targets.to_vec();
        let (dy, n) = (dy.item(), self.n.item());
        let (whole, uniform) =
            (T::of(1.0 - label_smoothing), T::of(label_smoothing / classes as f64));
        // Softmax is computed again: the logits are there anyway, and keeping p would cost
        // as much memory again.
        let mut dx = softmax(&self.logits, &[last], "cross_entropy");
        let values = dx.make_mut();
        for (row, target) in targets.iter().enumerate() {
            let dx = &mut values[row * classes..(row + 1) * classes];
            if !counts(target) {
                dx.fill(T::ZERO);
                continue;
            }
            for (j, dx) in dx.iter_mut().enumerate() {
                let own = if j == *target as usize { whole } else { T::ZERO };
                *dx = dy * (*dx - own - uniform) / n;
            }
        }
        vec![Some(dx)]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("cross_entropy", "plain", [n.any(&[4, 3])], |x| {
            let targets = Array::new(vec![2, 0, 1, 2], &[4]);
            x[0].cross_entropy(&targets, CrossEntropyOptions::default())
        }),
        case!("cross_entropy", "ignored rows, smoothed", [n.any(&[2, 2, 3])], |x| {
            let targets = Array::new(vec![2, 99, 0, 99], &[2, 2]);
            let options =
                CrossEntropyOptions { ignore_index: Some(99), label_smoothing: 0.1 };
            x[0].cross_entropy(&targets, options)
        }),
        case!("cross_entropy", "nothing counts", [n.any(&[2, 3])], |x| {
            let targets = Array::new(vec![1, 1], &[2]);
            let options =
                CrossEntropyOptions { ignore_index: Some(1), label_smoothing: 0.1 };
            x[0].cross_entropy(&targets, options)
        }),
        case!("cross_entropy", "strided", [n.strided(&[2, 2, 3])], |x| {
            let targets = Array::new(vec![2, 0, 1, 1], &[2, 2]).transpose(0, 1);
            let options =
                CrossEntropyOptions { ignore_index: None, label_smoothing: 0.3 };
            x[0].cross_entropy(&targets, options)
        }),
        case!("cross_entropy", "one row without axes", [n.any(&[3])], |x| {
            x[0].cross_entropy(&Array::scalar(1), CrossEntropyOptions::default())
        }),
        case!("cross_entropy", "size 1", [n.any(&[1, 1])], |x| {
            x[0].cross_entropy(&Array::zeros(&[1]), CrossEntropyOptions::default())
        }),
        case!("cross_entropy", "size 0", [n.any(&[0, 3])], |x| {
            x[0].cross_entropy(&Array::zeros(&[0]), CrossEntropyOptions::default())
        }),
    ]
}
