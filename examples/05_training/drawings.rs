//! Diagrams: an epoch from rows to updates, and what lies in a checkpoint.

use gradus::report::{Align, Drawing, Run, Tint};
use gradus::training::Scale;

pub fn draw(run: &mut Run) {
    run.drawing("epoch", &epoch());
    run.drawing("checkpoint", &checkpoint());
    let scale =
        Scale { rows: 1000, micro_batch: 8, accumulate: 2, devices: 4, drop_last: false };
    let counts = [
        ("micro_batches", scale.micro_batches()),
        ("rounds", scale.rounds()),
        ("updates", scale.updates()),
        ("last", scale.last_batch()),
        ("dropped", Scale { drop_last: true, ..scale }.updates()),
    ];
    for (key, count) in counts {
        run.number(&format!("epoch.{key}"), count as f64, 0);
    }
}

/// The last full batch of the page's case, and the batch of 40 rows.
fn epoch() -> Drawing {
    let mut drawing =
        Drawing::new("Rounds of four devices, and an update after two rounds");
    let (width, height) = (64.0, 26.0);
    for device in 0..4 {
        let at = (6.0, 42.0 + 32.0 * f64::from(device));
        drawing = drawing.word(
            (at.0, at.1 + 13.0),
            &format!("device {}", device + 1),
            Align::Left,
        );
    }
    let columns = [
        (90.0, 4, "round 29"),
        (162.0, 4, "round 30"),
        (290.0, 4, "round 31"),
        (362.0, 1, "round 32"),
    ];
    let mut number = 113;
    for (left, busy, name) in columns {
        drawing = drawing.word((left + width / 2.0, 26.0), name, Align::Centre);
        for device in 0..4 {
            let at = (left, 42.0 + 32.0 * f64::from(device));
            drawing = if device < busy {
                let text = number.to_string();
                number += 1;
                let tint = Tint::Series(usize::from(left > 200.0));
                drawing.cell(at, (width, height), &text, tint)
            } else {
                drawing.cell(at, (width, height), "idle", Tint::Faded)
            };
        }
    }
    for (left, name, rows) in
        [(90.0, "update 15", "64 rows"), (290.0, "update 16", "40 rows")]
    {
        let (middle, below) = (left + 68.0, 172.0);
        drawing = drawing
            .line(&[(left, below), (left + 136.0, below)], Tint::Plain)
            .arrow(&[(middle, below), (middle, below + 22.0)], Tint::Plain)
            .word((middle, below + 34.0), &format!("{name}: {rows}"), Align::Centre);
    }
    drawing
}

fn checkpoint() -> Drawing {
    let mut drawing =
        Drawing::new("What lies in a checkpoint, and how it reaches its name");
    let parts = [
        ("weights", Tint::Series(0)),
        ("m and v of each, and t", Tint::Series(1)),
        ("updates so far, best value", Tint::Series(2)),
        ("settings, seed among them", Tint::Series(3)),
        ("a seal over all of it", Tint::Plain),
    ];
    for (place, (text, tint)) in parts.into_iter().enumerate() {
        let at = (0.0, 30.0 * place as f64);
        drawing = drawing.cell(at, (210.0, 28.0), text, tint);
    }
    drawing
        .arrow(&[(214.0, 74.0), (262.0, 74.0)], Tint::Plain)
        .word((238.0, 60.0), "write", Align::Centre)
        .cell((266.0, 58.0), (136.0, 32.0), "….part, on the disk", Tint::Faded)
        .arrow(&[(406.0, 74.0), (454.0, 74.0)], Tint::Plain)
        .word((430.0, 60.0), "rename", Align::Centre)
        .cell((458.0, 58.0), (100.0, 32.0), "checkpoint", Tint::Series(0))
}
