//! The builder from outside: small books, whole, spoilt and served.

mod faults;
mod fixture;
mod renders;
mod serves;
