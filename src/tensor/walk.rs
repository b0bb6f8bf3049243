//! Visiting the elements of several arrays of one shape in step, whatever their strides.

use super::Layout;
use crate::cpu::parts;

/// A stretch of the walk along the last axis: where it begins in each array, how long it
/// is, and how far apart its elements lie in each array.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Run<const N: usize> {
    /// Position of the first element in each array.
    pub start: [usize; N],
    /// How many elements.
    pub length: usize,
    /// Distance from one to the next in each array.
    pub step: [usize; N],
}

/// Visits all elements of `N` layouts of one shape, row after row, in runs that are as long
/// as can be: axes that lie like one axis in every array are walked as one.
///
/// # Panics
/// When the shapes differ.
#[track_caller]
pub fn walk<const N: usize>(layouts: [&Layout; N], mut visit: impl FnMut(Run<N>)) {
    let shape = layouts[0].shape();
    assert!(
        layouts.iter().all(|layout| layout.shape() == shape),
        "walk: the shapes differ: {:?}",
        layouts.map(Layout::shape)
    );
    if layouts[0].size() == 0 {
        return;
    }
    let axes = merged(layouts);
    let mut start = layouts.map(Layout::offset);
    let (outer, inner) = axes.split_at(axes.len().saturating_sub(1));
    let (length, step) = inner.first().copied().unwrap_or((1, [1; N]));
    let mut index = vec![0; outer.len()];
    loop {
        visit(Run { start, length, step });
        // Like the wheels of an odometer, from the right.
        let mut axis = outer.len();
        loop {
            if axis == 0 {
                return;
            }
            axis -= 1;
            let (size, stride) = &outer[axis];
            index[axis] += 1;
            if index[axis] < *size {
                (0..N).for_each(|n| start[n] += stride[n]);
                break;
            }
            index[axis] = 0;
            (0..N).for_each(|n| start[n] -= (size - 1) * stride[n]);
        }
    }
}

/// Visits all elements of `N` layouts of one shape in step with `values`, which are to be
/// written row after row: each run comes with its stretch of `values`. Large loops run on
/// several threads, so the runs come in no order.
///
/// # Panics
/// When the shapes differ, or there are more or fewer values than elements.
#[track_caller]
pub fn fill<T: Send, const N: usize>(
    values: &mut [T],
    layouts: [&Layout; N],
    visit: &(dyn Fn(&mut [T], Run<N>) + Sync),
) {
    let (size, shape) = (layouts[0].size(), layouts[0].shape());
    assert!(
        values.len() == size,
        "fill: {} values do not fill the shape {shape:?}",
        values.len()
    );
    // The outermost axis is cut into parts of whole rows.
    let axis = shape.iter().position(|size| *size > 1).unwrap_or(0);
    let rows = shape.get(axis).copied().unwrap_or(1).max(1);
    let count = parts::parts(size).min(rows);
    let mut tasks = Vec::with_capacity(count);
    let mut rest = values;
    for part in 0..count {
        let (start, end) = (part * rows / count, (part + 1) * rows / count);
        let (own, others) = rest.split_at_mut((end - start) * (size / rows));
        rest = others;
        let narrowed = layouts.map(|layout| match count {
            1 => layout.clone(),
            _ => layout.narrow(axis, start, end - start),
        });
        tasks.push((own, narrowed));
    }
    parts::for_each(tasks, size, &|(values, layouts): (&mut [T], [Layout; N])| {
        let mut rest = values;
        walk(layouts.each_ref(), |run| {
            let (own, others) = std::mem::take(&mut rest).split_at_mut(run.length);
            rest = others;
            visit(own, run);
        });
    });
}

/// The axes with their strides in each array, without those of size 1, and neighbours
/// merged where every array allows it.
fn merged<const N: usize>(layouts: [&Layout; N]) -> Vec<(usize, [usize; N])> {
    let mut axes: Vec<(usize, [usize; N])> = Vec::new();
    for (axis, size) in layouts[0].shape().iter().enumerate() {
        let strides = layouts.map(|layout| layout.strides()[axis]);
        match axes.last_mut() {
            _ if *size == 1 => {}
            Some((held, outer)) if (0..N).all(|n| outer[n] == size * strides[n]) => {
                (*held, *outer) = (*held * size, strides);
            }
            _ => axes.push((*size, strides)),
        }
    }
    axes
}
