//! Checks the counts on cases that come out even and on cases that do not, then against
//! batches that are dealt out one by one.

use crate::Check;

/// What the reader writes.
pub struct Answer {
    /// Micro-batches, rounds, updates, rows of the last batch.
    pub updates_per_epoch: fn(
        rows: usize,
        micro_batch: usize,
        accumulate: usize,
        devices: usize,
        drop_last: bool,
    ) -> [usize; 4],
}

const DIGITS: &str =
    "counts of this size do not fit into an f32, an i32 or a u32: use `usize`";
const DOWN: &str = "a last batch that is not full leads to an update too: round up";

/// Rows, micro-batch, accumulated, devices, drop_last; what is right; what a wrong count
/// suggests, by its value.
type Try<'a> =
    ((usize, usize, usize, usize, bool), [usize; 4], &'a [([usize; 4], &'a str)]);

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let mut case = |name: &str, tries: &[Try]| {
        check.case(name, |case| {
            for (
                (rows, micro_batch, accumulate, devices, drop_last),
                expected,
                mistakes,
            ) in tries
            {
                case.given(format!(
                    "rows {rows}, micro_batch {micro_batch}, accumulate {accumulate}, \
                     devices {devices}, drop_last {drop_last}"
                ));
                let got = (answer.updates_per_epoch)(
                    *rows,
                    *micro_batch,
                    *accumulate,
                    *devices,
                    *drop_last,
                );
                let named = mistakes.iter().find(|(value, _)| *value == got);
                let unnamed = if *rows.max(micro_batch) > 1000 { DIGITS } else { "" };
                let otherwise = named.map_or(unnamed, |(_, suggests)| suggests);
                case.equal(
                    "micro-batches, rounds, updates, last batch",
                    got,
                    *expected,
                    otherwise,
                );
            }
        });
    };
    case(
        "everything comes out even",
        &[
            (
                (12, 4, 1, 1, false),
                [3, 3, 3, 4],
                &[(
                    [3, 3, 3, 0],
                    "a last batch that \
                is full has 4 rows: its rows are not the remainder of the division",
                )],
            ),
            (
                (24, 2, 3, 2, false),
                [12, 6, 2, 12],
                &[
                    (
                        [12, 6, 2, 0],
                        "a last batch that is full has 12 rows: its rows are not \
                 the remainder of the division",
                    ),
                    (
                        [12, 12, 2, 12],
                        "two devices work side by side: a round takes two \
                 micro-batches",
                    ),
                    (
                        [12, 6, 4, 6],
                        "an update comes after `accumulate` rounds, not after \
                 each",
                    ),
                    (
                        [12, 6, 6, 4],
                        "an update comes after `accumulate` rounds, not after \
                 each, and a batch is the rows of all devices",
                    ),
                    ([12, 6, 12, 2], "an update comes after the rounds of a whole batch"),
                ],
            ),
        ],
    );
    case(
        "the example of the statement",
        &[
            (
                (10, 2, 2, 1, false),
                [5, 5, 3, 2],
                &[
                    ([5, 5, 2, 4], DOWN),
                    ([4, 4, 2, 4], DOWN),
                    (
                        [6, 6, 3, 4],
                        "the last batch has 2 rows and not 4: no row is counted \
                 twice to fill it",
                    ),
                    (
                        [6, 6, 3, 2],
                        "the last batch has 2 rows, which are one micro-batch and \
                 not two",
                    ),
                ],
            ),
            (
                (10, 2, 2, 1, true),
                [4, 4, 2, 4],
                &[
                    (
                        [5, 5, 2, 4],
                        "with `drop_last` the rows of the last batch are not used: \
                 they fill no micro-batch and no round",
                    ),
                    ([5, 5, 3, 2], "`drop_last` leaves the batch of 2 rows out"),
                ],
            ),
        ],
    );
    case(
        "the case of the page",
        &[
            (
                (1000, 8, 2, 4, false),
                [125, 32, 16, 40],
                &[
                    (
                        [125, 31, 15, 64],
                        "31¼ rounds and 15⅝ updates are 32 and 16: round up",
                    ),
                    ([125, 32, 15, 40], DOWN),
                    ([125, 32, 15, 64], DOWN),
                    (
                        [125, 31, 16, 40],
                        "the last micro-batch needs a round too: round up",
                    ),
                    (
                        [128, 32, 16, 64],
                        "1,000 rows make 125 micro-batches, and the last \
                 batch has what is left: none is counted twice to fill it",
                    ),
                    (
                        [128, 32, 16, 40],
                        "1,000 rows make 125 micro-batches: the last round \
                 has fewer than four",
                    ),
                ],
            ),
            (
                (1000, 8, 2, 4, true),
                [120, 30, 15, 64],
                &[
                    (
                        [125, 32, 15, 64],
                        "with `drop_last` the rows of the last batch are not \
                 used: they fill no micro-batch and no round",
                    ),
                    ([125, 32, 16, 40], "`drop_last` leaves the batch of 40 rows out"),
                ],
            ),
        ],
    );
    case(
        "a last micro-batch that is not full",
        &[
            (
                (7, 3, 1, 1, false),
                [3, 3, 3, 1],
                &[
                    ([2, 2, 2, 3], "the seventh row is a micro-batch of its own"),
                    ([2, 2, 3, 1], "the seventh row is a micro-batch of its own"),
                ],
            ),
            (
                (1, 8, 2, 4, false),
                [1, 1, 1, 1],
                &[(
                    [0, 0, 0, 0],
                    "one row is a \
                micro-batch, a round and an update: round up",
                )],
            ),
        ],
    );
    case(
        "devices that have nothing to do",
        &[
            (
                (9, 2, 1, 4, false),
                [5, 2, 2, 1],
                &[(
                    [5, 1, 2, 1],
                    "the last batch is one \
                micro-batch, for which the devices need a round",
                )],
            ),
            (
                (5, 1, 3, 2, false),
                [5, 3, 1, 5],
                &[(
                    [5, 2, 1, 5],
                    "five micro-batches on \
                two devices are three rounds",
                )],
            ),
        ],
    );
    case(
        "a batch larger than the data",
        &[
            ((5, 4, 2, 2, false), [2, 1, 1, 5], &[([2, 1, 0, 0], DOWN)]),
            (
                (5, 4, 2, 2, true),
                [0, 0, 0, 0],
                &[(
                    [2, 1, 0, 0],
                    "with `drop_last` no row \
                is used here at all",
                )],
            ),
        ],
    );
    case(
        "no rows",
        &[
            ((0, 4, 2, 2, false), [0, 0, 0, 0], &[]),
            ((0, 1, 1, 1, true), [0, 0, 0, 0], &[]),
        ],
    );
    case(
        "large numbers",
        &[
            // Rows that an f32 rounds up to 2²⁵, and few enough for who counts one by one.
            ((33_554_431, 64, 1, 1, false), [524_288, 524_288, 524_288, 63], &[]),
            ((100, 100_000, 100, 1000, false), [1, 1, 1, 100], &[]),
        ],
    );
    check.case("as if the batches were dealt out one by one", |case| {
        for number in 0..600 {
            let (rows, micro_batch) = (number % 41, 1 + number % 5);
            let (accumulate, devices) = (1 + number / 5 % 4, 1 + number / 20 % 3);
            let drop_last = number % 2 == 1;
            case.given(format!(
                "rows {rows}, micro_batch {micro_batch}, accumulate {accumulate}, devices \
                 {devices}, drop_last {drop_last}"
            ));
            let got = (answer.updates_per_epoch)(
                rows,
                micro_batch,
                accumulate,
                devices,
                drop_last,
            );
            let expected = dealt(rows, micro_batch, accumulate, devices, drop_last);
            let what = "micro-batches, rounds, updates, last batch";
            case.equal(what, got, expected, "write the batches down and count");
        }
    });
}

/// The counts by dealing out.
fn dealt(
    rows: usize,
    micro_batch: usize,
    accumulate: usize,
    devices: usize,
    drop_last: bool,
) -> [usize; 4] {
    let (all, size) = (vec![(); rows], micro_batch * accumulate * devices);
    let (mut micro_batches, mut rounds, mut updates, mut last) = (0, 0, 0, 0);
    for batch in all.chunks(size) {
        if drop_last && batch.len() < size {
            break;
        }
        let parts: Vec<_> = batch.chunks(micro_batch).collect();
        micro_batches += parts.len();
        rounds += parts.chunks(devices).count();
        updates += 1;
        last = batch.len();
    }
    [micro_batches, rounds, updates, last]
}
