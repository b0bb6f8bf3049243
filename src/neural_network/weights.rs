//! A model's parameters in a file, in the safetensors format that other frameworks read
//! too: names, shapes, types, then the numbers.

use super::replace::replace;
use super::{Module, Parameter, named_parameters};
use crate::element::Real;
use crate::tensor::Array;
use crate::{Error, Result};
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};
use std::collections::HashMap;
use std::path::Path;

/// Named arrays: what a file of weights holds.
pub type Named<T> = Vec<(String, Array<T>)>;

/// Writes all parameters of `module` to `path`: beside it first, then renamed, so that the
/// file is the old one or the new one, whatever happens meanwhile.
///
/// # Errors
/// When the file cannot be written; the old one is then untouched.
pub fn save<T: Real>(module: &dyn Module<T>, path: &Path) -> Result<()> {
    let named = named_parameters(module);
    write(path, &named.into_iter().map(|(name, p)| (name, p.value())).collect())
}

/// Reads the parameters of `module` from `path`. Every parameter must be there under its
/// path with its shape, and nothing else; otherwise no parameter is changed.
///
/// # Errors
/// When the file cannot be read, is cut or damaged, or belongs to another model.
pub fn load<T: Real>(module: &dyn Module<T>, path: &Path) -> Result<()> {
    let named = named_parameters(module);
    let values = fit(&named, read::<T>(path)?, path)?;
    named.iter().zip(values).for_each(|((_, parameter), value)| parameter.set(value));
    Ok(())
}

/// A value for each parameter, in order, out of what was found in the file `path`.
///
/// # Errors
/// When something is missing, has another shape, or is left over.
pub fn fit<T: Real>(
    named: &[(String, Parameter<T>)],
    mut found: Named<T>,
    path: &Path,
) -> Result<Vec<Array<T>>> {
    let refuse = |what: String| Err(Error::Weights { path: path.into(), what });
    let mut values = Vec::new();
    for (name, parameter) in named {
        let Some(place) = found.iter().position(|(other, _)| other == name) else {
            return refuse(format!(
                "there is no `{name}` in it: it holds {}, so it belongs to another model",
                listed(&found)
            ));
        };
        let (_, value) = found.swap_remove(place);
        if value.shape() != parameter.shape() {
            return refuse(format!(
                "`{name}` has shape {:?}, and the model needs {:?}: was it made with other \
                 settings?",
                value.shape(),
                parameter.shape()
            ));
        }
        values.push(value);
    }
    if !found.is_empty() {
        return refuse(format!(
            "it also holds {}, which the model does not have: it belongs to another one",
            listed(&found)
        ));
    }
    Ok(values)
}

/// The first few names.
fn listed<T: Real>(named: &Named<T>) -> String {
    let mut names: Vec<_> = named.iter().map(|(name, _)| format!("`{name}`")).collect();
    names.sort();
    let rest = names.len().saturating_sub(3);
    names.truncate(3);
    let names = names.join(", ");
    if rest > 0 { format!("{names} and {rest} more") } else { names }
}

/// Writes named arrays.
///
/// # Errors
/// When the file cannot be written; the old one is then untouched.
pub fn write<T: Real>(path: &Path, named: &Named<T>) -> Result<()> {
    write_with_note(path, named, None)
}

/// Writes named arrays, and a text beside them in the file's header.
///
/// # Errors
/// When the file cannot be written; the old one is then untouched.
pub fn write_with_note<T: Real>(
    path: &Path,
    named: &Named<T>,
    note: Option<&str>,
) -> Result<()> {
    let bytes: Vec<Vec<u8>> = named.iter().map(|(_, array)| bytes_of(array)).collect();
    let views = named.iter().zip(&bytes).map(|((name, array), bytes)| {
        let view = TensorView::new(dtype::<T>(), array.shape().to_vec(), bytes);
        (name, view.expect("as many bytes as the shape holds"))
    });
    let note = note.map(|text| HashMap::from([(NOTE.to_string(), text.to_string())]));
    replace(path, &safetensors::serialize(views, note).expect("the names are unique"))
}

/// Where the header keeps the note.
const NOTE: &str = "gradus";

/// The numbers, row after row, the least significant byte first.
pub fn bytes_of<T: Real>(array: &Array<T>) -> Vec<u8> {
    let mut bytes = Vec::with_capacity(array.size() * T::BYTES);
    array.to_vec().into_iter().for_each(|x| x.write(&mut bytes));
    bytes
}

/// Reads named arrays.
///
/// # Errors
/// When the file cannot be read, is cut or damaged, or holds another type of number.
pub fn read<T: Real>(path: &Path) -> Result<Named<T>> {
    Ok(read_with_note(path)?.0)
}

/// Reads named arrays, and the text beside them if there is one.
///
/// # Errors
/// When the file cannot be read, is cut or damaged, or holds another type of number.
pub fn read_with_note<T: Real>(path: &Path) -> Result<(Named<T>, Option<String>)> {
    let bytes = std::fs::read(path).map_err(|source| Error::File {
        action: "read",
        path: path.into(),
        source,
    })?;
    let refuse = |what: String| Error::Weights { path: path.into(), what };
    let damaged = |error| {
        refuse(format!(
            "it is cut or damaged ({error}): take an earlier one, or fetch it again"
        ))
    };
    let file = SafeTensors::deserialize(&bytes).map_err(damaged)?;
    let (_, header) = SafeTensors::read_metadata(&bytes).map_err(damaged)?;
    let note = header.metadata().as_ref().and_then(|texts| texts.get(NOTE).cloned());
    let mut named = Vec::new();
    for (name, view) in file.tensors() {
        if view.dtype() != dtype::<T>() {
            return Err(refuse(format!(
                "`{name}` holds numbers of type {:?}, and {} is needed",
                view.dtype(),
                T::NAME
            )));
        }
        let values = view.data().chunks_exact(T::BYTES).map(T::read).collect();
        named.push((name, Array::new(values, view.shape())));
    }
    Ok((named, note))
}

fn dtype<T: Real>() -> Dtype {
    if T::BYTES == 4 { Dtype::F32 } else { Dtype::F64 }
}
