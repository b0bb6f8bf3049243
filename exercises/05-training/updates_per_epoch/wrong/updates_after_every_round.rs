//! Forgets that an update waits for several rounds.
//!
//! rejected by: everything comes out even
//! says: not after each

pub fn updates_per_epoch(
    rows: usize,
    micro_batch: usize,
    accumulate: usize,
    devices: usize,
    drop_last: bool,
) -> [usize; 4] {
    let batch = micro_batch * devices;
    let full = batch * accumulate;
    let used = if drop_last { rows / full * full } else { rows };
    let updates = used.div_ceil(batch);
    let last = if updates == 0 { 0 } else { used - (updates - 1) * batch };
    [used.div_ceil(micro_batch), updates, updates, last]
}
