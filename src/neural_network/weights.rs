//! A model's parameters in a file, in the safetensors format that other frameworks read
//! too: names, shapes, types, then the numbers.

use super::{Module, named_parameters};
use crate::element::Real;
use crate::tensor::Array;
use crate::{Error, Result};
use safetensors::tensor::TensorView;
use safetensors::{Dtype, SafeTensors};
use std::io::Write;
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
    let mut found = read::<T>(path)?;
    let refuse = |what: String| Err(Error::Weights { path: path.into(), what });
    let mut values = Vec::new();
    for (name, parameter) in &named {
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
    named.iter().zip(values).for_each(|((_, parameter), value)| parameter.set(value));
    Ok(())
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
/// When the file cannot be written.
pub fn write<T: Real>(path: &Path, named: &Named<T>) -> Result<()> {
    let bytes: Vec<Vec<u8>> = named
        .iter()
        .map(|(_, array)| {
            let mut bytes = Vec::with_capacity(array.size() * T::BYTES);
            array.to_vec().into_iter().for_each(|x| x.write(&mut bytes));
            bytes
        })
        .collect();
    let views = named.iter().zip(&bytes).map(|((name, array), bytes)| {
        let view = TensorView::new(dtype::<T>(), array.shape().to_vec(), bytes);
        (name, view.expect("as many bytes as the shape holds"))
    });
    let whole = safetensors::serialize(views, None).expect("the names are unique");
    let failed = |source| Error::File { action: "write", path: path.into(), source };
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or(Path::new("."));
    let beside = path.with_extension("part");
    let attempt = || {
        std::fs::create_dir_all(folder)?;
        let mut file = std::fs::File::create(&beside)?;
        file.write_all(&whole)?;
        file.sync_all()?;
        std::fs::rename(&beside, path)
    };
    attempt().map_err(|source| {
        // What could not be finished is of no use.
        let _ = std::fs::remove_file(&beside);
        failed(source)
    })
}

/// Reads named arrays.
///
/// # Errors
/// When the file cannot be read, is cut or damaged, or holds another type of number.
pub fn read<T: Real>(path: &Path) -> Result<Named<T>> {
    let bytes = std::fs::read(path).map_err(|source| Error::File {
        action: "read",
        path: path.into(),
        source,
    })?;
    let refuse = |what: String| Error::Weights { path: path.into(), what };
    let file = SafeTensors::deserialize(&bytes).map_err(|error| {
        refuse(format!(
            "it is cut or damaged ({error}): take an earlier one, or fetch it again"
        ))
    })?;
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
    Ok(named)
}

fn dtype<T: Real>() -> Dtype {
    if T::BYTES == 4 { Dtype::F32 } else { Dtype::F64 }
}
