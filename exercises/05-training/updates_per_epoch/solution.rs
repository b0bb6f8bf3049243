//! The solution of `updates_per_epoch`.

/// Micro-batches, rounds and updates in an epoch, and the rows of its last batch.
pub fn updates_per_epoch(
    rows: usize,
    micro_batch: usize,
    accumulate: usize,
    devices: usize,
    drop_last: bool,
) -> [usize; 4] {
    // gradus: solution
    let batch = micro_batch * accumulate * devices;
    let used = if drop_last { rows / batch * batch } else { rows };
    let micro_batches = used.div_ceil(micro_batch);
    let rounds = micro_batches.div_ceil(devices);
    let updates = used.div_ceil(batch);
    let last = if updates == 0 { 0 } else { used - (updates - 1) * batch };
    [micro_batches, rounds, updates, last]
    // gradus: skeleton
    // todo!("count micro-batches, rounds, updates, and the rows of the last batch")
    // gradus: end
}
