//! Checks the walk on graphs from one edge to a hundred thousand.

use crate::{Case, Check};
use std::panic::catch_unwind;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// What the reader writes.
pub struct Answer {
    /// The gradient of one node with respect to all.
    pub backward_walk: fn(inputs: &[Vec<(usize, f64)>], loss: usize) -> Vec<f64>,
}

/// Tries an answer.
pub fn check(answer: &Answer, check: &mut Check) {
    let given = |inputs: &[Vec<(usize, f64)>], loss: usize| {
        format!("backward_walk({inputs:?}, {loss})")
    };
    check.case("one edge", |case| {
        let inputs = [vec![], vec![(0, 3.0)]];
        case.given(given(&inputs, 1));
        let got = (answer.backward_walk)(&inputs, 1);
        case.numbers("the gradients", &got, &vec![3.0, 1.0])
            .mistake(vec![0.0, 0.0], "the loss has no gradient to send: it begins with 1")
            .mistake(vec![3.0, 0.0], "the gradient of the loss in itself is 1")
            .mistake(vec![3.0], "every node has a place in the list, the loss too")
            .verify();
    });
    check.case("a chain", |case| {
        let inputs = [vec![], vec![(0, 0.3)], vec![(1, -0.2)]];
        case.given(given(&inputs, 2));
        let got = (answer.backward_walk)(&inputs, 2);
        case.numbers("the gradients", &got, &vec![-0.06, -0.2, 1.0])
            .mistake(
                vec![0.3, -0.2, 1.0],
                "a slope was passed on alone: the message is the gradient that has \
                 arrived, times the slope",
            )
            .mistake(
                vec![0.1, -0.2, 1.0],
                "slopes along a path are multiplied, not added",
            )
            .mistake(
                vec![0.0, -0.2, 1.0],
                "a node sent before its own messages had come: from the loss backwards",
            )
            .verify();
    });
    check.case("one input twice", |case| {
        let inputs = [vec![], vec![(0, 3.0), (0, 3.0)]];
        case.given(format!("{}: x · x at x = 3", given(&inputs, 1)));
        let got = (answer.backward_walk)(&inputs, 1);
        case.numbers("the gradients", &got, &vec![6.0, 1.0])
            .mistake(
                vec![3.0, 1.0],
                "x is used twice and was told once: the second message overwrites the \
                 first",
            )
            .verify();
    });
    check.case("a diamond", |case| {
        let inputs = [vec![], vec![(0, 2.0)], vec![(0, 5.0)], vec![(1, 5.0), (2, -3.0)]];
        let overwritten = "one path is missing: a message overwrites the one before it, \
                           where it should be added";
        case.given(given(&inputs, 3));
        let got = (answer.backward_walk)(&inputs, 3);
        case.numbers("the gradients", &got, &vec![-5.0, 5.0, -3.0, 1.0])
            .mistake(vec![10.0, 5.0, -3.0, 1.0], overwritten)
            .mistake(vec![-15.0, 5.0, -3.0, 1.0], overwritten)
            .mistake(
                vec![0.0, 5.0, -3.0, 1.0],
                "a node sent before its own messages had come: from the loss backwards",
            )
            .verify();
    });
    check.case("a shared node that is no leaf", |case| {
        let inputs = [
            vec![],
            vec![(0, 2.0)],
            vec![(1, 3.0)],
            vec![(1, 5.0)],
            vec![(2, 7.0), (3, 11.0)],
        ];
        case.given(given(&inputs, 4));
        let got = (answer.backward_walk)(&inputs, 4);
        let too_often = "node 1 sent more than once, and what it had sent already was \
                         sent again: visit it once, when everything has arrived";
        case.numbers("the gradients", &got, &vec![152.0, 76.0, 7.0, 11.0, 1.0])
            .mistake(vec![194.0, 76.0, 7.0, 11.0, 1.0], too_often)
            .mistake(vec![262.0, 76.0, 7.0, 11.0, 1.0], too_often)
            .mistake(vec![304.0, 76.0, 7.0, 11.0, 1.0], too_often)
            .mistake(
                vec![42.0, 76.0, 7.0, 11.0, 1.0],
                "node 1 sent before its second message had come",
            )
            .mistake(
                vec![110.0, 76.0, 7.0, 11.0, 1.0],
                "node 1 sent before its second message had come",
            )
            .verify();
    });
    check.case("paths of unequal length", |case| {
        // The loss uses node 1 directly, and by way of 2.
        let inputs = [
            vec![],
            vec![(0, 2.0)],
            vec![(1, 3.0), (0, 10.0)],
            vec![(1, 100.0), (2, 0.5)],
        ];
        case.given(given(&inputs, 3));
        let got = (answer.backward_walk)(&inputs, 3);
        case.numbers("the gradients", &got, &vec![208.0, 101.5, 0.5, 1.0])
            .mistake(
                vec![205.0, 101.5, 0.5, 1.0],
                "node 1 sent when the short path had reached it, before the message from \
                 node 2 had come: how near a node is to the loss is not the order",
            )
            .verify();
    });
    check.case("a loss that is not the last node", |case| {
        // Node 1 is used by 2 and by 3, and neither depends on the other.
        let inputs = [
            vec![],
            vec![(0, 2.0)],
            vec![(1, 4.0)],
            vec![(1, 5.0)],
            vec![(2, 10.0), (3, 20.0)],
        ];
        for (loss, expected) in [
            (2, vec![8.0, 4.0, 1.0, 0.0, 0.0]),
            (3, vec![10.0, 5.0, 0.0, 1.0, 0.0]),
            (1, vec![2.0, 1.0, 0.0, 0.0, 0.0]),
            (0, vec![1.0, 0.0, 0.0, 0.0, 0.0]),
            (4, vec![280.0, 140.0, 10.0, 20.0, 1.0]),
        ] {
            case.given(given(&inputs, loss));
            let got = (answer.backward_walk)(&inputs, loss);
            case.numbers("the gradients", &got, &expected)
                .mistake(
                    vec![280.0, 140.0, 10.0, 20.0, 1.0],
                    "this is the gradient of the last node: the walk begins at `loss`",
                )
                .mistake(
                    expected[..=loss].to_vec(),
                    "nodes above the loss have a place in the list too",
                )
                .mistake(
                    [&[0.0], &expected[1..]].concat(),
                    "node 1 waits for a message that never comes: not every node that \
                     uses it leads to the loss",
                )
                .verify();
        }
    });
    check.case("sixty diamonds in a row", |case| {
        let mut inputs = vec![vec![]];
        for _ in 0..60 {
            let at = inputs.len() - 1;
            inputs.push(vec![(at, 5e-21)]);
            inputs.push(vec![(at, 2.5e19)]);
            inputs.push(vec![(at + 1, 1e20), (at + 2, 2e-20)]);
        }
        case.given("sixty diamonds in a row: 2⁶⁰ paths, 240 edges, slopes far from 1");
        let loss = inputs.len() - 1;
        let walked = "2⁶⁰ paths cannot be walked: a node adds up all that arrives, and \
                      only then sends, once";
        if let Some(got) = in_time(case, answer, inputs, loss, walked) {
            case.number("the gradient of node 0", got[0], 1.0)
                .mistake(0.0, "a tiny message is lost: the next slope may be huge")
                .verify();
        }
    });
    check.case("a chain of 100,000 nodes", |case| {
        let node = |i: usize| if i == 0 { vec![] } else { vec![(i - 1, -1.0)] };
        let inputs: Vec<_> = (0..100_000).map(node).collect();
        case.given("100,000 nodes, each the opposite of the one before");
        let searched = "one pass suffices: if every node goes through all others, that is \
                        10,000,000,000 steps";
        if let Some(got) = in_time(case, answer, inputs, 99_999, searched) {
            case.number("the gradient of node 0", got[0], -1.0).verify();
            case.number("the gradient of node 1", got[1], 1.0).verify();
        }
    });
}

/// What the answer returns within two seconds, on a stack that is small on every system.
fn in_time(
    case: &mut Case,
    answer: &Answer,
    inputs: Vec<Vec<(usize, f64)>>,
    loss: usize,
    otherwise: &str,
) -> Option<Vec<f64>> {
    let (backward_walk, (send, receive)) = (answer.backward_walk, mpsc::channel());
    let walk = move || {
        let got = catch_unwind(|| backward_walk(&inputs, loss));
        // Nobody waits any more if it took too long.
        let _ = send.send(got.map_err(|panic| match panic.downcast_ref::<String>() {
            Some(message) => message.clone(),
            None => panic.downcast_ref::<&str>().copied().unwrap_or_default().into(),
        }));
    };
    thread::Builder::new().stack_size(1 << 20).spawn(walk).expect("a second thread");
    let (got, otherwise) = match receive.recv_timeout(Duration::from_secs(2)) {
        Ok(Ok(got)) => return Some(got),
        Ok(Err(message)) => (format!("a panic: {message}"), ""),
        Err(_) => ("none after 2 seconds".into(), otherwise),
    };
    case.holds(false, "the result", "a list, at once", got, otherwise);
    None
}
