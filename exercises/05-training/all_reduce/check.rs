//! Checks equal shards, unequal ones, idle devices, and that all bits agree.

use crate::Check;

/// What the reader writes.
pub struct Answer {
    /// Gives every device the mean over all examples.
    pub all_reduce: fn(devices: &mut [Vec<f64>], counts: &[usize]),
}

const UNWEIGHTED: &str = "every device counts alike here: weigh each by its examples";

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let reduced = |devices: &[Vec<f64>], counts: &[usize]| {
        let mut devices = devices.to_vec();
        (answer.all_reduce)(&mut devices, counts);
        devices
    };
    check.case("two equal shards", |case| {
        let devices = [vec![1.0, 4.0], vec![3.0, -8.0]];
        case.given("devices [1, 4], [3, -8], counts 2, 2");
        case.numbers(
            "what they have",
            &reduced(&devices, &[2, 2]),
            &vec![vec![2.0, -2.0]; 2],
        )
        .mistake(vec![vec![4.0, -4.0]; 2], "this is the sum of the means: divide")
        .mistake(
            vec![vec![8.0, -8.0]; 2],
            "this is the sum over all examples: divide by \
                 all counts together",
        )
        .mistake(
            vec![vec![2.0, -2.0], vec![3.0, -8.0]],
            "only the first device has the \
                 result: every one needs it",
        )
        .mistake(
            vec![vec![2.0, -2.0], vec![2.5, -5.0]],
            "a device was overwritten before \
                 the next had read it: read all, then write all",
        )
        .mistake(devices.to_vec(), "nothing happened: the devices themselves must change")
        .verify();
    });
    check.case("three unequal shards", |case| {
        case.given("devices [8, 0], [4, 3], [1.6, -2], counts 1, 2, 5");
        let devices = [vec![8.0, 0.0], vec![4.0, 3.0], vec![1.6, -2.0]];
        let got = reduced(&devices, &[1, 2, 5]);
        case.numbers("what they have", &got, &vec![vec![3.0, -0.5]; 3])
            .mistake(vec![vec![13.6 / 3.0, 1.0 / 3.0]; 3], UNWEIGHTED)
            .verify();
    });
    check.case("the example of the statement", |case| {
        case.given("devices [2], [6], counts 3, 1");
        let got = reduced(&[vec![2.0], vec![6.0]], &[3, 1]);
        case.numbers("what they have", &got, &vec![vec![3.0]; 2])
            .mistake(vec![vec![4.0]; 2], UNWEIGHTED)
            .mistake(vec![vec![12.0]; 2], "this is a sum: divide by all counts together")
            .mistake(vec![vec![6.0]; 2], "divide by all examples, not by the devices")
            .verify();
    });
    check.case("a device with nothing to do", |case| {
        for odd in [f64::NAN, f64::INFINITY, 50.0] {
            for place in 0..3 {
                let (mut devices, mut counts) = (vec![vec![2.0], vec![6.0]], vec![3, 1]);
                devices.insert(place, vec![odd]);
                counts.insert(place, 0);
                case.given(format!("devices {devices:?}, counts {counts:?}"));
                case.numbers(
                    "what they have",
                    &reduced(&devices, &counts),
                    &vec![vec![3.0]; 3],
                )
                .mistake(
                    vec![vec![f64::NAN]; 3],
                    "0 · NaN is NaN: leave out a device \
                         with the count 0",
                )
                .mistake(
                    vec![vec![2.0]; 3],
                    "a device with the count 0 is divided by too",
                )
                .mistake(
                    devices.iter().zip(&counts).map(|(device, count)| {
                        if *count == 0 { device.clone() } else { vec![3.0] }
                    }).collect::<Vec<_>>(),
                    "the device with the count 0 has kept what it had: it gets the result \
                     like the others",
                )
                .verify();
            }
        }
        case.given("devices [NaN, 1], [2, 2], counts 0, 0");
        let devices = [vec![f64::NAN, 1.0], vec![2.0, 2.0]];
        let got = reduced(&devices, &[0, 0]);
        case.numbers("what they have", &got, &vec![vec![0.0; 2]; 2])
            .mistake(
                devices.to_vec(),
                "nothing happened: where nothing counts, everyone gets zeros",
            )
            .mistake(
                vec![vec![f64::NAN; 2]; 2],
                "0/0: where nothing counts, everyone gets \
                 zeros",
            )
            .verify();
    });
    check.case("a NaN that counts", |case| {
        case.given("devices [NaN, 4], [2, 6], counts 1, 1");
        let got = reduced(&[vec![f64::NAN, 4.0], vec![2.0, 6.0]], &[1, 1]);
        let mut expectation =
            case.numbers("what they have", &got, &vec![vec![f64::NAN, 5.0]; 2]);
        for hidden in [[1.0, 3.0], [2.0, 6.0], [0.0, 5.0], [1.0, 5.0], [2.0, 5.0]] {
            expectation = expectation.mistake(vec![hidden.to_vec(); 2], "a NaN was left out \
                that belongs to an example: only the count 0 says that a gradient is left out");
        }
        expectation.verify();
    });
    check.case("the same bits", |case| {
        // Sums that differ in the last bit with the order.
        let devices: Vec<Vec<f64>> = (0..10)
            .map(|k| (0..50).map(|i| f64::from(i * 7 + k * 13).sin()).collect())
            .collect();
        let counts = [3, 1, 4, 1, 5, 9, 2, 6, 5, 3];
        case.given(
            "10 devices with 50 numbers each, counts 3, 1, 4, 1, 5, 9, 2, 6, 5, 3",
        );
        let got = reduced(&devices, &counts);
        let expected: Vec<f64> = (0..50)
            .map(|i| {
                let shares = devices.iter().zip(counts).map(|(d, n)| n as f64 * d[i]);
                shares.sum::<f64>() / 39.0
            })
            .collect();
        case.numbers("what they have", &got, &vec![expected; 10]).verify();
        let differing = got.iter().filter(|device| **device != got[0]).count();
        case.holds(
            differing == 0,
            "what they have",
            "the same bits on all devices",
            format!("{differing} that differ from the first in a last digit"),
            "each device added in an order of its own: add once, and copy the result",
        );
    });
    check.case("one device, and none", |case| {
        case.given("devices [2.5, -1], counts 7");
        let got = reduced(&[vec![2.5, -1.0]], &[7]);
        case.numbers("what it has", &got, &vec![vec![2.5, -1.0]]).verify();
        case.given("devices [NaN], counts 0");
        let got = reduced(&[vec![f64::NAN]], &[0]);
        case.numbers("what it has", &got, &vec![vec![0.0]])
            .mistake(
                vec![vec![f64::NAN]],
                "one device alone is no exception: with the count 0 it gets zeros",
            )
            .verify();
        case.given("devices [NaN], [4], counts 0, 1");
        let got = reduced(&[vec![f64::NAN], vec![4.0]], &[0, 1]);
        case.numbers("what they have", &got, &vec![vec![4.0]; 2]).verify();
        case.given("no devices");
        (answer.all_reduce)(&mut [], &[]);
        case.given("devices [], [], counts 1, 2");
        let got = reduced(&[vec![], vec![]], &[1, 2]);
        case.numbers("what they have", &got, &vec![vec![], vec![]]).verify();
    });
    check.case("again and again", |case| {
        case.given("devices [1], [2], [6], counts 1, 1, 2, twice");
        let once = reduced(&[vec![1.0], vec![2.0], vec![6.0]], &[1, 1, 2]);
        let twice = reduced(&once, &[1, 1, 2]);
        case.numbers("what they have", &twice, &vec![vec![3.75]; 3]).verify();
    });
}
