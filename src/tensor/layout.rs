//! How a shape lies in memory: one stride for each axis, and where the first element is.
//!
//! Every view edits only this. The element at index (i₀, i₁, …) lies at
//! offset + Σ iₐ · strideₐ.

// ANCHOR: layout
/// Shape, strides and offset, all in elements.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layout {
    shape: Vec<usize>,
    strides: Vec<usize>,
    offset: usize,
}
// ANCHOR_END: layout

impl Layout {
    // ANCHOR: contiguous
    /// Row after row, without gaps: the last axis has stride 1, and every other the product
    /// of all sizes to its right.
    pub fn contiguous(shape: &[usize]) -> Layout {
        let mut strides = vec![1; shape.len()];
        for axis in (1..shape.len()).rev() {
            strides[axis - 1] = strides[axis] * shape[axis];
        }
        Layout { shape: shape.to_vec(), strides, offset: 0 }
    }
    // ANCHOR_END: contiguous

    /// The size of each axis.
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// How far apart neighbours lie along each axis.
    pub fn strides(&self) -> &[usize] {
        &self.strides
    }

    /// Where the first element lies.
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// How many axes there are.
    pub fn rank(&self) -> usize {
        self.shape.len()
    }

    /// How many elements there are: the product of the sizes, 1 for a scalar.
    pub fn size(&self) -> usize {
        self.shape.iter().product()
    }

    /// Whether the elements lie row after row without gaps. Where an axis has size 1 its
    /// stride does not matter.
    pub fn is_contiguous(&self) -> bool {
        let mut expected = 1;
        let mut axes = self.shape.iter().zip(&self.strides).rev();
        self.size() == 0
            || axes.all(|(size, stride)| {
                let fits = *size == 1 || *stride == expected;
                expected *= size;
                fits
            })
    }

    // ANCHOR: position
    /// Where the element at `index` lies.
    ///
    /// # Panics
    /// When the index has another rank, or leaves the shape.
    #[track_caller]
    pub fn position(&self, index: &[usize]) -> usize {
        let fits = index.len() == self.rank()
            && index.iter().zip(&self.shape).all(|(i, size)| i < size);
        assert!(fits, "index {index:?} is outside of the shape {:?}", self.shape);
        self.offset + index.iter().zip(&self.strides).map(|(i, s)| i * s).sum::<usize>()
    }
    // ANCHOR_END: position

    // ANCHOR: permute
    /// The axes in another order: axis `a` of the result is axis `order[a]` of this.
    ///
    /// # Panics
    /// When `order` does not name every axis once.
    #[track_caller]
    pub fn permute(&self, order: &[usize]) -> Layout {
        let mut sorted = order.to_vec();
        sorted.sort_unstable();
        assert!(
            sorted.iter().copied().eq(0..self.rank()),
            "permute: {order:?} must name each of the {} axes of {:?} once",
            self.rank(),
            self.shape
        );
        Layout {
            shape: order.iter().map(|axis| self.shape[*axis]).collect(),
            strides: order.iter().map(|axis| self.strides[*axis]).collect(),
            offset: self.offset,
        }
    }
    // ANCHOR_END: permute

    /// The `length` entries of `axis` from `start` on.
    ///
    /// # Panics
    /// When there is no such axis, or it has not so many entries.
    #[track_caller]
    pub fn narrow(&self, axis: usize, start: usize, length: usize) -> Layout {
        assert!(
            axis < self.rank(),
            "narrow: there is no axis {axis} in the shape {:?}",
            self.shape
        );
        assert!(
            start + length <= self.shape[axis],
            "narrow: {start}..{} is outside of axis {axis} of the shape {:?}",
            start + length,
            self.shape
        );
        // ANCHOR: narrow
        let mut narrowed = self.clone();
        narrowed.shape[axis] = length;
        // An empty view points nowhere; it must not point behind the end.
        if length > 0 {
            narrowed.offset += start * self.strides[axis];
        }
        narrowed
        // ANCHOR_END: narrow
    }

    // ANCHOR: broadcast_to
    /// Axes are matched from the right. An axis of size 1 is repeated by giving it stride 0,
    /// and so is an axis that is not there. `None` when a size is neither equal nor 1.
    pub fn broadcast_to(&self, shape: &[usize]) -> Option<Layout> {
        let added = shape.len().checked_sub(self.rank())?;
        let mut strides = vec![0; added];
        for (axis, size) in self.shape.iter().enumerate() {
            match (*size, shape[added + axis]) {
                (own, wanted) if own == wanted => strides.push(self.strides[axis]),
                (1, _) => strides.push(0),
                _ => return None,
            }
        }
        Some(Layout { shape: shape.to_vec(), strides, offset: self.offset })
    }
    // ANCHOR_END: broadcast_to

    // ANCHOR: reshape
    /// The same elements in the same order under another shape; `None` where no strides can
    /// say that, so that the elements must be copied.
    ///
    /// # Panics
    /// When the two shapes have different sizes.
    #[track_caller]
    pub fn reshape(&self, shape: &[usize]) -> Option<Layout> {
        assert!(
            shape.iter().product::<usize>() == self.size(),
            "reshape: {:?} has {} elements, {shape:?} has {}",
            self.shape,
            self.size(),
            shape.iter().product::<usize>()
        );
        let mut reshaped = Layout { offset: self.offset, ..Layout::contiguous(shape) };
        if self.size() == 0 {
            return Some(reshaped);
        }
        // From the right, each new axis is cut off from what is left of an old one.
        let mut merged = self.merged();
        let (mut left, mut stride) = (1, 1);
        for axis in (0..shape.len()).rev().filter(|axis| shape[*axis] != 1) {
            if left == 1 {
                (left, stride) = merged.pop().expect("both hold equally many elements");
            }
            if left % shape[axis] != 0 {
                return None;
            }
            reshaped.strides[axis] = stride;
            left /= shape[axis];
            stride *= shape[axis];
        }
        Some(reshaped)
    }

    /// Size and stride of each axis, without those of size 1, and with neighbours merged
    /// that lie like one axis.
    pub(super) fn merged(&self) -> Vec<(usize, usize)> {
        let mut merged: Vec<(usize, usize)> = Vec::new();
        for (size, stride) in self.shape.iter().zip(&self.strides) {
            match merged.last_mut() {
                _ if *size == 1 => {}
                Some((held, outer)) if *outer == size * stride => {
                    (*held, *outer) = (*held * size, *stride);
                }
                _ => merged.push((*size, *stride)),
            }
        }
        merged
    }
    // ANCHOR_END: reshape
}

// ANCHOR: broadcast_shape
/// The shape that both can be broadcast to: matched from the right, equal sizes stay, and
/// 1 gives way to any size. `None` when two sizes differ and neither is 1.
pub fn broadcast_shape(a: &[usize], b: &[usize]) -> Option<Vec<usize>> {
    let rank = a.len().max(b.len());
    let size = |shape: &[usize], axis: usize| {
        (axis + shape.len()).checked_sub(rank).map_or(1, |axis| shape[axis])
    };
    (0..rank)
        .map(|axis| match (size(a, axis), size(b, axis)) {
            (a, b) if a == b => Some(a),
            (1, other) | (other, 1) => Some(other),
            _ => None,
        })
        .collect()
}
// ANCHOR_END: broadcast_shape
