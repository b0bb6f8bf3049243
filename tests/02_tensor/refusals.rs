//! Shapes that do not fit are refused: the operation is named, and both shapes.

use crate::refused::refusal;
use crate::support::counting;
use gradus::tensor::Array;

fn two_by_three() -> Array<f64> {
    counting(&[2, 3])
}

#[test]
fn what_does_not_fit_is_named_with_both_shapes() {
    type Refused = (fn(), &'static [&'static str]);
    let cases: &[Refused] = &[
        (|| _ = Array::new(vec![0.0; 5], &[2, 3]), &["5 values", "[2, 3]", "holds 6"]),
        (|| _ = two_by_three().reshape(&[4]), &["reshape", "[2, 3] has 6", "[4] has 4"]),
        (
            || _ = two_by_three().matmul(&two_by_three()),
            &["[2, 3] × [2, 3]", "(3)", "(2)"],
        ),
        (|| _ = two_by_three().matmul(&counting(&[3])), &["matmul", "at least two axes"]),
        (
            || _ = two_by_three().zip(&counting(&[2]), "plus", |x, y| x + y),
            &["plus: [2, 3] and [2]"],
        ),
        (|| _ = two_by_three().sum(&[2]), &["sum: there is no axis 2", "[2, 3]"]),
        (|| _ = two_by_three().sum(&[1, 1]), &["sum: axis 1 is named twice"]),
        (|| _ = two_by_three().slice(1, 1..5), &["1..5", "axis 1", "[2, 3]"]),
        (|| _ = two_by_three().permute(&[0, 0]), &["permute: [0, 0]", "[2, 3]"]),
        (|| _ = two_by_three().transpose(0, 2), &["transpose: axes 0 and 2", "[2, 3]"]),
        (
            || _ = two_by_three().broadcast_to(&[3, 3]),
            &["broadcast_to: [2, 3]", "[3, 3]"],
        ),
        (|| _ = two_by_three().index_select(&Array::scalar(2)), &["index 2", "size 2"]),
        (|| _ = Array::<f64>::concat(&[], 0), &["concat: there are no arrays"]),
        (|| _ = two_by_three().item(), &["item", "[2, 3]"]),
        (|| _ = two_by_three().less(&counting(&[2])), &["less: [2, 3] and [2]"]),
        (
            || {
                _ = two_by_three().zip3(
                    &counting(&[3]),
                    &counting(&[2]),
                    "three",
                    |x, _, _| x,
                )
            },
            &["three: [2, 3], [3] and [2]"],
        ),
        (|| _ = two_by_three().pad(2, 1, 1, 0.0), &["pad: there is no axis 2", "[2, 3]"]),
        (
            || _ = Array::<f64>::one_hot(&Array::scalar(3), 3),
            &["one_hot: index 3", "3 classes"],
        ),
    ];
    for (mistake, parts) in cases {
        let message = refusal(*mistake);
        for part in *parts {
            assert!(message.contains(part), "{part:?} is not in {message:?}");
        }
    }
}
