//! The trainer against a loop written out, and what it reports.

use super::support::*;
use gradus::neural_network::*;
use gradus::training::*;
use std::cell::RefCell;

/// One row at a time counts alike, no dropout: the loop of the book's first pages.
#[test]
fn the_trainer_does_what_a_loop_written_out_does() {
    let data = data::<f64>(ROWS);
    let config = TrainerConfig { devices: 1, accumulate: 1, ..config(17, None) };
    let (net, own) = (Net::<f64>::new(6, 0.0), Net::<f64>::new(6, 0.0));
    let outcome = Trainer::new(&net, adam(&net), ROWS, config.clone())
        .unwrap()
        .train(|rows, context| loss(&net, &data, rows, context))
        .unwrap();
    let (mut optimizer, mut update) = (adam(&own), 0);
    let batches = Batches::new(ROWS, 2, config.seed, false);
    let mut last = 0.0;
    for rows in batches.epoch(0).iter().chain(&batches.epoch(1)).take(17) {
        let (loss, count) = loss(&own, &data, rows, &mut Context::evaluation());
        if count > 0 {
            last = loss.item();
            let mut gradients = gradients_of(optimizer.groups(), &loss.backward());
            clip_by_global_norm(&mut gradients, 1.0);
            optimizer.step(&gradients, 0.05 * config.schedule.factor(update));
        } else {
            last = 0.0;
        }
        update += 1;
    }
    for (got, expected) in parameters(&net).iter().zip(parameters(&own)) {
        for (got, expected) in
            got.value().to_vec().into_iter().zip(expected.value().to_vec())
        {
            assert!((got - expected).abs() <= 1e-9, "{got} {expected}");
        }
    }
    assert_eq!((outcome.end, outcome.update), (End::Complete, 17));
    assert!((outcome.loss - last).abs() <= 1e-9, "{outcome} {last}");
}

#[derive(Default)]
struct Seen {
    updates: RefCell<Vec<(UpdateMetrics, u64)>>,
    evaluations: RefCell<Vec<EvaluationMetrics>>,
}

impl Observer for &Seen {
    fn update(&mut self, metrics: &UpdateMetrics, of: u64) {
        self.updates.borrow_mut().push((*metrics, of));
    }
    fn evaluation(&mut self, metrics: &EvaluationMetrics) {
        self.evaluations.borrow_mut().push(*metrics);
    }
}

#[test]
fn metrics_say_where_the_run_is_and_the_observer_hears_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let (net, data, seen) = (Net::<f32>::new(6, 0.2), data(ROWS), Seen::default());
    let values = [3.0, 2.0, 2.5];
    let mut next = values.iter().copied();
    let config = TrainerConfig {
        length: Length::Epochs(3),
        schedule: Schedule::Linear { warmup: 2, total: 21, last: 0.0 },
        ..config(0, Some(folder.path()))
    };
    let mut trainer = Trainer::new(&net, adam(&net), ROWS, config)
        .unwrap()
        .evaluate(|| next.next().unwrap())
        .observe(&seen);
    let outcome =
        trainer.train(|rows, context| loss(&net, &data, rows, context)).unwrap();
    assert_eq!((outcome.update, outcome.best), (21, Some((2.0, 14))));
    let lines = metrics(folder.path());
    assert_eq!(lines.len(), 21 + 3);
    let updates: Vec<_> =
        lines.iter().filter(|line| line.get("loss").is_some()).collect();
    let seen_updates = seen.updates.borrow();
    for (place, (line, (heard, of))) in
        updates.iter().zip(seen_updates.iter()).enumerate()
    {
        let place = place as u64;
        assert_eq!((line["update"].as_u64(), *of), (Some(place + 1), 21));
        assert_eq!(line["epoch"], place / 7 + 1);
        // 8 rows each, and 4 at the end of an epoch.
        let samples = (place + 1) * 8 - (place + 1) / 7 * 4;
        assert_eq!(line["samples"], samples);
        assert_eq!(line["loss"].as_f64(), Some(heard.loss));
        assert_eq!(line["gradient_norm"].as_f64(), Some(heard.gradient_norm));
        assert!(heard.gradient_norm > 0.0 && heard.loss > 0.0 && heard.seconds > 0.0);
        let rate = match place {
            0 => 0.025,
            place => 0.05 * (1.0 - (place.max(2) - 2) as f64 / 19.0),
        };
        assert!((line["learning_rate"].as_f64().unwrap() - rate).abs() < 1e-12);
    }
    let heard: Vec<_> = seen
        .evaluations
        .borrow()
        .iter()
        .map(|e| (e.update, e.evaluation, e.best))
        .collect();
    assert_eq!(heard, [(7, 3.0, 3.0), (14, 2.0, 2.0), (21, 2.5, 2.0)]);
    assert_eq!(lines[23]["evaluation"], 2.5);
}

