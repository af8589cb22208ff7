//! Ids that would lead elsewhere, in each segment of each path (B1).

use std::collections::BTreeMap;

use http::StatusCode;

use crate::calls;
use crate::expected;
use crate::made::Calls;
use crate::recorder::Recorder;
use crate::table::{Operation, operations};

fn with_id(recorder: &Recorder, id: &str) -> Calls {
    let mut made = Calls::default();
    calls::with_id(&recorder.client(), id, &mut made);
    let segments: usize = operations()
        .iter()
        .map(|operation| expected::path_parameters(operation).len())
        .sum();
    assert_eq!(made.0.len(), segments);
    made
}

#[tokio::test]
async fn what_could_lead_elsewhere_is_refused_by_every_operation() {
    let recorder = Recorder::default();
    for id in [
        "",
        ".",
        "..",
        "%2e%2e",
        "%252E.",
        "user_1/ban",
        "user_1%2fban",
        "user_1\\ban",
        "//evil.test",
        "https://evil.test",
        "user_1\r\nx: y",
        "user_1\0",
    ] {
        for call in with_id(&recorder, id).0 {
            let told = format!("{} {} {id:?}", call.operation, call.variant);
            let error = call.sent.await.expect_err(&told);
            assert_eq!(error.code(), "argument_invalid", "{told}");
            assert!(!error.to_string().contains("evil"), "{told}: {error}");
        }
        assert_eq!(recorder.taken().len(), 0, "something was sent for {id:?}");
    }
}

#[tokio::test]
async fn what_stays_one_segment_is_encoded_by_every_operation() {
    let recorder = Recorder::default();
    recorder.answer(StatusCode::NOT_FOUND, "{}");
    let operations: BTreeMap<&str, Operation> = operations().into_iter().map(|row| (row.id(), row)).collect();
    for id in [
        "user_1?x=1",
        "user_1#x",
        "@evil.test",
        "user_1;x&y",
        "a b",
        "100%",
        "é",
    ] {
        for call in with_id(&recorder, id).0 {
            let told = format!("{} {} {id:?}", call.operation, call.variant);
            // Whether it is an error does not matter: not all answers are read.
            let _ = call.sent.await;
            let sent = recorder.taken();
            let [request] = &sent[..] else {
                panic!("{told}: {sent:?}")
            };
            let segment = |name: &str| {
                let value = if name == call.variant {
                    id.to_owned()
                } else {
                    format!("{name}-1 ?é")
                };
                expected::encoded(&value)
            };
            let path = request.url.split('?').next().unwrap();
            assert_eq!(
                path,
                expected::url(&operations[call.operation], segment),
                "{told}"
            );
        }
    }
}
