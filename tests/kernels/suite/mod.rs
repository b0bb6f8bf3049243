//! Every kernel against the library's own operations: bodies that take a device, so that tests
//! and the report of a GPU run the same.

pub mod harness;

macro_rules! suite {
    ($($file:ident: $($body:ident),+;)+) => {
        $(mod $file;)+

        /// All bodies, with their names.
        pub const ALL: &[(&str, fn(&gradus::device::Gpu))] = &[
            $($((concat!(stringify!($file), "::", stringify!($body)), $file::$body),)+)+
        ];

        /// Each as a test of its own, on every device.
        #[cfg(test)]
        mod tests {
            $(mod $file {
                $(
                    #[test]
                    fn $body() {
                        crate::everywhere(super::super::$file::$body);
                    }
                )+
            })+
        }
    };
}

suite! {
    compare: comparisons_are_those_of_the_processor, whole_numbers_become_floats_and_rows, the_largest_is_found_and_of_several_the_first;
    copies: copy_and_fill_keep_every_bit, a_strided_copy_makes_views_contiguous, concat_and_pad_are_copies_into_slices;
    cross_entropy: losses_and_gradients_at_odd_sizes, impossible_classes_and_large_logits, a_target_beyond_the_classes_is_not_a_number;
    dropout: the_stream_is_the_processors, the_mask_is_the_processors_forward_and_backward, the_threshold_is_exact, what_is_not_a_number_is_not_hidden;
    elementwise: functions_at_odd_sizes, functions_of_views, functions_at_special_values;
    gather: picking_and_adding_by_index, added_in_order_the_sums_have_the_librarys_bits, an_index_that_is_too_large_reads_nothing;
    layer_norm: rows_are_normalised_and_every_gradient_comes_back, a_constant_row_gives_the_bias;
    matmul: products_of_every_size, products_of_views_and_batches, whole_numbers_are_multiplied_exactly, what_lies_beyond_an_edge_is_not_multiplied_with_infinity;
    optimizers: sgd_with_momentum_nesterov_and_decay, adam_and_adamw, gradients_are_clipped_by_their_norm;
    pairs: pairs_at_odd_sizes, pairs_of_views_that_are_broadcast, pairs_at_special_values, where_chooses_and_does_not_multiply, losses_of_each_element;
    reduce: sums_along_rows_and_columns, whole_numbers_are_added_exactly, a_sum_has_the_same_bits_whatever_the_grid, the_largest_and_the_smallest_are_exact, equal_largest_elements_share_the_gradient, variances_and_their_gradients;
    softmax: softmax_its_logarithm_and_logsumexp;
    transpose: every_version_exchanges_rows_and_columns;
}
