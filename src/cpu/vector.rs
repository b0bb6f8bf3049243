//! The widest registers that this processor has. A program that is built for every
//! processor may use registers of 16 bytes; most have some of 32. So a loop is compiled
//! twice, and the better one is chosen when the program runs.

/// Does `work`, compiled for the widest registers there are. The result is the same to the
/// last bit: the compiler may neither reorder additions nor fuse them with products.
#[inline(always)]
pub fn vectorised<R>(work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        // SAFETY: the processor has what the function is compiled for.
        return unsafe { with_avx2(work) };
    }
    work()
}

/// `work` becomes part of this function, and so is compiled for AVX2.
#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn with_avx2<R>(work: impl FnOnce() -> R) -> R {
    work()
}
