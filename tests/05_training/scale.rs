//! The vocabulary of scale, against counting.

use gradus::training::{Batches, Scale};

#[test]
fn a_thousand_rows_make_sixteen_updates_and_the_last_has_forty() {
    let scale =
        Scale { rows: 1000, micro_batch: 8, accumulate: 2, devices: 4, drop_last: false };
    assert_eq!((scale.batch(), scale.micro_batches(), scale.rounds()), (64, 125, 32));
    assert_eq!((scale.updates(), scale.last_batch()), (16, 40));
    let dropped = Scale { drop_last: true, ..scale };
    assert_eq!((dropped.updates(), dropped.last_batch()), (15, 64));
    assert_eq!((dropped.micro_batches(), dropped.rounds()), (120, 30));
}

#[test]
fn every_count_is_what_dealing_out_the_batches_gives() {
    for case in 0..40 * 4 * 3 * 3 * 2 {
        let scale = Scale {
            rows: case % 40,
            micro_batch: 1 + case / 40 % 4,
            accumulate: 1 + case / 160 % 3,
            devices: 1 + case / 480 % 3,
            drop_last: case / 1440 == 1,
        };
        if scale.drop_last && scale.rows < scale.batch() {
            assert_eq!((scale.updates(), scale.last_batch()), (0, 0), "{scale:?}");
            continue;
        }
        let batches = Batches::new(scale.rows, scale.batch(), 1, scale.drop_last);
        let epoch = batches.epoch(0);
        let (mut micro_batches, mut rounds) = (0, 0);
        for batch in &epoch {
            let of_batch: Vec<_> = batch.chunks(scale.micro_batch).collect();
            micro_batches += of_batch.len();
            rounds += of_batch.chunks(scale.devices).count();
            assert!(of_batch.chunks(scale.devices).count() <= scale.accumulate);
        }
        assert_eq!(scale.updates(), epoch.len(), "{scale:?}");
        assert_eq!(scale.micro_batches(), micro_batches, "{scale:?}");
        assert_eq!(scale.rounds(), rounds, "{scale:?}");
        assert_eq!(scale.last_batch(), epoch.last().map_or(0, Vec::len), "{scale:?}");
        // Rows used, update by update, over two epochs and a half.
        let mut used = 0;
        for update in 0..epoch.len() * 5 / 2 {
            assert_eq!(scale.samples(update as u64), used as u64, "{scale:?} {update}");
            used += epoch[update % epoch.len()].len();
        }
    }
}

#[test]
fn a_batch_beyond_all_numbers_is_one_batch_of_everything() {
    let scale = Scale {
        rows: 10,
        micro_batch: usize::MAX,
        accumulate: 2,
        devices: 2,
        drop_last: false,
    };
    assert_eq!((scale.updates(), scale.micro_batches(), scale.last_batch()), (1, 1, 10));
}
