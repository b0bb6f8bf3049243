//! Moved to a device.

use crate::Result;
use crate::autograd::{Op, TensorOf};
use crate::case;
use crate::device::Device;
use crate::element::Real;
use crate::gradcheck::{Case, Numbers};
use crate::tensor::Array;

struct To {
    from: Device,
}

impl<T: Real> TensorOf<T> {
    /// The same tensor on `device`: a copy, unless it lies there. Gradients go
    /// back to where this lies.
    ///
    /// # Errors
    /// When the device has not so much memory, or is lost; and for f64, with which devices
    /// do not compute here.
    ///
    /// ```
    /// use gradus::autograd::Tensor;
    /// use gradus::device::Device;
    /// let x = Tensor::new(vec![1.0, 2.0], &[2]).tracked();
    /// let y = x.to(&Device::emulator())?.exp(); // by a kernel
    /// let gradients = y.sum_all().backward();
    /// assert_eq!(gradients.of(&x).unwrap().device(), Device::Cpu);
    /// # Ok::<(), gradus::Error>(())
    /// ```
    pub fn to(&self, device: &Device) -> Result<TensorOf<T>> {
        let from = self.value().device();
        let y = self.value().to(device)?;
        Ok(TensorOf::record(y, &[self], || To { from }))
    }
}

impl<T: Real> Op<T> for To {
    fn name(&self) -> &'static str {
        "to"
    }

    // y is x elsewhere:  dx is dy where x lies
    fn backward(&self, dy: &Array<T>, _: &[bool]) -> Vec<Option<Array<T>>> {
        vec![Some(dy.beside(&self.from))]
    }
}

/// What `gradcheck` tries: on the processor it is the tensor itself.
pub(super) fn cases(n: &mut Numbers) -> Vec<Case> {
    vec![
        case!("to", "plain", [n.any(&[2, 3])], |x| there(&x[0])),
        case!("to", "strided", [n.strided(&[2, 3, 2])], |x| there(&x[0])),
        case!("to", "size 1", [n.any(&[])], |x| there(&x[0])),
        case!("to", "size 0", [n.any(&[2, 0])], |x| there(&x[0])),
    ]
}

fn there<T: Real>(x: &TensorOf<T>) -> TensorOf<T> {
    x.to(&x.value().device()).expect("it is there")
}
