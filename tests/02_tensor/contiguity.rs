//! No result depends on how an array lies: to the last bit, since another order of
//! additions would round differently.

use gradus::element::Real;
use gradus::random::{generator, normal};
use gradus::tensor::Array;

/// Normal numbers, whose sums round.
fn numbers<T: Real>(shape: &[usize], seed: u64) -> Array<T> {
    let mut random = generator(seed);
    Array::from_fn(shape, |_| T::of(normal(&mut random)))
}

/// The same elements, row after row in memory of their own.
fn copy<T: Real>(view: &Array<T>) -> Array<T> {
    Array::new(view.to_vec(), view.shape())
}

/// Views with three axes that lie in every way a view can: turned, cut, repeated.
fn views<T: Real>() -> Vec<Array<T>> {
    let a = numbers::<T>(&[5, 67, 34], 1);
    vec![
        a.transpose(0, 2),
        a.transpose(1, 2),
        a.permute(&[1, 0, 2]),
        a.permute(&[2, 0, 1]),
        a.slice(1, 1..60),
        a.slice(2, 3..33),
        a.permute(&[1, 2, 0]).slice(1, 2..31),
        a.slice(0, 2..3).broadcast_to(&[4, 67, 34]),
        a.slice(1, 2..3).broadcast_to(&[5, 40, 34]),
        a.slice(2, 2..3).broadcast_to(&[5, 67, 40]),
        a.slice(0, 1..2),
        a.slice(2, 7..8),
    ]
}

/// The names of the operations whose result on a view is not that on a copy of it.
fn differing<T: Real>() -> Vec<String> {
    let mut found = Vec::new();
    for view in views::<T>() {
        let (copy, layout) = (copy(&view), view.layout().clone());
        let mut compare = |name: &str, f: &dyn Fn(&Array<T>) -> Vec<T>| {
            if f(&view) != f(&copy) {
                found.push(format!("{name} of {layout:?}"));
            }
        };
        for axes in [&[0][..], &[1], &[2], &[0, 1], &[0, 2], &[1, 2], &[0, 1, 2], &[]] {
            compare(&format!("sum {axes:?}"), &|x| x.sum(axes).to_vec());
            compare(&format!("max {axes:?}"), &|x| x.max(axes).to_vec());
            compare(&format!("min {axes:?}"), &|x| x.min(axes).to_vec());
            let fold = |x: &Array<T>| x.fold(axes, "fold", T::ZERO, |s, x| s + x * x);
            compare(&format!("fold {axes:?}"), &|x| fold(x).to_vec());
        }
        compare("sum_to", &|x| x.sum_to(&[x.shape()[1], 1]).to_vec());
        compare("map", &|x| x.map(T::exp).to_vec());
        let row = view.slice(0, 0..1);
        let both = |x: &Array<T>| x.zip(&row, "zip", |x, r| x / r);
        compare("zip", &|x| both(x).to_vec());
        compare("zip, second", &|x| row.zip(x, "zip", |r, x| x / r).to_vec());
        let three = |x: &Array<T>| x.zip3(&row, x, "zip3", |x, r, y| x * r + y);
        compare("zip3", &|x| three(x).to_vec());
        let updated = |x: &Array<T>| {
            let mut y = numbers::<T>(x.shape(), 2);
            y.update(x, "update", |y, x| y * x);
            y
        };
        compare("update", &|x| updated(x).to_vec());
        let turned = |x: &Array<T>| x.transpose(1, 2);
        compare("matmul", &|x| x.matmul(&turned(&view)).to_vec());
        compare("matmul, second", &|x| turned(&view).matmul(x).to_vec());
        let weight = numbers::<T>(&[view.shape()[2], 9], 3);
        compare("matmul, one matrix for all", &|x| x.matmul(&weight).to_vec());
        compare("reshape", &|x| x.reshape(&[x.size()]).to_vec());
        compare("contiguous", &|x| x.contiguous().to_vec());
        compare("concat", &|x| Array::concat(&[x.clone(), x.clone()], 1).to_vec());
        compare("pad", &|x| x.pad(2, 1, 2, T::ONE).to_vec());
        let rows = Array::new(vec![3, 0, 3], &[3]);
        compare("index_select", &|x| x.transpose(0, 1).index_select(&rows).to_vec());
        let best = |x: &Array<T>| x.argmax(1).cast::<T>();
        compare("argmax", &|x| best(x).to_vec());
        let less = |x: &Array<T>| x.less(&row).cast::<T>();
        compare("less", &|x| less(x).to_vec());
        let places = |x: &Array<T>| x.argmax(1).reshape(&[x.shape()[0], 1, x.shape()[2]]);
        compare("gather", &|x| x.gather(1, &places(&view)).to_vec());
        let shape = view.shape();
        let one = Array::full(0u32, &[shape[1]]);
        let added =
            |x: &Array<T>| x.transpose(0, 1).index_add(&one, &[1, shape[0], shape[2]]);
        compare("index_add", &|x| added(x).to_vec());
        let ids = Array::full(1u32, shape);
        compare("scatter_add", &|x| x.scatter_add(1, &ids, shape).to_vec());
        compare("show", &|x| vec![T::of(format!("{x:?}").len() as f64)]);
    }
    found
}

#[test]
fn results_do_not_depend_on_how_an_array_lies() {
    assert_eq!(differing::<f32>(), [""; 0]);
    assert_eq!(differing::<f64>(), [""; 0]);
}

#[test]
fn equality_sees_elements_and_not_memory() {
    for view in views::<f32>() {
        assert_eq!(view, copy(&view));
        let mut other = copy(&view);
        *other.make_mut().last_mut().unwrap() += 1.0;
        assert_ne!(view, other);
    }
    assert_ne!(Array::new(vec![1.0, 2.0], &[2]), Array::new(vec![1.0, 2.0], &[2, 1]));
}
