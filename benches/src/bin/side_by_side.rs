//! What a guard costs, beside other crates: in one process, in turns, in time that this thread computes.
//!
//! In each round every contestant serves the same batch of every case. A ratio is taken within a round, of two batches that
//! ran within the same fraction of a second; what is printed is the median over all rounds.
//!
//! `side_by_side [<rounds> [<text>]]`: with a text, only the cases that have it in their title.

use std::collections::BTreeMap;
use std::env;

use benches::contestants::{Application, Carrier, Contestant, Failure, Token, Verifier, cold_fetches};
use benches::counting::{self, Counting};
use benches::measure::{Target, median, print_targets, thread_cpu};
use benches::setup::{Setup, member_of_acme};
use clerk_runtime::clock::Clock as _;
use clerk_testing::LocalInstance;
use http::header::{AUTHORIZATION, COOKIE};
use http::{HeaderValue, Request, StatusCode};

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Tokens of the cases with many.
const TOKENS: usize = 10_000;
/// Requests of one batch. Where each token may be seen only once, they are divided among the rounds.
const BATCH: usize = 200;
/// The same for those that take long per request.
const PEER_BATCH: usize = 50;
/// Requests before those of a batch, which are not measured: what ran before has driven the code out of the caches.
const WARM_UP: usize = 20;
/// So many that at least as many new tokens are measured in a round as warm it up.
const MOST_ROUNDS: usize = TOKENS / (2 * WARM_UP);

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Failure> {
    let rounds = match env::args().nth(1) {
        None => 200,
        Some(rounds) => rounds.parse()?,
    };
    if !(1..=MOST_ROUNDS).contains(&rounds) {
        return Err(format!("at least 1 and at most {MOST_ROUNDS} rounds").into());
    }
    let only = env::args().nth(2).unwrap_or_default();
    let instance = LocalInstance::start().await?;
    let setup = Setup::of(&instance);
    eprintln!("signing {TOKENS} tokens …");
    let tokens = Tokens::new(&instance);
    let mut runs = Vec::new();
    for case in Case::ALL.into_iter().filter(|case| case.title().contains(&only)) {
        for &contestant in case.contestants() {
            if let Some(run) = Run::new(case, contestant, &setup, &tokens).await? {
                runs.push(run);
            }
        }
    }
    eprintln!("{rounds} rounds …");
    let mut order = Order(1);
    for round in 0..rounds {
        order.shuffle(&mut runs);
        for run in &mut runs {
            run.batch(round, rounds, &tokens).await;
        }
    }
    let table = Table(
        runs.into_iter()
            .map(|run| ((run.case, run.contestant), run))
            .collect(),
    );
    println!(
        "{rounds} rounds; a token has {} bytes, the cookies have {}\n",
        tokens.pool[0].text.len(),
        tokens.cookies.len(),
    );
    table.print();
    let fetches = cold_fetches(&instance, &setup, &tokens.unknown_kid.text, &tokens.pool[0].text).await?;
    println!("\nfetches of the key set: 500 unknown kids; 50 requests at once without keys");
    for (contestant, unknown, cold) in &fetches {
        println!("{contestant:<20} {unknown:>4} {cold:>4}");
    }
    print_targets(&table.targets(&fetches));
    Ok(())
}

/// Another order for each round, so that nobody always runs after the same; the same orders in each run of the program.
struct Order(u64);

