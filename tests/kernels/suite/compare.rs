//! compare.cu: comparisons, labels, the place of the largest.

use super::harness::*;
use gradus::device::{Arguments, Gpu, Shape, kernels};
use gradus::element::Element;
use gradus::tensor::Array;

type Comparison<T> = fn(&Array<T>, &Array<T>) -> Array<u32>;

/// All pairs of `numbers`, in rows and, as views, in columns.
fn pairs<T: Element>(gpu: &Gpu, numbers: &[T]) {
    let n = numbers.len();
    let row = Array::new(numbers.to_vec(), &[1, n]).broadcast_to(&[n, n]);
    let (a, b) = (row.clone(), row.transpose(0, 1));
    let all: [(&str, Comparison<T>); 3] = [
        ("equal", |a, b| a.equal(b)),
        ("less", |a, b| a.less(b)),
        ("greater", |a, b| a.greater(b)),
    ];
    for (name, comparison) in all {
        let want = comparison(&a, &b).to_vec();
        let y = room::<u32>(gpu, n * n);
        let name = format!("{name}_{}", T::NAME);
        let (dense_a, dense_b) = (on(gpu, &a.to_vec()), on(gpu, &b.to_vec()));
        let arguments =
            Arguments::new().memory("a", &dense_a).memory("b", &dense_b).memory("y", &y);
        launch(gpu, &kernels::COMPARE, &name, few(n * n), arguments.count(n * n));
        assert_eq!(bits(gpu, &y, n * n), want, "{name}");
        let (source, y) = (on(gpu, numbers), room::<u32>(gpu, n * n));
        let arguments = Arguments::new().memory("a", &source).layout(a.layout());
        let arguments = arguments.memory("b", &source).layout(b.layout());
        let arguments = arguments.memory("y", &y).count(n * n);
        let strided = format!("{name}_strided");
        launch(gpu, &kernels::COMPARE, &strided, few(n * n), arguments);
        assert_eq!(bits(gpu, &y, n * n), want, "{strided}");
    }
}

pub fn comparisons_are_those_of_the_processor(gpu: &Gpu) {
        pairs(gpu, &SPECIAL);
        pairs(gpu, &[0u32, 1, 2, 31, 1 << 24, (1 << 24) + 1, 1 << 31, u32::MAX]);
}

pub fn whole_numbers_become_floats_and_rows(gpu: &Gpu) {
        let labels: Vec<u32> = (0..77).map(|i| i * 5 % 7).collect();
        let array = Array::new(labels.clone(), &[77]);
        let (given, y) = (on(gpu, &labels), room::<f32>(gpu, 77));
        let arguments = Arguments::new().memory("x", &given).memory("y", &y).count(77);
        launch(gpu, &kernels::COMPARE, "cast", few(77), arguments);
        same("cast", &back(gpu, &y), &array.cast::<f32>().to_vec());
        let y = room::<f32>(gpu, 77 * 7);
        let arguments = Arguments::new().memory("labels", &given).memory("y", &y);
        let arguments = arguments.count(77).count(7);
        launch(gpu, &kernels::COMPARE, "one_hot", few(77 * 7), arguments);
        same("one_hot", &back(gpu, &y), &Array::one_hot(&array, 7).to_vec());
        // Five classes: the labels 5 and 6 are none.
        let y = room::<f32>(gpu, 77 * 5);
        let arguments = Arguments::new().memory("labels", &given).memory("y", &y);
        let arguments = arguments.count(77).count(5);
        launch(gpu, &kernels::COMPARE, "one_hot", few(77 * 5), arguments);
        for (row, label) in back(gpu, &y).chunks(5).zip(&labels) {
            let nan = row.iter().all(|x| x.is_nan());
            assert_eq!(nan, *label >= 5, "label {label}: {row:?}");
        }
}

/// Rows with one largest element in every place, with several, with NaN.
pub fn the_largest_is_found_and_of_several_the_first(gpu: &Gpu) {
        for columns in [1, 2, 31, 32, 33, 77, 257] {
            let plain = array(&[9, columns], 3);
            let ties = plain.map(|x| x.round());
            let nans = plain.map(|x| if x > 0.5 { f32::NAN } else { x });
            let infinite = plain.map(|_| f32::NEG_INFINITY);
            for x in [plain, ties, nans, infinite] {
                let (given, y) = (on(gpu, &x.to_vec()), room::<u32>(gpu, 9));
                let arguments = Arguments::new().memory("x", &given).memory("y", &y);
                let arguments = arguments.count(9).count(columns);
                launch(
                    gpu,
                    &kernels::COMPARE,
                    "argmax_rows",
                    Shape::row(2, 32),
                    arguments,
                );
                assert_eq!(bits(gpu, &y, 9), x.argmax(1).to_vec(), "{columns} columns");
            }
        }
}
