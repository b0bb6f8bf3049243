//! What does not fit is refused by name.

use crate::shared::assert_refused;
use crate::support::*;
use gradus::ops::CrossEntropyOptions;
use gradus::random::generator;
use gradus::tensor::Array;

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
    assert_refused(&[
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
    ]);
}
