//! One instance, asked through all of its doors while time goes by, so that every cache is met cold, warm and outdated.

use std::time::Duration;

use crate::answer::Answer;
use crate::applications::{self, Application};
use crate::changes;
use crate::clock::{FixedClock, START};
use crate::credentials::Credentials;
use crate::dice::Dice;
use crate::door;
use crate::drafts::{self, Draft};
use crate::instances::{INSTANCES, Instance, Keys};
use crate::keys::{Key, MAIN, NEXT, OTHER};
use crate::recorder::Recorder;
use crate::scripts::{self, Handles, Step};
use crate::tokens::Tokens;
use crate::upstream::{Fresh, JwksAnswer, Published, Upstream};

/// When requests are made, in seconds, and how the key set is answered then.
///
/// A set is fetched again 216 to 264 seconds after the last fetch, and chance says when: no two moments may be so far apart,
/// nor so far less the few seconds that may go by within a request. The wait after a failed fetch is drawn by chance, too. It
/// makes no difference while there are keys, since their least wait of ten seconds is longer than any of the first four, nor
/// after a first failure without keys, where it is less than a second, nor below a longer `Retry-After`.
const MOMENTS: [(i64, JwksAnswer, Published); 23] = [
    (0, JwksAnswer::Good, Published::Main),
    (2, JwksAnswer::Good, Published::Main),
    (10, JwksAnswer::Good, Published::Main),
    (100, JwksAnswer::Good, Published::Main),
    (200, JwksAnswer::Good, Published::Both),
    (205, JwksAnswer::Good, Published::Both),
    (300, JwksAnswer::Good, Published::Both),
    (400, JwksAnswer::Good, Published::Both),
    (500, JwksAnswer::Failing, Published::Both),
    (502, JwksAnswer::Failing, Published::Both),
    (600, JwksAnswer::Unauthorized, Published::Both),
    (700, JwksAnswer::Malformed, Published::Both),
    (710, JwksAnswer::TimedOut, Published::Both),
    (800, JwksAnswer::Good, Published::Next),
    (900, JwksAnswer::Good, Published::Next),
    (1200, JwksAnswer::Good, Published::Swapped),
    (1600, JwksAnswer::Silent, Published::Both),
    (1700, JwksAnswer::Empty, Published::Both),
    (2000, JwksAnswer::Good, Published::Both),
    (6000, JwksAnswer::Silent, Published::Both),
    (6010, JwksAnswer::RateLimited, Published::Both),
    (6100, JwksAnswer::Refused, Published::Both),
    (6200, JwksAnswer::Good, Published::Both),
];

pub(crate) const GROUPS: [&str; 10] = [
    "addresses",
    "at-once",
    "direct",
    "extractor",
    "guard",
    "guarded-router",
    "layer",
    "verify-token",
    changes::METHOD_OVERRIDE,
    changes::SEQUENCE,
];
/// The applications for machines alone.
const MACHINES: [&str; 3] = ["api-key", "m2m", "oauth"];

/// How many earlier requests are kept to be asked again later.
const REMEMBERED: usize = 200;

