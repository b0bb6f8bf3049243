//! With `drop_last` the last update is left out, and its micro-batches are computed.
//!
//! rejected by: the example of the statement
//! says: they fill no micro-batch

pub fn updates_per_epoch(
    rows: usize,
    micro_batch: usize,
    accumulate: usize,
    devices: usize,
    drop_last: bool,
) -> [usize; 4] {
    let batch = micro_batch * accumulate * devices;
    let micro_batches = rows.div_ceil(micro_batch);
    let rounds = micro_batches.div_ceil(devices);
    let (updates, last) = if drop_last {
        (rows / batch, if rows < batch { 0 } else { batch })
    } else {
        let updates = rows.div_ceil(batch);
        (updates, if updates == 0 { 0 } else { rows - (updates - 1) * batch })
    };
    [micro_batches, rounds, updates, last]
}
