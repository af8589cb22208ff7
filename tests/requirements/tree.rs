//! A requirement as these tests see it, with two spellings: that of the attribute, and a line of words that is read back.

use std::fmt::Write;

/// A type of token.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token {
    Session,
    ApiKey,
    M2m,
    Oauth,
}

impl Token {
    pub(crate) const ALL: [Self; 4] = [Self::Session, Self::ApiKey, Self::M2m, Self::Oauth];

    fn name(self) -> &'static str {
        match self {
            Self::Session => "session_token",
            Self::ApiKey => "api_key",
            Self::M2m => "m2m_token",
            Self::Oauth => "oauth_token",
        }
    }

    fn of_name(name: &str) -> Self {
        Self::ALL.into_iter().find(|one| one.name() == name).unwrap()
    }
}

/// `token = ..`
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Accepted {
    /// The argument is not there.
    Unsaid,
    One(Token),
    /// `any(..)` of several.
    Some(Vec<Token>),
    Any,
}

impl Accepted {
    pub(crate) fn tokens(&self) -> Vec<Token> {
        match self {
            Self::Unsaid => vec![Token::Session],
            Self::One(one) => vec![*one],
            Self::Some(several) => several.clone(),
            Self::Any => Token::ALL.to_vec(),
        }
    }

    fn argument(&self) -> Option<String> {
        match self {
            Self::Unsaid => None,
            Self::One(one) => Some(format!("token = {:?}", one.name())),
            Self::Some(several) => {
                let names: Vec<String> = several.iter().map(|one| format!("{:?}", one.name())).collect();
                Some(format!("token = any({})", names.join(", ")))
            }
            Self::Any => Some("token = \"any\"".to_owned()),
        }
    }

    fn word(&self) -> String {
        match self {
            Self::Unsaid => "unsaid".to_owned(),
            Self::One(one) => one.name().to_owned(),
            Self::Some(several) => several.iter().map(|one| one.name()).collect::<Vec<_>>().join("|"),
            Self::Any => "any".to_owned(),
        }
    }

    fn of_word(word: &str) -> Self {
        match word {
            "unsaid" => Self::Unsaid,
            "any" => Self::Any,
            one if !one.contains('|') => Self::One(Token::of_name(one)),
            several => Self::Some(several.split('|').map(Token::of_name).collect()),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Role,
    Permission,
    Feature,
    Plan,
    Scope,
}

impl Kind {
    const ALL: [Self; 5] = [
        Self::Role,
        Self::Permission,
        Self::Feature,
        Self::Plan,
        Self::Scope,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Role => "role",
            Self::Permission => "permission",
            Self::Feature => "feature",
            Self::Plan => "plan",
            Self::Scope => "scope",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Leaf {
    Key(Kind, &'static str),
    Preset(&'static str),
    /// A level, and minutes as they are written.
    Custom(&'static str, &'static str),
}

impl Leaf {
    pub(crate) fn is_reverification(self) -> bool {
        matches!(self, Self::Preset(_) | Self::Custom(..))
    }

    pub(crate) fn is_scope(self) -> bool {
        matches!(self, Self::Key(Kind::Scope, _))
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Tree {
    Leaf(Leaf),
    Any(Vec<Tree>),
    All(Vec<Tree>),
}

impl Tree {
    /// Whether it holds if leaves hold as `leaf_holds` says.
    pub(crate) fn holds(&self, leaf_holds: &dyn Fn(Leaf) -> bool) -> bool {
        match self {
            Self::Leaf(leaf) => leaf_holds(*leaf),
            Self::Any(items) => items.iter().any(|item| item.holds(leaf_holds)),
            Self::All(items) => items.iter().all(|item| item.holds(leaf_holds)),
        }
    }

    pub(crate) fn leaves(&self) -> Vec<Leaf> {
        match self {
            Self::Leaf(leaf) => vec![*leaf],
            Self::Any(items) | Self::All(items) => items.iter().flat_map(Self::leaves).collect(),
        }
    }

    /// How many lists are inside each other.
    pub(crate) fn depth(&self) -> usize {
        match self {
            Self::Leaf(_) => 0,
            Self::Any(items) | Self::All(items) => 1 + items.iter().map(Self::depth).max().unwrap_or(0),
        }
    }

    fn argument(&self) -> String {
        let list = |name: &str, items: &[Self]| {
            let items: Vec<String> = items.iter().map(Self::argument).collect();
            format!("{name}({})", items.join(", "))
        };
        match self {
            Self::Leaf(Leaf::Key(kind, key)) => format!("{} = {key:?}", kind.name()),
            Self::Leaf(Leaf::Preset(preset)) => format!("reverification = {preset:?}"),
            Self::Leaf(Leaf::Custom(level, minutes)) => {
                format!("reverification(level = {level:?}, after_minutes = {minutes})")
            }
            Self::Any(items) => list("any", items),
            Self::All(items) => list("all", items),
        }
    }

    /// A list is its name, the number of its items and these.
    fn write(&self, line: &mut String) {
        match self {
            Self::Leaf(Leaf::Key(kind, key)) => write!(line, " {} {key}", kind.name()).unwrap(),
            Self::Leaf(Leaf::Preset(preset)) => write!(line, " preset {preset}").unwrap(),
            Self::Leaf(Leaf::Custom(level, minutes)) => write!(line, " custom {level} {minutes}").unwrap(),
            Self::Any(items) | Self::All(items) => {
                let name = if matches!(self, Self::Any(_)) {
                    "any"
                } else {
                    "all"
                };
                write!(line, " {name} {}", items.len()).unwrap();
                items.iter().for_each(|item| item.write(line));
            }
        }
    }

    fn read(words: &mut impl Iterator<Item = &'static str>) -> Self {
        let mut word = || words.next().expect("a line with its last words missing");
        match word() {
            "preset" => Self::Leaf(Leaf::Preset(word())),
            "custom" => Self::Leaf(Leaf::Custom(word(), word())),
            list @ ("any" | "all") => {
                let length: usize = word().parse().unwrap();
                let items = (0..length).map(|_| Self::read(words)).collect();
                if list == "any" {
                    Self::Any(items)
                } else {
                    Self::All(items)
                }
            }
            name => {
                let kind = Kind::ALL.into_iter().find(|kind| kind.name() == name);
                Self::Leaf(Leaf::Key(kind.expect(name), word()))
            }
        }
    }
}

/// All arguments of an attribute.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Arguments {
    pub(crate) accepted: Accepted,
    /// All of these.
    pub(crate) items: Vec<Tree>,
}

impl Arguments {
    /// As the attribute spells them.
    pub(crate) fn attribute(&self) -> String {
        let token = self.accepted.argument();
        let all: Vec<String> = token
            .into_iter()
            .chain(self.items.iter().map(Tree::argument))
            .collect();
        format!("#[protected({})]", all.join(", "))
    }

    /// As a line of words.
    pub(crate) fn line(&self) -> String {
        let mut line = self.accepted.word();
        self.items.iter().for_each(|item| item.write(&mut line));
        line
    }

    /// Reads a line of words.
    pub(crate) fn of_line(line: &'static str) -> Self {
        let mut words = line.split(' ').peekable();
        let accepted = Accepted::of_word(words.next().unwrap_or_default());
        let mut items = Vec::new();
        while words.peek().is_some() {
            items.push(Tree::read(&mut words));
        }
        Self { accepted, items }
    }

    /// What is required, as one tree.
    pub(crate) fn tree(&self) -> Tree {
        match self.items.as_slice() {
            [one] => one.clone(),
            several => Tree::All(several.to_vec()),
        }
    }
}
