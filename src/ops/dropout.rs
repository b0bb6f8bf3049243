//! Dropout (Srivastava et al. 2014): a random share of the elements becomes 0.

use super::on_device;
use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::random::{Generator, generator, uniform};
use crate::tensor::Array;

struct Dropout<T: Real> {
    mask: Array<T>,
}

impl<T: Real> TensorOf<T> {
    /// Each element becomes 0 with probability `p`; the others are divided by 1 − p, so that
    /// the mean is kept and nothing is left to do when the model is used (*inverted*
    /// dropout). With p = 0 this tensor itself, and nothing is drawn; with p = 1 zeros. NaN
    /// and infinity are not hidden: dropped, they become NaN.
    ///
    /// The mask is drawn row after row, however this tensor lies in memory.
    ///
    /// # Panics
    /// When `p` is not in [0, 1].
    ///
    /// ```
    /// use gradus::autograd::Tensor;
    /// use gradus::random::generator;
    /// let x = Tensor::new(vec![3.0; 100], &[100]);
    /// let y = x.dropout(0.5, &mut generator(1)).to_vec();
    /// assert!(y.iter().all(|y| *y == 0.0 || *y == 6.0));
    /// ```
    #[track_caller]
    pub fn dropout(&self, p: f64, generator: &mut Generator) -> TensorOf<T> {
        assert!(
            (0.0..=1.0).contains(&p),
            "dropout: the probability must lie between 0 and 1, and is {p}"
        );
        if p == 0.0 {
            return self.clone();
        }
        if let Some(gpu) = self.value().gpu() {
            return on_device::dropout::dropout(gpu, self, p, generator);
        }
        // ANCHOR: mask
        let kept = T::of(1.0 / (1.0 - p));
        let draw = |_| if uniform(generator) < p { T::ZERO } else { kept };
        let mask = Array::from_fn(self.shape(), draw);
        let y = self.value().zip(&mask, "dropout", |x, mask| x * mask);
        // ANCHOR_END: mask
        TensorOf::record(y, &[self], || Dropout { mask })
    }
}

impl<T: Real> Op<T> for Dropout<T> {
    fn name(&self) -> &'static str {
        "dropout"
    }

    // yᵢ = xᵢ mᵢ:  dxᵢ = dyᵢ mᵢ
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        vec![Some(dy.zip(&self.mask, "dropout", |dy, mask| dy * mask))]
    }
}

/// What `gradcheck` tries.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("dropout", "plain", [n.any(&[3, 4])], |x| {
            x[0].dropout(0.4, &mut generator(1))
        }),
        case!("dropout", "strided", [n.strided(&[3, 4])], |x| {
            x[0].dropout(0.4, &mut generator(2))
        }),
        case!("dropout", "nothing dropped", [n.any(&[3])], |x| {
            x[0].dropout(0.0, &mut generator(3))
        }),
        case!("dropout", "all dropped", [n.any(&[3])], |x| {
            x[0].dropout(1.0, &mut generator(3))
        }),
        case!("dropout", "size 1", [n.any(&[1])], |x| {
            x[0].dropout(0.4, &mut generator(4))
        }),
        case!("dropout", "size 0", [n.any(&[2, 0])], |x| {
            x[0].dropout(0.4, &mut generator(5))
        }),
    ]
}
