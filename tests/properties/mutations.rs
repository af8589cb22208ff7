//! Good tokens, mutated: letters put in, taken out, exchanged; tokens cut off and spliced.

use std::collections::BTreeMap;

use crate::application::{Application, send};
use crate::dice::Dice;

const MUTATIONS: usize = 12_000;

/// What is done to a token, and what came of it.
fn mutated(dice: &mut Dice, tokens: &[String]) -> (&'static str, Vec<u8>) {
    let mut token = dice.pick(tokens).into_bytes();
    let other = dice.pick(tokens).into_bytes();
    let letter = |dice: &mut Dice| {
        dice.pick(b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.=+/, ")
    };
    let at = dice.roll(token.len());
    let longest = if dice.once_in(4) { token.len() } else { 6 };
    let length = 1 + dice.roll(longest);
    let end = (at + length).min(token.len());
    let name = match dice.roll(8) {
        0 => {
            let inserted: Vec<u8> = (0..length.min(32)).map(|_| letter(dice)).collect();
            token.splice(at..at, inserted);
            "inserted"
        }
        1 => {
            token.drain(at..end);
            "deleted"
        }
        2 => {
            let with = dice.roll(token.len());
            token.swap(at, with);
            "swapped"
        }
        3 => {
            token.truncate(at);
            "truncated"
        }
        4 => {
            let from = dice.roll(other.len());
            token.splice(at.., other[from..].iter().copied());
            "spliced"
        }
        5 => {
            let parts = |token: &[u8]| -> Vec<Vec<u8>> {
                token.split(|byte| *byte == b'.').map(<[u8]>::to_vec).collect()
            };
            let all = [parts(&token), parts(&other)].concat();
            let count = dice.pick(&[3, 3, 3, 3, 2, 4]);
            let chosen: Vec<Vec<u8>> = (0..count).map(|_| dice.pick(&all)).collect();
            token = chosen.join(&b'.');
            "parts exchanged"
        }
        6 => {
            let again = token[at..end].to_vec();
            token.splice(at..at, again);
            "repeated"
        }
        _ => {
            for _ in 0..length.min(16) {
                let at = dice.roll(token.len());
                token[at] = letter(dice);
            }
            "overwritten"
        }
    };
    (name, token)
}

#[tokio::test]
#[allow(clippy::print_stdout, reason = "the counts are what this test is run for")]
async fn no_mutation_of_good_tokens_is_accepted() {
    let application = Application::start().await;
    let mut dice = Dice::new(0x0123_4567_89ab_cdef);
    let mut refused: BTreeMap<&str, usize> = BTreeMap::new();
    let mut unchanged = 0;
    for _ in 0..MUTATIONS {
        let (name, token) = mutated(&mut dice, &application.tokens);
        // Space around a header's value is not a part of it.
        if application
            .tokens
            .iter()
            .any(|good| good.as_bytes() == token.trim_ascii())
        {
            unchanged += 1;
            continue;
        }
        let header = [b"Bearer ", token.as_slice()].concat();
        for router in [&application.networkless, &application.fetching] {
            let answer = send(router, &header).await.unwrap();
            assert_eq!(answer.status, 401, "{name}: {}", String::from_utf8_lossy(&header));
            *refused.entry(name).or_default() += 1;
        }
    }
    println!("mutated tokens refused: {refused:?}; {unchanged} were none after all");
    assert_eq!(refused.len(), 8);
    assert!(unchanged < MUTATIONS / 20);
}
