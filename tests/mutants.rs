//! How faults are planted in the operations: what `cargo run --example mutate_ops` builds,
//! without building it.

#[path = "../examples/mutate_ops/faults.rs"]
mod faults;
#[path = "../examples/mutate_ops/weave.rs"]
mod weave;

use gradus_course::mutants::Equivalent;
use std::collections::BTreeMap;
use std::path::Path;
use weave::{mutants, weave};

const SOURCE: &str = "\
fn slope(x: f64, y: f64) -> f64 {
    assert!(x > 1.0);
    f(x, y.abs()) - T::ONE
}
impl Op {
    fn backward(&self) -> Vec<f64> {
        vec![a(-dy), b(dy)]
    }
}
fn cases() -> f64 {
    1.0 + 2.0
}
";

#[test]
fn every_fault_of_a_function_is_one_choice_in_its_body() {
    let found = mutants("slope.rs", SOURCE, 7);
    let lines: Vec<&str> = found.iter().map(|mutant| mutant.to.as_str()).collect();
    for expected in [
        "",
        "f(x, y.abs()) + T::ONE",
        "f(x, y.sqrt()) - T::ONE",
        "f(y.abs(), x) - T::ONE",
        "f(x, y) - T::ONE",
        "f(x, y.abs()) - T::ZERO",
    ] {
        assert!(lines.contains(&expected), "{expected:?} is not in {lines:?}");
    }
    for expected in ["vec![a(dy), b(dy)]", "vec![b(dy), a(-dy)]"] {
        assert!(lines.contains(&expected), "{expected:?} is not in {lines:?}");
    }
    assert_eq!(lines.iter().filter(|line| line.contains(".into_iter()")).count(), 3);
    let own = |mutant: &weave::Mutant| ["slope", "backward"].contains(&&*mutant.function);
    assert!(found.iter().all(|mutant| mutant.file == "slope.rs" && own(mutant)));
    let numbers: Vec<usize> = found.iter().map(|mutant| mutant.number).collect();
    assert_eq!(numbers, (7..7 + found.len()).collect::<Vec<_>>());

    let (woven, places) = weave(SOURCE, &found);
    syn::parse_file(&woven).expect("it is Rust");
    assert_eq!(woven.matches(" => {").count(), found.len() + 2, "and the originals");
    let original = "_ => {\n    assert!(x > 1.0);\n    f(x, y.abs()) - T::ONE\n}";
    assert!(woven.contains(original), "{woven}");
    for (mutant, (number, place)) in found.iter().zip(places) {
        let body: String = woven[place].split_whitespace().collect();
        let line: String = mutant.to.split_whitespace().collect();
        assert!(mutant.number == number && body.contains(&line), "{body}");
    }
    assert_eq!(weave(SOURCE, &[]).0, SOURCE);
}

#[test]
fn every_fault_that_is_listed_as_equivalent_can_be_planted() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let list = std::fs::read_to_string(root.join("tests/ops/equivalent.toml")).unwrap();
    let list: BTreeMap<String, Vec<Equivalent>> = toml::from_str(&list).unwrap();
    assert!(!list.is_empty());
    for (file, listed) in &list {
        let source = std::fs::read_to_string(root.join("src/ops").join(file)).unwrap();
        let found = mutants(file, &source, 1);
        for Equivalent { from, to, .. } in listed {
            let planted = found.iter().any(|m| m.from == *from && m.to == *to);
            assert!(
                planted,
                "{file}: no mutant turns `{from}` into `{to}`: out of the list"
            );
        }
    }
}