#[test]
fn patience_ends_the_run_and_the_best_weights_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let (net, data) = (Net::<f32>::new(6, 0.0), data(ROWS));
    // 5 is as good as the best, which is not better.
    let values = [7.0, 5.0, 6.0, 5.0, 1.0];
    let (count, best) = (RefCell::new(0), RefCell::new(Vec::new()));
    let evaluate = || {
        *count.borrow_mut() += 1;
        if *count.borrow() == 2 {
            *best.borrow_mut() = bits(&net);
        }
        values[*count.borrow() - 1]
    };
    let config = TrainerConfig {
        patience: Some(2),
        evaluate_every: Some(3),
        ..config(100, Some(folder.path()))
    };
    let mut trainer =
        Trainer::new(&net, adam(&net), ROWS, config).unwrap().evaluate(evaluate);
    let learn = |rows: &[usize], context: &mut Context| loss(&net, &data, rows, context);
    let outcome = trainer.train(learn).unwrap();
    assert_eq!((outcome.end, outcome.update), (End::Patience, 12));
    assert_eq!(outcome.best, Some((5.0, 6)));
    assert!(outcome.to_string().contains("best 5.0000 after update 6"), "{outcome}");
    assert_ne!(bits(&net), *best.borrow());
    // Asked again it stays at its end.
    assert_eq!(trainer.train(learn).unwrap(), outcome);
    let kept = Net::<f32>::new(6, 0.0);
    weights::load(&kept, &folder.path().join("best.safetensors")).unwrap();
    assert_eq!(bits(&kept), *best.borrow());
}

#[test]
fn a_run_that_is_told_to_stop_ends_after_its_update_and_goes_on_when_asked() {
    let (net, data) = (Net::<f32>::new(6, 0.3), data(ROWS));
    let mut trainer = Trainer::new(&net, adam(&net), ROWS, config(12, None)).unwrap();
    let stop = trainer.stop.clone();
    let calls = std::sync::atomic::AtomicUsize::new(0);
    let learn = |rows: &[usize], context: &mut Context| {
        // Four micro-batches an update: in the middle of the second.
        if calls.fetch_add(1, std::sync::atomic::Ordering::Relaxed) == 5 {
            stop.store(true, std::sync::atomic::Ordering::Relaxed);
        }
        loss(&net, &data, rows, context)
    };
    let outcome = trainer.train(learn).unwrap();
    assert_eq!((outcome.end, outcome.update), (End::Stopped, 2));
    assert!(outcome.to_string().contains("to be resumed"), "{outcome}");
    stop.store(false, std::sync::atomic::Ordering::Relaxed);
    assert_eq!(trainer.train(learn).unwrap().end, End::Complete);
    let whole = Net::<f32>::new(6, 0.3);
    Trainer::new(&whole, adam(&whole), ROWS, config(12, None))
        .unwrap()
        .train(|rows, context| loss(&whole, &data, rows, context))
        .unwrap();
    assert_eq!(bits(&net), bits(&whole));
}

#[test]
fn a_frozen_parameter_stays_as_it_was() {
    let (net, data) = (Net::<f32>::new(6, 0.0), data(ROWS));
    freeze(&net, |path| path.starts_with("first"));
    let before = bits(&net);
    Trainer::new(&net, adam(&net), ROWS, config(5, None))
        .unwrap()
        .train(|rows, context| loss(&net, &data, rows, context))
        .unwrap();
    let after = bits(&net);
    let moved: Vec<bool> = before.iter().zip(&after).map(|(b, a)| b != a).collect();
    assert_eq!(moved, [false, false, true, true]);
}
