use crate::distance::{distance, nearest};

#[test]
fn swaps_of_neighbours_count_once() {
    assert_eq!(distance("uesr_id", "user_id"), 1);
    assert_eq!(distance("userId", "user_id"), 1);
    assert_eq!(distance("", "auth"), 4);
    assert_eq!(distance("claims", "claims"), 0);
}

#[test]
fn short_names_are_not_near_to_everything() {
    let slots = ["user_id", "auth"];
    assert_eq!(nearest("path", slots), None);
    assert_eq!(nearest("atuh", slots), Some("auth"));
    assert_eq!(nearest("usr_id", slots), Some("user_id"));
    assert_eq!(nearest("body", slots), None);
}
