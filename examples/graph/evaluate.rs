//! From the tree of an expression to tensors: every step of the computation, with the text
//! that it stands for.

use crate::parse::{Expression, FUNCTIONS, Fault, Kind};
use gradus::autograd::TensorOf;
use std::collections::BTreeMap;

/// `a=2` for each name.
pub fn values(given: &[String]) -> Result<BTreeMap<String, f64>, String> {
    let mut values = BTreeMap::new();
    for given in given {
        let Some((name, number)) = given.split_once('=') else {
            return Err(format!("`{given}` gives no value: write {given}=1"));
        };
        let (name, number) = (name.trim(), number.trim().replace('−', "-"));
        let value = number.parse().ok().filter(|value: &f64| value.is_finite());
        let Some(value) = value else {
            return Err(format!("`{given}`: `{number}` is not a number"));
        };
        if values.insert(name.to_string(), value).is_some() {
            return Err(format!("`{name}` has two values"));
        }
    }
    Ok(values)
}

/// Every step with its text, the whole expression last.
pub fn evaluate(
    text: &str,
    expression: &Expression,
    values: &BTreeMap<String, f64>,
) -> Result<Vec<(String, TensorOf<f64>)>, Fault> {
    let mut steps = Steps { text, values, leaves: BTreeMap::new(), done: Vec::new() };
    let last = steps.visit(expression)?;
    let whole = |message: String| Err(Fault { at: 0, message });
    if let Some(unused) = values.keys().find(|name| !steps.leaves.contains_key(*name)) {
        return whole(format!("`{unused}` has a value and does not occur"));
    }
    if !last.is_tracked() {
        return whole("no name occurs: there is nothing to differentiate by".into());
    }
    Ok(steps.done)
}

struct Steps<'a> {
    text: &'a str,
    values: &'a BTreeMap<String, f64>,
    leaves: BTreeMap<String, TensorOf<f64>>,
    done: Vec<(String, TensorOf<f64>)>,
}

impl Steps<'_> {
    fn visit(&mut self, expression: &Expression) -> Result<TensorOf<f64>, Fault> {
        let result = match &expression.kind {
            Kind::Number(number) => TensorOf::new(vec![*number], &[]),
            Kind::Name(name) => self.leaf(name, expression.range.start)?,
            Kind::Opposite(inner) => self.visit(inner)?.neg(),
            Kind::Power(base, exponent) => self.visit(base)?.powf(*exponent),
            Kind::Call(function, inner) => {
                let x = self.visit(inner)?;
                match FUNCTIONS[*function] {
                    "exp" => x.exp(),
                    "ln" => x.ln(),
                    "sqrt" => x.sqrt(),
                    "tanh" => x.tanh(),
                    "sigmoid" => x.sigmoid(),
                    "relu" => x.relu(),
                    _ => x.abs(),
                }
            }
            Kind::Binary(sign, left, right) => {
                let (a, b) = (self.visit(left)?, self.visit(right)?);
                match sign {
                    '+' => a.add(&b),
                    '*' | '·' => a.mul(&b),
                    '/' => a.div(&b),
                    _ => a.sub(&b),
                }
            }
        };
        let part = &self.text[expression.range.clone()];
        if !result.item().is_finite() {
            let value = result.item();
            let message = format!("`{part}` is {value} for these values");
            return Err(Fault { at: expression.range.start, message });
        }
        if !matches!(expression.kind, Kind::Name(_)) {
            self.done.push((shortened(part), result.clone()));
        }
        Ok(result)
    }

    /// One leaf for each name, however often it occurs.
    fn leaf(&mut self, name: &str, at: usize) -> Result<TensorOf<f64>, Fault> {
        if let Some(leaf) = self.leaves.get(name) {
            return Ok(leaf.clone());
        }
        let Some(value) = self.values.get(name) else {
            let message =
                format!("`{name}` has no value: add {name}=1 behind the expression");
            return Err(Fault { at, message });
        };
        let leaf = TensorOf::new(vec![*value], &[]).tracked();
        self.leaves.insert(name.to_string(), leaf.clone());
        self.done.push((name.to_string(), leaf.clone()));
        Ok(leaf)
    }
}

/// The text of a step, short enough for its box.
fn shortened(part: &str) -> String {
    const LONGEST: usize = 16;
    match part.chars().count() {
        0..=LONGEST => part.to_string(),
        _ => part.chars().take(LONGEST - 1).chain(['…']).collect(),
    }
}