impl Order {
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for last in (1..items.len()).rev() {
            // xorshift64
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            items.swap(last, (self.0 % (last as u64 + 1)) as usize);
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Case {
    VerifyNew,
    VerifySeen,
    Seen,
    Many,
    New,
    Missing,
    Garbage,
    Expired,
    WrongKey,
    UnknownKid,
    Cookies,
}

impl Case {
    const ALL: [Self; 11] = [
        Self::VerifyNew,
        Self::VerifySeen,
        Self::Seen,
        Self::Many,
        Self::New,
        Self::Missing,
        Self::Garbage,
        Self::Expired,
        Self::WrongKey,
        Self::UnknownKid,
        Self::Cookies,
    ];

    fn title(self) -> &'static str {
        match self {
            Self::VerifyNew => "verification alone, a new token each time",
            Self::VerifySeen => "verification alone, one token",
            Self::Seen => "request, token seen before",
            Self::Many => "request, 10 000 tokens in turn, all seen before",
            Self::New => "request, a new token each time",
            Self::Missing => "request without a token",
            Self::Garbage => "request with garbage for a token",
            Self::Expired => "request with an expired token",
            Self::WrongKey => "request with a token of another key",
            Self::UnknownKid => "request with an unknown kid",
            Self::Cookies => "request with a token among cookies, seen before",
        }
    }

    fn is_verification(self) -> bool {
        matches!(self, Self::VerifyNew | Self::VerifySeen)
    }

    /// What all others are compared to.
    fn baseline(self) -> Contestant {
        match self {
            Self::VerifyNew | Self::VerifySeen => Contestant::Limit,
            Self::Seen | Self::Many | Self::New | Self::Cookies => Contestant::Unprotected,
            Self::Missing | Self::Garbage | Self::Expired | Self::WrongKey | Self::UnknownKid => {
                Contestant::Static401
            }
        }
    }

    fn contestants(self) -> &'static [Contestant] {
        use Contestant::*;
        match self {
            // Those that find cookies without code of the application.
            Self::Cookies => &[Unprotected, Floor, Ours, OursWithLayer, ClerkRs, JwtAuthorizer],
            Self::VerifyNew | Self::VerifySeen => {
                &[Limit, Floor, Ours, Jsonwebtoken, ClerkRs, AxumJwks, JwtAuthorizer]
            }
            _ => &[
                Unprotected,
                Static401,
                Floor,
                Ours,
                OursWithLayer,
                Jsonwebtoken,
                ClerkRs,
                AxumJwks,
                JwtAuthorizer,
                TowerOauth2ResourceServer,
            ],
        }
    }

    fn admits(self) -> bool {
        matches!(self.baseline(), Contestant::Unprotected | Contestant::Limit)
    }
}

struct Tokens {
    pool: Vec<Token>,
    garbage: Token,
    expired: Token,
    wrong_key: Token,
    unknown_kid: Token,
    cookies: HeaderValue,
}

impl Tokens {
    fn new(instance: &LocalInstance) -> Self {
        let ada = || member_of_acme(instance.user("ada"));
        let one = |index| Token::new(member_of_acme(instance.user(format!("user{index}"))).token());
        let now = instance.clock().unix_millis() / 1000;
        let expired = ada()
            .claim("iat", now - 7200)
            .claim("nbf", now - 7210)
            .claim("exp", now - 3600);
        Self {
            pool: (0..TOKENS).map(one).collect(),
            garbage: Token::new("not.a.token".to_owned()),
            expired: Token::new(expired.token()),
            wrong_key: Token::new(ada().signed_by_other_key().token()),
            unknown_kid: Token::new(ada().header("kid", "ins_2unknown").token()),
            cookies: cookies(&ada().cookie()),
        }
    }
}

/// 2.2 kB of cookies as browsers have them: those of analytics first, then Clerk's.
fn cookies(of_clerk: &str) -> HeaderValue {
    let mut all = String::from("_ga=GA1.1.1234567890.1767225600; theme=dark; locale=en-GB; consent=");
    let missing = 2200_usize.saturating_sub(all.len() + 2 + of_clerk.len());
    all.extend("analytics.marketing.".chars().cycle().take(missing));
    all += "; ";
    all += of_clerk;
    all.parse().expect("cookies are a header")
}

enum Subject {
    Application(Application),
    Verifier(Box<Verifier>),
}

struct Run {
    case: Case,
    contestant: Contestant,
    subject: Subject,
    position: usize,
    nanoseconds: Vec<f64>,
    allocations: Vec<f64>,
    /// Answers that were not those of the case.
    wrong: usize,
}

impl Run {
    /// Set up and warm, if the contestant takes part.
    async fn new(
        case: Case,
        contestant: Contestant,
        setup: &Setup,
        tokens: &Tokens,
    ) -> Result<Option<Self>, Failure> {
        let carrier = if case == Case::Cookies {
            Carrier::Cookie
        } else {
            Carrier::Header
        };
        let subject = if case.is_verification() {
            contestant
                .verifier(setup)
                .await?
                .map(|verifier| Subject::Verifier(Box::new(verifier)))
        } else {
            contestant
                .application(setup, carrier)
                .await?
                .map(Subject::Application)
        };
        let Some(subject) = subject else {
            return Ok(None);
        };
        let mut run = Self {
            case,
            contestant,
            subject,
            position: 0,
            nanoseconds: Vec::new(),
            allocations: Vec::new(),
            wrong: 0,
        };
        if case == Case::Many {
            for _ in 0..TOKENS / BATCH {
                run.serve(BATCH, tokens).await;
            }
        } else if case != Case::New && case != Case::VerifyNew {
            run.serve(BATCH, tokens).await;
        } else if contestant == Contestant::ClerkRs {
            // It fetches its keys for the first token, whatever that is.
            run.ask_once(&tokens.unknown_kid).await;
        }
        run.position = 0;
        run.wrong = 0;
        Ok(Some(run))
    }

