//! Counts the last batch as full: some rows twice.
//!
//! rejected by: the example of the statement
//! says: no row is counted twice

pub fn updates_per_epoch(
    rows: usize,
    micro_batch: usize,
    accumulate: usize,
    devices: usize,
    drop_last: bool,
) -> [usize; 4] {
    let batch = micro_batch * accumulate * devices;
    let updates = if drop_last { rows / batch } else { rows.div_ceil(batch) };
    let rounds = updates * accumulate;
    [rounds * devices, rounds, updates, if updates == 0 { 0 } else { batch }]
}
