//! Every row once an epoch.

use gradus::training::Batches;

#[test]
fn every_row_comes_once_an_epoch_and_every_epoch_in_another_order() {
    let batches = Batches::new(10, 4, 7, false);
    let rows = |epoch: u64| batches.epoch(epoch).concat();
    for epoch in 0..3 {
        let sizes: Vec<_> = batches.epoch(epoch).iter().map(Vec::len).collect();
        assert_eq!(sizes, [4, 4, 2]);
        let mut sorted = rows(epoch);
        sorted.sort_unstable();
        assert_eq!(sorted, (0..10).collect::<Vec<_>>());
    }
    assert_ne!(rows(0), rows(1));
    assert_eq!(
        rows(1),
        Batches::new(10, 4, 7, false).epoch(1).concat(),
        "by seed and epoch"
    );
    let dropped = Batches::new(10, 4, 7, true);
    assert_eq!((dropped.per_epoch(), dropped.epoch(0).len()), (2, 2));
    assert_eq!(Batches::new(0, 4, 7, false).epoch(0).len(), 0);
}

#[test]
#[should_panic(expected = "fewer than a batch of 4")]
fn a_batch_larger_than_the_data_is_refused_where_nothing_would_be_left() {
    Batches::new(3, 4, 0, true);
}