    async fn batch(&mut self, round: usize, rounds: usize, tokens: &Tokens) {
        let size = match self.case {
            Case::New | Case::VerifyNew => {
                self.position = round * TOKENS / rounds;
                ((round + 1) * TOKENS / rounds - self.position - WARM_UP).min(PEER_BATCH)
            }
            _ if self.contestant.is_peer() => PEER_BATCH,
            _ => BATCH,
        };
        self.serve(WARM_UP, tokens).await;
        let (nanoseconds, allocations) = self.serve(size, tokens).await;
        self.nanoseconds.push(nanoseconds as f64 / size as f64);
        self.allocations.push(allocations as f64 / size as f64);
    }

    /// Serves the next requests. Gives the time and the allocations that all of them took.
    async fn serve(&mut self, size: usize, tokens: &Tokens) -> (i64, u64) {
        let case = self.case;
        let start = self.position;
        self.position = (start + size) % TOKENS;
        let token = |index: usize| match case {
            Case::Many | Case::New | Case::VerifyNew => &tokens.pool[(start + index) % TOKENS],
            Case::Garbage => &tokens.garbage,
            Case::Expired => &tokens.expired,
            Case::WrongKey => &tokens.wrong_key,
            Case::UnknownKid => &tokens.unknown_kid,
            Case::VerifySeen | Case::Seen | Case::Missing | Case::Cookies => &tokens.pool[0],
        };
        let mut admitted = 0;
        let mut refused = 0;
        let taken = match &mut self.subject {
            Subject::Application(application) => {
                let requests: Vec<_> = (0..size)
                    .map(|index| match case {
                        Case::Missing => request(None),
                        Case::Cookies => request(Some((COOKIE, tokens.cookies.clone()))),
                        _ => request(Some((AUTHORIZATION, bearer(token(index))))),
                    })
                    .collect();
                let (allocations, since) = (counting::allocations(), thread_cpu());
                for request in requests {
                    match application.ask(request).await {
                        StatusCode::OK => admitted += 1,
                        StatusCode::UNAUTHORIZED => refused += 1,
                        _ => {}
                    }
                }
                (thread_cpu() - since, counting::allocations() - allocations)
            }
            Subject::Verifier(verifier) => {
                let (allocations, since) = (counting::allocations(), thread_cpu());
                for index in 0..size {
                    admitted += usize::from(verifier.verifies(token(index)).await);
                }
                (thread_cpu() - since, counting::allocations() - allocations)
            }
        };
        let expected = match self.contestant {
            Contestant::Unprotected => admitted,
            Contestant::Static401 => refused,
            _ if case.admits() => admitted,
            _ => refused,
        };
        self.wrong += size - expected;
        taken
    }

    async fn ask_once(&mut self, token: &Token) {
        match &mut self.subject {
            Subject::Application(application) => {
                application
                    .ask(request(Some((AUTHORIZATION, bearer(token)))))
                    .await;
            }
            Subject::Verifier(verifier) => {
                verifier.verifies(token).await;
            }
        }
    }
}

fn request(header: Option<(http::HeaderName, HeaderValue)>) -> Request<()> {
    let mut request = Request::new(());
    request.headers_mut().extend(header);
    request
}

fn bearer(token: &Token) -> HeaderValue {
    let value = format!("Bearer {}", token.text);
    value.parse().expect("a token is fit for a header")
}

struct Table(BTreeMap<(Case, Contestant), Run>);