/// Asks through one door or another.
enum Door {
    Direct(usize),
    Http(usize),
    Script(&'static str, Vec<Step>),
    Addresses,
}

struct Stream<'a, 'b> {
    recorder: &'a mut Recorder<'b>,
    handles: Handles,
    applications: Vec<Application>,
    moment: Moment,
}

/// When something is asked.
#[derive(Default)]
struct Moment {
    unix_millis: i64,
    about: String,
    /// Whether time may go on a little within a request: a fetch that failed would make the next one depend on chance.
    may_wait: bool,
}

pub(crate) async fn record(recorder: &mut Recorder<'_>, instance: &Instance) {
    let clock = FixedClock::new(START * 1000);
    let (upstream, elsewhere) = (Upstream::new(), Upstream::new());
    let clerk = instance.clerk(&clock, &upstream);
    let index = INSTANCES
        .iter()
        .position(|one| one.name == instance.name)
        .unwrap();
    let neighbour = &INSTANCES[(index + 3) % INSTANCES.len()];
    let other = neighbour.clerk(&clock, &elsewhere);
    let mut stream = Stream {
        recorder,
        applications: applications::all(&clerk, &other),
        handles: Handles {
            clerk,
            other,
            clock: clock.clone(),
        },
        moment: Moment::default(),
    };
    let mut dice = Dice::new(instance.name);
    let mut remembered: Vec<Draft> = Vec::new();
    for (offset, jwks, published) in MOMENTS {
        let jwks = match offset {
            0 if instance.keys == Keys::FetchedAtOnce => JwksAnswer::Failing,
            2 if instance.keys == Keys::FetchedAtOnce => JwksAnswer::Empty,
            _ => jwks,
        };
        let now = START + offset;
        let tokens = Tokens::new(instance, now, key(instance, published));
        let fresh = fresh(instance, &tokens);
        upstream.set(jwks, published, fresh.clone());
        elsewhere.set(JwksAnswer::Good, Published::Main, fresh.clone());
        stream.moment = Moment {
            unix_millis: now * 1000 + 250,
            about: format!("{} at {offset} s, {jwks:?}, {published:?}", instance.name),
            may_wait: jwks == JwksAnswer::Good,
        };
        clock.set(stream.moment.unix_millis);
        let credentials = Credentials::new(instance, &tokens, &fresh);
        for number in 0..instance.drawn {
            if number % 20 == 0 {
                stream.ask_at_once(&mut dice, &credentials).await;
            }
            let draft = match remembered.len() {
                known @ 1.. if dice.once_in(6) => remembered[dice.roll(known)].clone(),
                _ => drafts::draw(&mut dice, &credentials),
            };
            stream.ask_often(&mut dice, &credentials, draft.clone()).await;
            if remembered.len() < REMEMBERED {
                remembered.push(draft);
            } else if dice.once_in(3) {
                remembered[dice.roll(REMEMBERED)] = draft;
            }
            if stream.recorder.is_done() {
                return;
            }
        }
        stream.verify_tokens(&mut dice, &tokens).await;
    }
}

/// Picks the key that good tokens are signed with.
fn key(instance: &Instance, published: Published) -> &'static Key {
    match published {
        Published::Next | Published::Swapped if instance.keys != Keys::Pem => &NEXT,
        _ => &MAIN,
    }
}

/// Picks what Clerk hands over at a moment.
fn fresh(instance: &Instance, tokens: &Tokens) -> Fresh {
    Fresh {
        session_token: tokens.good[1].clone(),
        bad_session_token: OTHER.sign("{\"alg\":\"RS256\"}", "{}"),
        suffix: instance.suffix(),
        now: tokens.now,
    }
}

/// Writes steps down, one a line.
fn written(steps: &[Step]) -> String {
    let lines: Vec<String> = steps.iter().map(|step| format!("{step:?}")).collect();
    lines.join("\n")
}

impl Stream<'_, '_> {
    /// Asks, asks the same again, and asks the same through other doors.
    async fn ask_often(&mut self, dice: &mut Dice, credentials: &Credentials<'_>, mut draft: Draft) {
        let door = self.door(dice, credentials, &mut draft);
        self.ask(&door, &draft).await;
        if dice.percent(40) {
            self.ask(&door, &draft).await;
        }
        for _ in 0..dice.roll(3) {
            let mut draft = draft.clone();
            let door = self.door(dice, credentials, &mut draft);
            self.ask(&door, &draft).await;
        }
    }

    fn door(&self, dice: &mut Dice, credentials: &Credentials<'_>, draft: &mut Draft) -> Door {
        match dice.roll(100) {
            0..12 => Door::Direct(0),
            12..26 => {
                let at = dice.roll(door::ACCEPTED.len());
                if door::is_for_machines(door::ACCEPTED[at].1) && dice.percent(70) {
                    credentials.add_machine(dice, draft);
                }
                Door::Direct(at)
            }
            26..84 => {
                let at = self.application(dice);
                if MACHINES.contains(&self.applications[at].name) && dice.percent(70) {
                    credentials.add_machine(dice, draft);
                }
                Door::Http(at)
            }
            84..98 => {
                let (group, steps) = changes::draw(dice, credentials, draft, self.moment.may_wait);
                Door::Script(group, steps)
            }
            _ => Door::Addresses,
        }
    }

