//! One byte of a good token, changed.

use crate::application::{Application, refusal, send};
use crate::dice::Dice;

/// What stands in for every byte: letters of other meaning to base64, what is none of its letters, separators of the token
/// and of headers, and bytes that no text has.
const REPLACEMENTS: [u8; 8] = [b'A', b'_', b'+', b'=', b'.', b' ', b'\t', 0xff];
/// At how many places of each token every byte is tried.
const PLACES: usize = 48;

#[tokio::test]
#[allow(clippy::print_stdout, reason = "the counts are what this test is run for")]
async fn every_edit_of_one_byte_is_refused_with_the_same_answer() {
    let application = Application::start().await;
    let refusal = refusal();
    let mut dice = Dice::new(0x9e37_79b9_7f4a_7c15);
    let (mut refused, mut unsendable) = (0, 0);
    for (router, token) in application.pairs() {
        let good = format!("Bearer {token}").into_bytes();
        let start = good.len() - token.len();
        assert_eq!(send(router, &good).await.unwrap().status, 200);
        let everywhere = (start..good.len()).flat_map(|at| REPLACEMENTS.map(|byte| (at, byte)));
        let places: Vec<usize> = (0..PLACES).map(|_| start + dice.roll(token.len())).collect();
        // The borders of the parts, and the last letter, of which some bits say nothing.
        let borders = good.iter().enumerate().filter(|(_, byte)| **byte == b'.');
        let borders = borders.flat_map(|(at, _)| [at - 1, at, at + 1]);
        let places = places.into_iter().chain(borders).chain([start, good.len() - 1]);
        let sampled = places.flat_map(|at| (0..=u8::MAX).map(move |byte| (at, byte)));
        for (at, byte) in everywhere.chain(sampled) {
            if good[at] == byte {
                continue;
            }
            let mut edited = good.clone();
            edited[at] = byte;
            match send(router, &edited).await {
                None => unsendable += 1,
                Some(answer) => {
                    assert_eq!(answer, refusal, "byte {byte} at {at}");
                    refused += 1;
                }
            }
        }
        assert_eq!(send(router, &good).await.unwrap().status, 200);
    }
    println!(
        "{refused} edits of one byte refused with the same answer, {unsendable} that no header can have"
    );
    assert!(refused > 50_000, "{refused}");
}
