//! Takes the remainder of the division for the last batch: 0 where it is full.
//!
//! rejected by: everything comes out even
//! says: not the remainder

pub fn updates_per_epoch(
    rows: usize,
    micro_batch: usize,
    accumulate: usize,
    devices: usize,
    drop_last: bool,
) -> [usize; 4] {
    let batch = micro_batch * accumulate * devices;
    let used = if drop_last { rows - rows % batch } else { rows };
    let micro_batches = used.div_ceil(micro_batch);
    [micro_batches, micro_batches.div_ceil(devices), used.div_ceil(batch), used % batch]
}