    /// Picks an application. Those for one type of token alone turn most requests away, and are picked less often; the
    /// one with many routes answers in many ways.
    fn application(&self, dice: &mut Dice) -> usize {
        let drawn = dice.roll(self.applications.len() + 2);
        let picked = self
            .applications
            .get(drawn)
            .map_or("routes", |application| application.name);
        match picked {
            "api-key" | "m2m" | "oauth" | "resource" if dice.percent(30) => {
                dice.roll(self.applications.len())
            }
            "routes" => self.applications.len() - 1,
            _ => drawn,
        }
    }

    /// Asks three applications before the first of them has answered.
    async fn ask_at_once(&mut self, dice: &mut Dice, credentials: &Credentials<'_>) {
        let drafts = [(); 3].map(|()| drafts::draw(dice, credentials));
        let [first, second, third] = [(); 3].map(|()| &self.applications[dice.roll(self.applications.len())]);
        let answers = tokio::join!(
            biased;
            first.ask(&drafts[0]),
            second.ask(&drafts[1]),
            third.ask(&drafts[2]),
        );
        let answer = Answer::from_several(&[answers.0, answers.1, answers.2]);
        let names = [first, second, third].map(|application| (application.group, application.name));
        let texts = drafts.map(|draft| draft.to_string());
        self.note("at-once", &format!("{names:?}\n{}", texts.join("\n")), answer)
            .await;
    }

    async fn ask(&mut self, door: &Door, draft: &Draft) {
        let (group, name, answer) = match door {
            Door::Direct(at) => {
                let (name, accepts) = door::ACCEPTED[*at];
                // Both ways to say that it is about sessions.
                let said = (*at > 0 || draft.headers.len().is_multiple_of(2)).then_some(accepts);
                let answer = door::authenticate(&self.handles.clerk, &draft.parts(), said).await;
                ("direct", format!("for {name}"), answer)
            }
            Door::Http(at) => {
                let application = &self.applications[*at];
                (
                    application.group,
                    application.name.to_owned(),
                    application.ask(draft).await,
                )
            }
            Door::Script(group, steps) => {
                let answer = scripts::perform(&self.handles, draft, steps).await;
                (*group, written(steps), answer)
            }
            Door::Addresses => (
                "addresses",
                String::new(),
                door::addresses(&self.handles.clerk, &draft.parts()),
            ),
        };
        self.note(group, &format!("{name}\n{draft}"), answer).await;
    }

    async fn note(&mut self, group: &'static str, question: &str, answer: Answer) {
        self.recorder
            .record(group, &format!("{}, {question}", self.moment.about), answer);
        settle().await;
        self.handles.clock.set(self.moment.unix_millis);
    }

    /// Verifies some tokens by themselves, twice.
    async fn verify_tokens(&mut self, dice: &mut Dice, tokens: &Tokens) {
        let all = tokens
            .good
            .iter()
            .chain(&tokens.bad)
            .chain(&tokens.machines[..10]);
        for token in all {
            let types: Option<&[&str]> = match dice.roll(9) {
                0 => None,
                1 => Some(&["JWT"]),
                2 => Some(&["at+jwt", "else"]),
                _ => continue,
            };
            for _ in 0..2 {
                let answer = door::verify_token(&self.handles.clerk, token, types).await;
                self.note("verify-token", &format!("{types:?}\n{token}"), answer)
                    .await;
            }
        }
    }
}

/// Lets whatever a request has begun come to its end: the clock of the runtime is paused and goes on only when nothing is
/// left to do, and no fetch takes longer than this.
async fn settle() {
    tokio::time::sleep(Duration::from_secs(70)).await;
}
