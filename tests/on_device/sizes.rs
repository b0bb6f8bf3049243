//! Arrays of many shapes and layouts: what they do on a device against the processor.

use crate::everywhere;
use gradus::device::Device;
use gradus::element::Element;
use gradus::random::{generator, normal, uniform};
use gradus::tensor::Array;

fn array(shape: &[usize], seed: u64) -> Array<f32> {
    let mut random = generator(seed);
    Array::from_fn(shape, |_| normal(&mut random) as f32)
}

fn indices(shape: &[usize], below: usize, seed: u64) -> Array<u32> {
    let mut random = generator(seed);
    Array::from_fn(shape, |_| (uniform(&mut random) * below as f64) as u32)
}

/// Brings a result back: it must have been computed there.
#[track_caller]
fn back<T: Element>(device: &Device, array: &Array<T>) -> Array<T> {
    assert_eq!(array.device(), *device);
    array.to(&Device::Cpu).unwrap()
}

/// Both within the rounding of sums of so many numbers.
#[track_caller]
fn near(what: &str, got: &Array<f32>, want: &Array<f32>) {
    assert_eq!(got.shape(), want.shape(), "{what}");
    let largest = want.to_vec().iter().fold(1f32, |most, x| most.max(x.abs()));
    for (got, want) in got.to_vec().iter().zip(want.to_vec()) {
        let same = got.to_bits() == want.to_bits();
        assert!(same || (got - want).abs() < 2e-5 * largest, "{what}: {got} and {want}");
    }
}

/// Arrays of one shape that lie in different ways, all of them views of what lies on the device.
fn views(shape: [usize; 3]) -> Vec<Array<f32>> {
    let [a, b, c] = shape;
    vec![
        array(&shape, 1),
        array(&[c, a, b], 2).permute(&[1, 2, 0]),
        array(&[a + 2, b, c + 3], 3).slice(0, 1..a + 1).slice(2, 3..c + 3),
        array(&[b, 1], 4).broadcast_to(&shape),
        array(&[1], 5).broadcast_to(&shape),
    ]
}

/// The same view on the device.
fn there(device: &Device, view: &Array<f32>) -> Array<f32> {
    let whole = view.to(device).unwrap();
    assert_eq!((whole.shape(), whole.device()), (view.shape(), device.clone()));
    whole
}

#[test]
fn views_go_there_and_back() {
    everywhere(|device| {
        for view in views([3, 5, 7]) {
            let moved = there(device, &view);
            assert!(back(device, &moved) == view);
            assert!(back(device, &moved.contiguous()) == view);
            // Views are made there as here, and nothing is copied but what is asked for.
            let part = |x: &Array<f32>| x.slice(1, 1..4).transpose(0, 2).slice(0, 2..6);
            assert!(back(device, &part(&moved)) == part(&view));
            assert!(
                back(device, &part(&moved).reshape(&[12, 3]))
                    == part(&view).reshape(&[12, 3])
            );
            assert_eq!(
                moved.slice(0, 1..2).sum(&[1, 2]).item(),
                moved.sum(&[1, 2]).to_vec()[1]
            );
        }
        let empty = array(&[3, 0, 2], 1).to(device).unwrap();
        assert!(back(device, &empty.transpose(0, 2)).shape() == [2, 0, 3]);
        let six = array(&[2, 3, 2, 3, 2, 3], 1);
        let turned = |x: &Array<f32>| x.permute(&[5, 3, 1, 4, 2, 0]);
        assert!(back(device, &turned(&there(device, &six)).contiguous()) == turned(&six));
    });
}

#[test]
fn reductions_along_every_choice_of_axes() {
    everywhere(|device| {
        let axes: [&[usize]; 8] =
            [&[], &[0], &[1], &[2], &[0, 1], &[1, 2], &[2, 0], &[0, 1, 2]];
        for shape in [[3, 33, 5], [2, 1, 257], [1, 40, 130], [7, 90, 11], [3, 0, 2]] {
            for x in views(shape) {
                let moved = there(device, &x);
                for axes in axes {
                    let what = format!("{shape:?} along {axes:?}");
                    near(&what, &back(device, &moved.sum(axes)), &x.sum(axes));
                    assert!(back(device, &moved.max(axes)) == x.max(axes), "{what}");
                    assert!(back(device, &moved.min(axes)) == x.min(axes), "{what}");
                }
                for axis in 0..3 {
                    if x.shape()[axis] > 0 {
                        assert!(
                            back(device, &moved.argmax(axis)) == x.argmax(axis),
                            "{shape:?}"
                        );
                    }
                }
            }
        }
        // Parts of parts: 4096 elements make a part.
        for size in [4096, 4097, 70_000] {
            let x = array(&[size], 6);
            let got = back(device, &there(device, &x).sum_to(&[]));
            let exact: f64 = x.to_vec().iter().map(|x| f64::from(*x)).sum();
            assert!((f64::from(got.item()) - exact).abs() < 1e-3, "{size}");
            let most = back(device, &there(device, &x).max(&[0]));
            assert!(most == x.max(&[0]));
        }
    });
}

