//! What would ruin a run: an optimizer of other parameters, a number that is none.

use super::Optimizer;
use crate::element::Real;
use crate::neural_network::Parameter;
use crate::{Error, Result};

/// Refuses to go on with a number that is infinite or NaN.
pub(super) fn finite(
    what: &str,
    value: f64,
    update: u64,
    learning_rate: f64,
) -> Result<()> {
    if value.is_finite() {
        return Ok(());
    }
    let what = format!(
        "{what} is {value}, and the run stops there; the last checkpoint is as it was. Are \
         all inputs and targets finite? If so, try a smaller learning rate, a warmup, or a \
         limit for the gradient (`clip`)"
    );
    Err(Error::Diverged { update, learning_rate, what })
}

/// Refuses an optimizer that updates nothing, something twice, or what the model does not
/// have (no checkpoint would hold it).
pub(super) fn belongs<T: Real>(
    optimizer: &impl Optimizer<T>,
    named: &[(String, Parameter<T>)],
) -> Result<()> {
    let held = optimizer.groups().iter().flat_map(|group| &group.parameters);
    let held: Vec<_> = held.collect();
    let refuse = |what: &str| {
        let setting = format!("this optimizer of {} parameters", held.len());
        Err(Error::Setting { setting, what: what.into() })
    };
    if !held.iter().any(|parameter| parameter.is_trainable()) {
        return refuse("none of them is trainable: thaw some, or give it the model's");
    }
    for (place, parameter) in held.iter().enumerate() {
        if !named.iter().any(|(_, own)| own.is(parameter)) {
            return refuse("one is not the model's: give it `parameters(&model)`");
        }
        if held[..place].iter().any(|other| other.is(parameter)) {
            return refuse("one stands in it twice, and would be updated twice");
        }
    }
    Ok(())
}
