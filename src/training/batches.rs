//! The data in random order, batch by batch.

use crate::element::Element;
use crate::random::{generator, permutation};
use crate::tensor::Array;

/// The rows `0..n` in batches: each row once an epoch, in another order every epoch.
#[derive(Debug, Clone, PartialEq)]
pub struct Batches {
    rows: usize,
    size: usize,
    seed: u64,
    drop_last: bool,
}

impl Batches {
    /// Batches of `size` rows. The last one of an epoch is smaller if the rows do not come
    /// out even; with `drop_last` it is left out.
    ///
    /// # Panics
    /// When the size is 0, or `drop_last` would leave nothing.
    #[track_caller]
    pub fn new(rows: usize, size: usize, seed: u64, drop_last: bool) -> Batches {
        assert!(size > 0, "Batches: a batch must hold at least one row");
        assert!(
            !drop_last || rows >= size,
            "Batches: {rows} rows are fewer than a batch of {size}, and `drop_last` would \
             leave nothing: choose a smaller batch"
        );
        Batches { rows, size, seed, drop_last }
    }

    /// How many batches an epoch has.
    pub fn per_epoch(&self) -> usize {
        if self.drop_last { self.rows / self.size } else { self.rows.div_ceil(self.size) }
    }

    // ANCHOR: epoch
    /// The batches of epoch number `epoch`, each a list of rows. The same seed and epoch
    /// give the same batches, so that a run can be resumed at any of them.
    pub fn epoch(&self, epoch: u64) -> Vec<Vec<usize>> {
        // A stream of its own for every epoch.
        let mut random = generator(self.seed);
        random.set_stream(epoch);
        let order = permutation(self.rows, &mut random);
        order.chunks(self.size).take(self.per_epoch()).map(<[usize]>::to_vec).collect()
    }
    // ANCHOR_END: epoch
}

/// These rows of a table: `[N, ..] → [rows, ..]`.
///
/// # Panics
/// When there is no such row.
///
/// ```
/// use gradus::tensor::Array;
/// use gradus::training::take;
/// let table = Array::new(vec![0.0, 0.1, 1.0, 1.1, 2.0, 2.1], &[3, 2]);
/// assert_eq!(take(&table, &[2, 0]).to_vec(), [2.0, 2.1, 0.0, 0.1]);
/// ```
#[track_caller]
pub fn take<T: Element>(table: &Array<T>, rows: &[usize]) -> Array<T> {
    let numbers = |row: &usize| u32::try_from(*row).expect("fewer than 2³² rows");
    table.index_select(&Array::new(rows.iter().map(numbers).collect(), &[rows.len()]))
}
