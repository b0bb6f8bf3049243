//! The kernels, as the PTX that is committed: `kernels/NAME.cu` says what each of them does, and
//! what it is given.

use super::Source;
use std::borrow::Cow;

macro_rules! sources {
    ($($name:ident = $file:literal),+ $(,)?) => {
        $(
            #[doc = concat!("`kernels/", $file, ".cu`")]
            pub static $name: Source = Source {
                name: Cow::Borrowed($file),
                ptx: Cow::Borrowed(include_str!(concat!(
                    "../../kernels/ptx/",
                    $file,
                    ".ptx"
                ))),
            };
        )+

        /// All of them.
        pub static ALL: &[&Source] = &[$(&$name),+];
    };
}

sources! {
    COPY = "copy",
    COPY_STRIDED = "copy_strided",
    ELEMENTWISE = "elementwise",
    ELEMENTWISE_PAIRS = "elementwise_pairs",
    TRANSPOSE = "transpose",
    COMPARE = "compare",
    REDUCE = "reduce",
    EXTREME = "extreme",
    VARIANCE = "variance",
    SOFTMAX = "softmax",
    LOSSES = "losses",
    CROSS_ENTROPY = "cross_entropy",
    LAYER_NORM = "layer_norm",
    GATHER = "gather",
    DROPOUT = "dropout",
    SGD = "sgd",
    ADAM = "adam",
    GRADIENT_NORM = "gradient_norm",
    MATMUL_V1_NAIVE = "matmul_v1_naive",
    MATMUL_V2_TILED = "matmul_v2_tiled",
    MATMUL_V3_REGISTER_TILE = "matmul_v3_register_tile",
}
