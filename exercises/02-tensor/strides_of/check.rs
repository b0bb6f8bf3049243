//! Checks strides worked out by hand, from a matrix to six axes, and the shapes that have
//! few elements or none.

use crate::{Case, Check};

/// What the reader writes.
pub struct Answer {
    /// How far apart neighbours lie along each axis.
    pub strides_of: fn(shape: &[usize]) -> Vec<usize>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let strides_of = answer.strides_of;
    let expect = |case: &mut Case, shape: &[usize], expected: &[usize]| {
        case.given(format!("the shape {shape:?}"));
        let got = strides_of(shape);
        let otherwise = suggests(shape, &got);
        case.equal("the strides", got, expected.to_vec(), otherwise);
    };
    check.case("a matrix", |case| {
        expect(case, &[2, 3], &[3, 1]);
        expect(case, &[5, 2], &[2, 1]);
    });
    check.case("a vector", |case| {
        expect(case, &[7], &[1]);
        expect(case, &[1], &[1]);
    });
    check.case("three axes", |case| {
        expect(case, &[2, 3, 4], &[12, 4, 1]);
        expect(case, &[4, 3, 2], &[6, 2, 1]);
    });
    check.case("many axes, some of size 1", |case| {
        expect(case, &[3, 1, 4, 1, 5, 9], &[180, 180, 45, 45, 9, 1]);
        expect(case, &[1, 1, 1], &[1, 1, 1]);
        expect(case, &[5, 1], &[1, 1]);
    });
    check.case("large sizes", |case| {
        expect(case, &[7, 65_537, 65_539, 3], &[12_885_688_329, 196_617, 3, 1]);
    });
    check.case("no axes", |case| expect(case, &[], &[]));
    check.case("an axis of size 0", |case| {
        expect(case, &[2, 0, 3], &[0, 3, 1]);
        expect(case, &[0, 5], &[5, 1]);
        expect(case, &[5, 2, 3, 0], &[0, 0, 0, 1]);
        expect(case, &[0], &[1]);
    });
}

/// What strides that are wrong suggest.
fn suggests(shape: &[usize], got: &[usize]) -> &'static str {
    let product = |sizes: &[usize]| sizes.iter().product::<usize>();
    let rank = shape.len();
    let all = |f: &dyn Fn(usize) -> usize| (0..rank).map(f).collect::<Vec<_>>() == got;
    if got.len() != rank {
        "one stride for each axis, no more and no fewer"
    } else if all(&|axis| product(&shape[..axis])) {
        "these are the strides if the *first* index runs fastest (column after column): \
         here the last one does"
    } else if all(&|axis| product(&shape[axis..])) {
        "each stride is one size too large: the axis itself does not count, only what is \
         to its right"
    } else if all(&|axis| product(&shape[rank - axis..])) {
        "the right strides in the opposite order: the stride 1 belongs to the last axis"
    } else if all(&|axis| shape.get(axis + 1).copied().unwrap_or(1)) {
        "a step skips *everything* to its right, not only the size of the neighbour"
    } else if shape.contains(&0) {
        "a size of 0 counts as it is: every stride to its left is then 0"
    } else if product(shape) > 1 << 32 {
        "such a product has more than 32 bits: every step of it must be a `usize`"
    } else {
        ""
    }
}
