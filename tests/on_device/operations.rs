//! Every case of every operation, forward and backward, against the processor in f64.

use crate::everywhere;
use gradus::gradcheck::on_device;
use gradus::ops::cases;

#[test]
fn every_operation_is_the_processors_forward_and_backward() {
    everywhere(|device| {
        let mut count = 0;
        for case in cases() {
            let report = on_device(&case, device);
            let (operation, name) = (case.operation, &case.name);
            assert!(report.fault.is_none(), "{operation}, {name}, {device}: {report:?}");
            count += 1;
        }
        assert!(count > 200, "{count} cases");
    });
}
