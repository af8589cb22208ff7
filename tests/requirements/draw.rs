//! Draws arguments that the attribute accepts. Its rules about contradictions are told here once more, in other words.

use crate::dice::Dice;
use crate::tree::{Accepted, Arguments, Kind, Leaf, Token, Tree};

const DEEPEST: usize = 5;
const LARGEST: usize = 24;

/// As many as are asked for, none twice.
pub(crate) fn draw(count: usize, seed: u64) -> Vec<Arguments> {
    let mut dice = Dice::new(seed);
    let mut drawn: Vec<Arguments> = Vec::new();
    while drawn.len() < count {
        let arguments = arguments(&mut dice);
        if makes_sense(&arguments) && !drawn.contains(&arguments) {
            drawn.push(arguments);
        }
    }
    drawn
}

fn arguments(dice: &mut Dice) -> Arguments {
    use Token::{ApiKey, M2m, Oauth, Session};
    let accepted = match dice.roll(14) {
        0..7 => Accepted::Unsaid,
        7 => Accepted::One(Session),
        8 => Accepted::One(dice.pick(&[ApiKey, ApiKey, M2m, Oauth])),
        9 => Accepted::Some(dice.pick(&[vec![ApiKey, Oauth], vec![M2m, ApiKey]])),
        10 | 11 => Accepted::Some(dice.pick(&[
            vec![Session, ApiKey],
            vec![Oauth, Session],
            vec![Session, M2m, Oauth],
        ])),
        _ => Accepted::Any,
    };
    let tokens = accepted.tokens();
    let scopes = match (tokens.contains(&Session), tokens.len()) {
        (true, 1) => Share::Few,
        (true, _) => Share::Half,
        (false, _) => Share::Most,
    };
    let items = match dice.roll(4) {
        0 => vec![tree(dice, DEEPEST, &scopes)],
        1 => (0..2 + dice.roll(2)).map(|_| tree(dice, 2, &scopes)).collect(),
        2 => vec![list(dice, 3, &scopes)],
        _ => vec![list(dice, DEEPEST, &scopes)],
    };
    Arguments { accepted, items }
}

/// How many of the leaves ask for a scope.
enum Share {
    Few,
    Half,
    Most,
}

fn tree(dice: &mut Dice, depth: usize, scopes: &Share) -> Tree {
    if depth == 0 || dice.roll(10) < 4 {
        Tree::Leaf(leaf(dice, scopes))
    } else {
        list(dice, depth, scopes)
    }
}

fn list(dice: &mut Dice, depth: usize, scopes: &Share) -> Tree {
    let length = dice.pick(&[1, 2, 2, 2, 3, 3, 4]);
    let items = (0..length).map(|_| tree(dice, depth - 1, scopes)).collect();
    if dice.once_in(2) {
        Tree::Any(items)
    } else {
        Tree::All(items)
    }
}

fn leaf(dice: &mut Dice, scopes: &Share) -> Leaf {
    let is_scope = match scopes {
        Share::Few => dice.once_in(12),
        Share::Half => dice.once_in(2),
        Share::Most => !dice.once_in(6),
    };
    if is_scope {
        let scope = dice.pick(&["invoices:read", "invoices:list", "openid", "mch_ledger"]);
        return Leaf::Key(Kind::Scope, scope);
    }
    match dice.roll(7) {
        0 | 1 => Leaf::Key(Kind::Role, dice.pick(&["org:admin", "org:member", "org:billing"])),
        2 => Leaf::Key(
            Kind::Permission,
            dice.pick(&["org:invoices:read", "org:invoices:write", "org:reports:read"]),
        ),
        3 => Leaf::Key(
            Kind::Feature,
            dice.pick(&[
                "invoices",
                "reports",
                "org:invoices",
                "user:invoices",
                "o:reports",
                "u:themes",
                "organization:themes",
            ]),
        ),
        4 => Leaf::Key(
            Kind::Plan,
            dice.pick(&["pro", "free", "org:pro", "user:pro", "u:free"]),
        ),
        5 => Leaf::Preset(dice.pick(&["strict_mfa", "strict", "moderate", "lax"])),
        _ => Leaf::Custom(
            dice.pick(&["first_factor", "second_factor", "multi_factor"]),
            dice.pick(&["0.5", "9.5", "10", "15", "60"]),
        ),
    }
}

/// Whether the attribute accepts them: nothing is said twice, no two roles are asked for at once, and every type of token
/// that is accepted can be enough.
fn makes_sense(arguments: &Arguments) -> bool {
    let whole = plain(&Tree::All(arguments.items.clone()));
    let leaves = whole.leaves();
    let (deepest, fits) = (arguments.tree().depth(), leaves.len() <= LARGEST);
    fits && deepest <= DEEPEST
        && is_free_of_repetition(&whole)
        && is_free_of_two_roles(&whole)
        && arguments
            .accepted
            .tokens()
            .into_iter()
            .all(|token| can_be_enough(&whole, &leaves, token))
}

/// The same without lists of one item, and without lists in a list of their own kind.
fn plain(tree: &Tree) -> Tree {
    let (items, is_any) = match tree {
        Tree::Leaf(_) => return tree.clone(),
        Tree::Any(items) => (items, true),
        Tree::All(items) => (items, false),
    };
    let mut merged = Vec::new();
    for item in items.iter().map(plain) {
        match item {
            Tree::Any(inner) if is_any => merged.extend(inner),
            Tree::All(inner) if !is_any => merged.extend(inner),
            other => merged.push(other),
        }
    }
    match (merged.len(), is_any) {
        (1, _) => merged.remove(0),
        (_, true) => Tree::Any(merged),
        (_, false) => Tree::All(merged),
    }
}

fn is_free_of_repetition(plain: &Tree) -> bool {
    let (Tree::Any(items) | Tree::All(items)) = plain else {
        return true;
    };
    let leaves: Vec<&Tree> = items
        .iter()
        .filter(|item| matches!(item, Tree::Leaf(_)))
        .collect();
    let is_first = |(at, leaf): (usize, &&Tree)| !leaves[..at].contains(leaf);
    leaves.iter().enumerate().all(is_first) && items.iter().all(is_free_of_repetition)
}

fn is_free_of_two_roles(plain: &Tree) -> bool {
    let is_role = |tree: &&Tree| matches!(tree, Tree::Leaf(Leaf::Key(Kind::Role, _)));
    match plain {
        Tree::Leaf(_) => true,
        Tree::All(items) if items.iter().filter(is_role).count() > 1 => false,
        Tree::Any(items) | Tree::All(items) => items.iter().all(is_free_of_two_roles),
    }
}

/// Whether somebody with this type of token could have all that is needed, a session no more than one role.
fn can_be_enough(whole: &Tree, leaves: &[Leaf], token: Token) -> bool {
    if token != Token::Session {
        return whole.holds(&Leaf::is_scope);
    }
    let with_role = |own: Option<Leaf>| {
        whole.holds(&|leaf| match leaf {
            Leaf::Key(Kind::Scope, _) => false,
            Leaf::Key(Kind::Role, _) => own == Some(leaf),
            _ => true,
        })
    };
    leaves.iter().copied().map(Some).chain([None]).any(with_role)
}
