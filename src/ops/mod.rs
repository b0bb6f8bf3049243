//! The operations, one to a file: the forward method, what it saves, its backward, and the
//! cases by which `gradcheck` tries it.
//!
//! | file | operations |
//! |---|---|
//! | [`unary`] | how a function of one number becomes an operation |
//! | [`neg`], [`abs`] | the opposite; the size without the sign |
//! | [`exp`], [`ln`], [`sqrt`], [`powf`] | eˣ, ln x, √x, xᵖ |
//! | [`sigmoid`], [`tanh`] | from 0 to 1, from −1 to 1 |
//! | [`relu`], [`silu`], [`gelu`] | x through a gate |
//! | [`clamp`] | kept within bounds |
//! | [`binary`] | how a function of two numbers becomes an operation, with broadcasting |
//! | [`add`], [`sub`], [`mul`], [`div`] | arithmetic, also with a number |
//! | [`operators`] | the same written as `+`, `-`, `*`, `/` |
//! | [`maximum`] | the larger and the smaller of two |
//! | [`where_`] | one or the other, as a mask says |
//! | [`matmul`] | the product of matrices |
//! | [`reshape`], [`permute`] | another shape; axes in another order |
//! | [`broadcast`] | axes repeated |
//! | [`to`] | moved to a device |
//! | [`mod@slice`], [`mod@concat`], [`pad`] | parts, parts end to end, a margin |
//! | [`sum`], [`mean`], [`var`] | sums, means, variances along axes |
//! | [`extreme`] | how the largest and the smallest become operations |
//! | [`max`], [`min`] | the largest and the smallest along axes |
//! | [`logsumexp`] | ln Σ eˣ along axes |
//! | [`index_select`], [`gather`] | rows by number; one element of each row by number |
//! | [`softmax`], [`log_softmax`] | shares that add up to 1, and their logarithms |
//! | [`cross_entropy`], [`bce_with_logits`], [`mse`] | losses |
//! | [`layer_norm`] | rows with mean 0 and variance 1 |
//! | [`dropout`] | a random share becomes 0 |
//! | [`on_device`] | operations that are kernels of their own |

pub mod abs;
pub mod add;
pub mod bce_with_logits;
pub mod binary;
pub mod broadcast;
pub mod clamp;
pub mod concat;
pub mod cross_entropy;
pub mod div;
pub mod dropout;
pub mod exp;
pub mod extreme;
pub mod gather;
pub mod gelu;
pub mod index_select;
pub mod layer_norm;
pub mod ln;
pub mod log_softmax;
pub mod logsumexp;
pub mod matmul;
pub mod max;
pub mod maximum;
pub mod mean;
pub mod min;
pub mod mse;
pub mod mul;
pub mod neg;
pub mod on_device;
pub mod operators;
pub mod pad;
pub mod permute;
pub mod powf;
pub mod relu;
pub mod reshape;
pub mod sigmoid;
pub mod silu;
pub mod slice;
pub mod softmax;
pub mod sqrt;
pub mod sub;
pub mod sum;
pub mod tanh;
pub mod to;
pub mod unary;
pub mod var;
pub mod where_;

pub use cross_entropy::CrossEntropyOptions;

use crate::gradcheck::{Case, Numbers};

/// The cases of every operation: each has a plain one, one that is strided, one of size 1,
/// one of size 0, and where shapes are broadcast one that is.
pub fn cases() -> Vec<Case> {
    let all = [
        abs::cases,
        add::cases,
        bce_with_logits::cases,
        broadcast::cases,
        clamp::cases,
        concat::cases,
        cross_entropy::cases,
        div::cases,
        dropout::cases,
        exp::cases,
        gather::cases,
        gelu::cases,
        index_select::cases,
        layer_norm::cases,
        ln::cases,
        log_softmax::cases,
        logsumexp::cases,
        matmul::cases,
        max::cases,
        maximum::cases,
        mean::cases,
        min::cases,
        mse::cases,
        mul::cases,
        neg::cases,
        pad::cases,
        permute::cases,
        powf::cases,
        relu::cases,
        reshape::cases,
        sigmoid::cases,
        silu::cases,
        slice::cases,
        softmax::cases,
        sqrt::cases,
        sub::cases,
        sum::cases,
        tanh::cases,
        to::cases,
        var::cases,
        where_::cases,
    ];
    // The same stream for each, so that no operation's numbers depend on the others.
    all.iter().flat_map(|cases| cases(&mut Numbers::new(20))).collect()
}
