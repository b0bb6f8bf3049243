//! Rounds down: the last batch is lost.
//!
//! rejected by: the example of the statement
//! says: round up

pub fn updates_per_epoch(
    rows: usize,
    micro_batch: usize,
    accumulate: usize,
    devices: usize,
    _drop_last: bool,
) -> [usize; 4] {
    let batch = micro_batch * accumulate * devices;
    let updates = rows / batch;
    let used = updates * batch;
    let last = if updates == 0 { 0 } else { batch };
    [used / micro_batch, used / micro_batch / devices, updates, last]
}
