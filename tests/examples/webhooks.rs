use std::collections::BTreeMap;
use std::collections::hash_map::RandomState;
use std::hash::BuildHasher;
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use clerk_testing::{LocalInstance, WebhookAttempt, WebhookEndpoint};
use serde_json::{Value, json};
use tokio::time::{sleep, timeout};

use crate::process::{Running, command, fits, get, refusal, request};

/// An example that is configured for an instance of the test, in a folder and at a port of its own.
struct Scene {
    instance: LocalInstance,
    endpoint: WebhookEndpoint,
    port: u16,
    folder: PathBuf,
}

impl Scene {
    async fn new(name: &str) -> Self {
        let instance = LocalInstance::start().await.unwrap();
        let free = TcpListener::bind(("127.0.0.1", 0)).unwrap();
        let port = free.local_addr().unwrap().port();
        let endpoint = instance
            .webhook(format!("http://127.0.0.1:{port}/webhooks"))
            .unwrap();
        let folder = std::env::temp_dir().join(format!("clerk-webhooks-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        Self {
            instance,
            endpoint,
            port,
            folder,
        }
    }

    fn command(&self) -> Command {
        let (port, url) = (self.port.to_string(), self.instance.url());
        let mut command = command(
            "webhooks",
            &[
                ("PORT", &port),
                ("CLERK_API_URL", &url),
                ("CLERK_PUBLISHABLE_KEY", &self.instance.publishable_key()),
                ("CLERK_SECRET_KEY", self.instance.secret_key()),
                ("CLERK_WEBHOOK_SIGNING_SECRET", &self.endpoint.signing_secret()),
            ],
        );
        command.current_dir(&self.folder);
        command
    }

    fn start(&self) -> Running {
        Running::spawn(&mut self.command())
    }

    /// Starts it without waiting for anything.
    fn launch(&self) -> Child {
        self.command().stdout(Stdio::null()).spawn().unwrap()
    }

    async fn settled(&self) {
        timeout(Duration::from_secs(60), self.endpoint.settled())
            .await
            .expect("every message is taken");
    }

    async fn deliver(&self, event_type: &str, data: Value) -> String {
        let message_id = self.instance.deliver(event_type, data);
        self.settled().await;
        message_id
    }

    async fn resend(&self, message_id: &str) {
        assert!(self.endpoint.resend(message_id));
        self.settled().await;
    }

    /// The table, row by row: id, name and address.
    fn table(&self) -> Vec<(String, String, String)> {
        // Somebody who is in no table has a session too.
        let bearer = self.instance.user("reader").bearer();
        let answer = get(
            &format!("http://127.0.0.1:{}/api/visits", self.port),
            Some(&bearer),
        );
        assert_eq!(answer.status, 200, "{}", answer.body);
        let rows: Vec<Value> = serde_json::from_str(&answer.body).unwrap();
        let text = |row: &Value, name: &str| row[name].as_str().unwrap_or_default().to_owned();
        let row = |row: &Value| {
            (
                text(row, "userId"),
                text(row, "firstName"),
                text(row, "emailAddress"),
            )
        };
        rows.iter().map(row).collect()
    }

    fn names(&self) -> Vec<String> {
        let of_interest =
            |(id, name, _): (String, String, String)| id.starts_with("user_by_hand").then_some(name);
        self.table().into_iter().filter_map(of_interest).collect()
    }
}

impl Drop for Scene {
    fn drop(&mut self) {
        // A folder that is left behind is no reason to fail.
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

#[test]
fn every_line_it_offers_gives_the_announced_answer() {
    let folder = std::env::temp_dir().join(format!("clerk-webhooks-offers-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    // What another instance left behind is no trouble.
    for _ in 0..2 {
        let mut webhooks = Running::spawn(command("webhooks", &[]).current_dir(&folder));
        let offers = webhooks.offers(4);
        let statuses: Vec<_> = offers.iter().map(|offer| offer.status).collect();
        assert_eq!(statuses, [400, 401, 201, 200]);
        for offer in &offers {
            let answer = request(&offer.method, &offer.url, offer.authorization.as_deref());
            assert_eq!(answer.status, offer.status, "{offer:?}");
            assert!(fits(&answer.body, &offer.body), "{offer:?}: {}", answer.body);
        }
        assert_eq!(webhooks.interrupt().0, Some(0));
        assert!(folder.join("webhooks.sqlite3").is_file());
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn two_in_one_folder_have_tables_of_their_own() {
    let folder = std::env::temp_dir().join(format!("clerk-webhooks-two-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let mut first = Running::spawn(command("webhooks", &[]).current_dir(&folder));
    let mut second = Running::spawn(command("webhooks", &[]).current_dir(&folder));
    // The second has not taken the first one's users away, nor the other way round.
    for running in [&mut first, &mut second] {
        for offer in running.offers(4) {
            let answer = request(&offer.method, &offer.url, offer.authorization.as_deref());
            assert!(fits(&answer.body, &offer.body), "{offer:?}: {}", answer.body);
        }
    }
    assert!(folder.join("webhooks-2.sqlite3").is_file());
    assert_eq!(second.interrupt().0, Some(0));
    assert_eq!(first.interrupt().0, Some(0));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[test]
fn without_a_signing_secret_it_does_not_start() {
    let key = format!("pk_test_{}", "bG9jYWwuY2xlcmsuYWNjb3VudHMuZGV2JA");
    let keys = [
        ("CLERK_PUBLISHABLE_KEY", &*key),
        ("CLERK_SECRET_KEY", "sk_test_planted"),
    ];
    let said = refusal("webhooks", &keys);
    assert!(said.contains("CLERK_WEBHOOK_SIGNING_SECRET is not set"), "{said}");
    let wrong = [&keys[..], &[("CLERK_WEBHOOK_SIGNING_SECRET", "planted!")]].concat();
    let said = refusal("webhooks", &wrong);
    assert!(
        said.contains("CLERK_WEBHOOK_SIGNING_SECRET is malformed"),
        "{said}"
    );
    assert!(!said.contains("planted"), "{said}");
}

#[tokio::test]
async fn older_states_and_repeated_messages_change_nothing() {
    let scene = Scene::new("order").await;
    let running = scene.start();
    let user = |name: &str, updated_at: i64| json!({ "id": "user_by_hand", "first_name": name, "updated_at": updated_at });
    let deleted = |id: &str| json!({ "id": id, "object": "user", "deleted": true });

    // The update comes before what it updates.
    scene.deliver("user.updated", user("second", 20)).await;
    assert_eq!(scene.names(), ["second"]);
    scene.deliver("user.created", user("first", 10)).await;
    assert_eq!(scene.names(), ["second"]);
    let third = scene.deliver("user.updated", user("third", 30)).await;
    assert_eq!(scene.names(), ["third"]);
    // Of one millisecond the later message counts, and an earlier one that is repeated does not.
    scene.deliver("user.updated", user("fourth", 30)).await;
    scene.resend(&third).await;
    assert_eq!(scene.names(), ["fourth"]);

    // A deletion wins, whatever comes after it and however new it says it is.
    scene.deliver("user.deleted", deleted("user_by_hand")).await;
    scene.deliver("user.updated", user("undead", 99)).await;
    scene.resend(&third).await;
    assert_eq!(scene.names(), [""; 0]);
    // Also one that comes before everything else.
    scene.deliver("user.deleted", deleted("user_by_hand_2")).await;
    let late = json!({ "id": "user_by_hand_2", "first_name": "belated", "updated_at": 1 });
    scene.deliver("user.created", late).await;
    assert_eq!(scene.names(), [""; 0]);

    // What is none of its business is taken and changes nothing.
    let table = scene.table();
    scene.deliver("session.created", json!({ "id": "sess_1" })).await;
    scene
        .deliver("user.teleported", json!({ "id": "user_by_hand_3" }))
        .await;
    scene.deliver("user.created", json!(null)).await;
    assert_eq!(scene.table(), table);
    assert_eq!(running.interrupt().0, Some(0));
    // Nor is anything kept of what came after the deletion.
    let file = std::fs::read(scene.folder.join("webhooks.sqlite3")).unwrap();
    let holds = |text: &str| file.windows(text.len()).any(|bytes| bytes == text.as_bytes());
    assert!(holds("user_by_hand_2") && !holds("undead") && !holds("belated"));
}

#[tokio::test]
async fn a_visit_belongs_to_a_user_whose_message_comes_later() {
    let scene = Scene::new("visits").await;
    // The message gets through at the second attempt, some time after the start.
    scene.endpoint.retry_schedule([Duration::from_secs(3)]);
    let eve = scene.instance.user("eve");
    while scene.endpoint.attempts().is_empty() {
        sleep(Duration::from_millis(5)).await;
    }
    let running = scene.start();
    let url = format!("http://127.0.0.1:{}/api/visits", scene.port);
    for visits in 1..=2 {
        let answer = request("POST", &url, Some(&eve.bearer()));
        assert_eq!(
            (answer.status, answer.body),
            (201, format!(r#"{{"visits":{visits}}}"#))
        );
    }
    assert_eq!(get(&url, Some(&eve.bearer())).body, "[]");
    scene.settled().await;
    let rows: Value = serde_json::from_str(&get(&url, Some(&eve.bearer())).body).unwrap();
    assert_eq!(
        (&rows[0]["firstName"], &rows[0]["visits"]),
        (&json!("Eve"), &json!(2))
    );
    // With the user go the visits.
    scene.instance.delete_user("eve");
    scene.settled().await;
    assert_eq!(get(&url, Some(&eve.bearer())).body, "[]");
    assert_eq!(running.interrupt().0, Some(0));
}

fn delivered(attempts: &[WebhookAttempt]) -> usize {
    attempts.iter().filter(|attempt| attempt.is_delivered()).count()
}

/// Numbers that differ with every run; a failure shows the one to begin with.
struct Dice(u64);

impl Dice {
    fn below(&mut self, end: u64) -> u64 {
        // xorshift64
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % end
    }
}

/// Changes users at random, and knows what they are.
struct Changes {
    dice: Dice,
    /// Name and first name of those who are there.
    users: BTreeMap<String, String>,
    made: usize,
}

impl Changes {
    fn next(&mut self, instance: &LocalInstance) {
        self.made += 1;
        let choice = self.dice.below(10);
        let count = self.users.len() as u64;
        let somebody = || {
            self.users
                .keys()
                .nth(self.dice.0 as usize % count.max(1) as usize)
                .cloned()
        };
        match (choice, somebody()) {
            (4..=8, Some(name)) => {
                let first_name = format!("change {}", self.made);
                instance.update_user(&name, json!({ "first_name": first_name }));
                self.users.insert(name, first_name);
            }
            (9, Some(name)) => {
                instance.delete_user(&name);
                self.users.remove(&name);
            }
            _ => {
                let name = format!("user{}", self.made);
                let _ = instance.user(&name);
                self.users.insert(name.clone(), format!("User{}", self.made));
            }
        }
    }

    fn table(&self, instance: &LocalInstance) -> Vec<(String, String, String)> {
        let mut rows: Vec<_> = self
            .users
            .iter()
            .map(|(name, first_name)| {
                let id = instance.user(name).user_id();
                (id, first_name.clone(), format!("{name}@example.com"))
            })
            .collect();
        rows.sort();
        rows
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn killing_it_at_any_moment_loses_no_user_and_doubles_none() {
    let seed = RandomState::new().hash_one(0) | 1;
    println!("seed {seed}");
    let scene = Scene::new("kill").await;
    scene
        .endpoint
        .retry_schedule([10, 20, 40, 80].map(Duration::from_millis));
    let mut dice = Dice(seed);
    let mut changes = Changes {
        dice: Dice(seed.rotate_left(17) | 1),
        users: BTreeMap::new(),
        made: 0,
    };
    // Builds it, which is not what is measured.
    let mut command = scene.command();
    let begun = Instant::now();
    drop(Running::spawn(&mut command));
    let start = begun.elapsed();

    // From before it has read its own code to well after it has caught up, however busy this machine is.
    let longest = 2 * start + Duration::from_millis(60);
    let (mut kills, mut kills_at_work, mut taken) = (0, 0, 0);
    while kills < 60 || kills_at_work < 10 || taken < 200 {
        assert!(
            kills < 400,
            "seed {seed}: it takes {taken} messages and no more, and {kills_at_work} kills came while it worked"
        );
        let before = delivered(&scene.endpoint.attempts());
        let mut process = scene.launch();
        let end = Instant::now() + Duration::from_micros(dice.below(longest.as_micros() as u64));
        while Instant::now() < end {
            changes.next(&scene.instance);
            sleep(Duration::from_micros(dice.below(8000))).await;
        }
        let is_busy = scene.endpoint.pending() > 0;
        process.kill().unwrap();
        process.wait().unwrap();
        kills += 1;
        taken = delivered(&scene.endpoint.attempts());
        // It had begun to take messages, and had not come to an end.
        kills_at_work += usize::from(taken > before && is_busy);
    }

    let attempts = scene.endpoint.attempts();
    let refused: Vec<_> = attempts
        .iter()
        .filter_map(|attempt| attempt.status)
        .filter(|status| *status != 204)
        .collect();
    println!(
        "{} changes, {kills} kills, {kills_at_work} of them at work, {} attempts, {taken} taken in between",
        changes.made,
        attempts.len()
    );
    assert_eq!(refused, [0; 0], "seed {seed}");

    let running = scene.start();
    scene.settled().await;
    let mut found: Vec<_> = scene
        .table()
        .into_iter()
        .filter(|(_, _, address)| address != "reader@example.com")
        .collect();
    found.sort();
    let expected = changes.table(&scene.instance);
    assert!(expected.len() > 20);
    assert_eq!(found, expected, "seed {seed}");
    assert_eq!(running.interrupt().0, Some(0));
}