impl Table {
    fn print(&self) {
        let measured = |case: &Case| self.0.keys().any(|(of, _)| of == case);
        for case in Case::ALL.into_iter().filter(measured) {
            let baseline = case.baseline();
            println!(
                "{:<48} {:>9} {:>12} {:>12} {:>12}",
                case.title(),
                "ns",
                "/ baseline",
                "/ best peer",
                "allocations"
            );
            for &contestant in case.contestants() {
                let Some(run) = self.0.get(&(case, contestant)) else {
                    println!("  {contestant:<46} has no function for it");
                    continue;
                };
                let ratio = |ratio: Option<f64>| ratio.map_or(String::new(), |ratio| format!("{ratio:.2}"));
                println!(
                    "  {:<46} {:>9.0} {:>12} {:>12} {:>12.1}{}",
                    contestant.name(),
                    median(run.nanoseconds.iter().copied()),
                    ratio(self.ratio(case, contestant, baseline)),
                    ratio(self.to_best_peer(case, contestant)),
                    median(run.allocations.iter().copied()),
                    match run.wrong {
                        0 => String::new(),
                        wrong => format!("  {wrong} answers were wrong"),
                    },
                );
            }
            println!();
        }
    }

    fn run(&self, case: Case, contestant: Contestant) -> Option<&Run> {
        self.0.get(&(case, contestant))
    }

    fn ratio(&self, case: Case, of: Contestant, to: Contestant) -> Option<f64> {
        let (of, to) = (self.run(case, of)?, self.run(case, to)?);
        let pairs = of.nanoseconds.iter().zip(&to.nanoseconds);
        Some(median(pairs.map(|(of, to)| of / to)))
    }

    /// The fastest of the other crates that answered rightly.
    fn to_best_peer(&self, case: Case, of: Contestant) -> Option<f64> {
        let peers = Contestant::PEERS.into_iter().filter(|peer| *peer != of);
        let right = peers.filter(|peer| self.run(case, *peer).is_some_and(|run| run.wrong == 0));
        // The best is the one that everybody is slowest beside.
        right
            .filter_map(|peer| self.ratio(case, of, peer))
            .max_by(f64::total_cmp)
    }

    fn allocations(&self, case: Case, contestant: Contestant) -> f64 {
        self.run(case, contestant)
            .map_or(f64::NAN, |run| median(run.allocations.iter().copied()))
    }

    fn targets(&self, fetches: &[(Contestant, usize, usize)]) -> Vec<Target> {
        use Contestant::{Limit, Ours, OursWithLayer, Static401, Unprotected};
        let ratio = |case, of, to| self.ratio(case, of, to).unwrap_or(f64::NAN);
        let peer = |case| self.to_best_peer(case, Ours).unwrap_or(f64::NAN);
        let added = |case| self.allocations(case, Ours) - self.allocations(case, Unprotected);
        let (unknown, cold) = fetches
            .iter()
            .find(|(contestant, ..)| *contestant == Ours)
            .map_or((f64::NAN, f64::NAN), |(_, unknown, cold)| {
                (*unknown as f64, *cold as f64)
            });
        vec![
            Target::at_most(
                "verify a token for the first time / the limit",
                1.10,
                ratio(Case::VerifyNew, Ours, Limit),
            ),
            Target::at_most(
                "request, token seen before / unprotected",
                1.25,
                ratio(Case::Seen, Ours, Unprotected),
            ),
            Target::at_most(
                "request, 10 000 tokens in turn, all seen before / unprotected",
                2.0,
                ratio(Case::Many, Ours, Unprotected),
            ),
            Target::at_most("request, new token / best peer", 0.68, peer(Case::New)),
            Target::at_most(
                "no token / static 401",
                1.06,
                ratio(Case::Missing, Ours, Static401),
            ),
            Target::at_most(
                "garbage token / static 401",
                1.15,
                ratio(Case::Garbage, Ours, Static401),
            ),
            Target::at_most(
                "unknown kid / static 401",
                1.8,
                ratio(Case::UnknownKid, Ours, Static401),
            ),
            Target::at_most("bad signature / best peer", 0.72, peer(Case::WrongKey)),
            Target::at_most(
                "layer, token in a cookie among 2.2 kB of cookies, seen before / unprotected",
                1.8,
                ratio(Case::Cookies, OursWithLayer, Unprotected),
            ),
            Target::at_most(
                "allocations added by a guard, token seen before",
                2.0,
                added(Case::Seen),
            ),
            Target::at_most("allocations added by a guard, first look", 12.0, added(Case::New)),
            Target::at_most("fetches for 500 unknown kids", 1.0, unknown),
            Target::at_most("fetches for 50 requests at once without keys", 1.0, cold),
        ]
    }
}