#[test]
fn products_of_every_shape_alone_and_in_batches() {
    everywhere(|device| {
        let pairs: [(&[usize], &[usize]); 10] = [
            (&[1, 1], &[1, 1]),
            (&[5, 7], &[7, 3]),
            (&[33, 65], &[65, 34]),
            (&[70, 3], &[3, 130]),
            (&[4, 0], &[0, 5]),
            (&[0, 4], &[4, 5]),
            (&[3, 5, 7], &[7, 4]),
            (&[2, 1, 5, 7], &[3, 7, 4]),
            (&[2, 3, 33, 8], &[2, 3, 8, 40]),
            (&[2, 1, 3, 4], &[1, 5, 4, 2]),
        ];
        for (a, b) in pairs {
            let (a, b) = (array(a, 1), array(b, 2));
            let turned = |x: &Array<f32>| {
                let (rows, columns) = (x.rank() - 2, x.rank() - 1);
                x.transpose(rows, columns).contiguous().transpose(rows, columns)
            };
            for (a, b) in [(a.clone(), b.clone()), (turned(&a), turned(&b))] {
                let got = there(device, &a).matmul(&there(device, &b));
                let what = format!("{:?} × {:?}", a.shape(), b.shape());
                near(&what, &back(device, &got), &a.matmul(&b));
            }
        }
        // Matrices between which no single stride leads.
        let (a, b) = (array(&[3, 2, 4, 5], 1).transpose(0, 1), array(&[2, 3, 5, 4], 2));
        let got = there(device, &a).matmul(&there(device, &b));
        near("turned batches", &back(device, &got), &a.matmul(&b));
    });
}

#[test]
fn picks_joins_and_comparisons() {
    everywhere(|device| {
        let table = array(&[9, 33], 1);
        let moved = there(device, &table);
        let rows = indices(&[4, 5], 9, 2);
        let got = moved.index_select(&rows);
        assert!(back(device, &got) == table.index_select(&rows));
        let sums = back(device, &got.index_add(&rows, &[9, 33]));
        near("index_add", &sums, &table.index_select(&rows).index_add(&rows, &[9, 33]));
        let columns = indices(&[9, 2], 33, 3);
        let got = moved.gather(1, &columns);
        assert!(back(device, &got) == table.gather(1, &columns));
        let sums = back(device, &got.scatter_add(1, &columns, &[9, 33]));
        let want = table.gather(1, &columns).scatter_add(1, &columns, &[9, 33]);
        near("scatter_add", &sums, &want);
        for axis in 0..2 {
            let parts = [&moved, &moved.slice(axis, 2..7), &moved].map(Array::clone);
            let own = [&table, &table.slice(axis, 2..7), &table].map(Array::clone);
            assert!(
                back(device, &Array::concat(&parts, axis)) == Array::concat(&own, axis)
            );
            let padded = moved.transpose(0, 1).pad(axis, 2, 3, -0.5);
            let want = table.transpose(0, 1).pad(axis, 2, 3, -0.5);
            assert!(back(device, &padded) == want);
        }
        // Whole numbers are moved, picked, compared and made to float.
        let ids = rows.to(device).unwrap();
        assert!(back(device, &ids.transpose(0, 1).contiguous()) == rows.transpose(0, 1));
        let (a, b) = (rows.transpose(0, 1), rows.slice(1, 0..1).reshape(&[1, 4]));
        let (ma, mb) =
            (ids.transpose(0, 1), ids.slice(1, 0..1).contiguous().reshape(&[1, 4]));
        assert!(back(device, &ma.less(&mb)) == a.less(&b));
        assert!(back(device, &ma.equal(&mb)) == a.equal(&b));
        let (row, moved_row) = (table.slice(0, 0..1), moved.slice(0, 0..1));
        assert!(back(device, &moved.greater(&moved_row)) == table.greater(&row));
        assert!(back(device, &ma.cast::<f32>()) == a.cast());
        assert!(
            back(device, &Array::<f32>::one_hot(&ma, 9)) == Array::<f32>::one_hot(&a, 9)
        );
    });
}
