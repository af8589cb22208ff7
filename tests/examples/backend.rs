use std::process::Output;
use std::time::Duration;

use clerk_client::Client;
use clerk_testing::{Endpoint, Fault, LocalInstance};

use crate::process::{command, fits};

fn run(variables: &[(&str, &str)], arguments: &[&str]) -> Output {
    command("backend", variables).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// The steps, each with what came of it.
fn steps(output: &Output) -> Vec<(String, String)> {
    let text = text(&output.stdout);
    let lines = text.lines().filter_map(|line| line.split_once("  "));
    lines
        .map(|(step, came)| (step.to_owned(), came.trim().to_owned()))
        .collect()
}

const STEPS: [(&str, &str); 15] = [
    ("create_user", "user_…, tour-…+clerk_test@example.com"),
    ("get_user_list, a page", "2 of …: Grace Hopper, …"),
    ("get_user_list, a stream", "… users, fetched two at a time"),
    ("update_user_metadata, twice", r#"{"seats":{"paid":5,"used":1}}"#),
    ("create_organization", "org_…, Tour …"),
    ("create_organization_membership", "orgmem_…, org:admin"),
    ("create_organization_invitation", "orginv_…, pending"),
    ("create_invitation", "inv_…, guest-…+clerk_test@example.com"),
    ("api_keys.create", "ak_…, secret ak_……"),
    ("api_keys.verify", "good: true, may invoices:read"),
    ("machines.create", "mch_…, secret key ak_……"),
    ("m2m.create_token", "mt_…, token mt_……"),
    ("m2m.verify", "good: true, of mch_…"),
    ("get_user of nobody", "404 resource_not_found, trace id …"),
    ("delete", "5 things that were made here, and nothing else"),
];

fn assert_whole_tour(output: &Output) {
    assert!(output.status.success(), "{}", text(&output.stderr));
    let steps = steps(output);
    let names: Vec<_> = steps.iter().map(|(name, _)| name.as_str()).collect();
    let announced: Vec<_> = STEPS.iter().map(|(name, _)| *name).collect();
    assert_eq!(names, announced);
    for ((name, came), (_, announced)) in steps.iter().zip(STEPS) {
        assert!(fits(came, announced), "{name}: {came} is not {announced}");
    }
}

#[test]
fn with_nothing_configured_the_whole_tour_is_taken() {
    let output = run(&[], &[]);
    assert!(text(&output.stdout).starts_with("No CLERK_SECRET_KEY is set"));
    assert_whole_tour(&output);
    assert!(text(&output.stdout).contains("2 of 4: Grace Hopper, Cyd"));
    assert!(text(&output.stdout).contains("4 users, fetched two at a time"));
}

/// Everything that there is, to see what a tour leaves.
async fn left(instance: &LocalInstance) -> [u64; 4] {
    let client = Client::builder(instance.secret_key())
        .api_url(instance.url())
        .build()
        .unwrap();
    let users = client.users().get_count().await.unwrap().total_count;
    let organizations = client
        .organizations()
        .get_organization_list()
        .await
        .unwrap()
        .total_count;
    let machines = client.machines().list().await.unwrap().total_count;
    let invitations = client.invitations().get_invitation_list().await.unwrap().data;
    let pending = invitations
        .iter()
        .filter(|invitation| invitation.status.as_str() == "pending");
    [
        users.try_into().unwrap(),
        organizations,
        machines,
        pending.count() as u64,
    ]
}

#[tokio::test(flavor = "multi_thread")]
async fn with_a_key_nothing_is_sent_before_it_is_asked_for() {
    let instance = LocalInstance::start().await.unwrap();
    let _ = instance.user("ada").user_id();
    let before = left(&instance).await;
    let requests = instance.requests().len();
    let (url, key) = (instance.url(), instance.secret_key());
    let variables = [("CLERK_API_URL", url.as_str()), ("CLERK_SECRET_KEY", key)];

    let asked = run(&variables, &[]);
    assert!(asked.status.success());
    assert!(text(&asked.stdout).contains("Nothing was sent") && text(&asked.stdout).contains("--live"));
    assert_eq!(instance.requests().len(), requests);

    let taken = run(&variables, &["--live"]);
    assert_whole_tour(&taken);
    assert!(instance.requests().len() > requests + 20);
    assert!(!text(&taken.stdout).contains(key));
    assert_eq!(left(&instance).await, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_made_is_deleted_when_something_goes_wrong() {
    let instance = LocalInstance::start().await.unwrap();
    let before = left(&instance).await;
    let url = instance.url();
    let variables = [
        ("CLERK_API_URL", url.as_str()),
        ("CLERK_SECRET_KEY", instance.secret_key()),
    ];
    for endpoint in [
        Endpoint::Organizations,
        Endpoint::Invitations,
        Endpoint::ApiKeys,
        Endpoint::M2mTokens,
    ] {
        instance.fault_times(endpoint, Fault::Status(403), 1);
        let output = run(&variables, &["--live"]);
        assert_eq!(output.status.code(), Some(1), "{endpoint:?}");
        assert!(
            text(&output.stderr).contains("authorization_invalid"),
            "{}",
            text(&output.stderr)
        );
        assert_eq!(left(&instance).await, before, "{endpoint:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_deleted_is_named() {
    let instance = LocalInstance::start().await.unwrap();
    let before = left(&instance).await;
    let variables = [
        ("CLERK_API_URL", instance.url()),
        ("CLERK_SECRET_KEY", instance.secret_key().to_owned()),
    ];
    // The last step takes long enough to let everything from then on go wrong, deleting included.
    instance.fault_times(Endpoint::M2mTokens, Fault::Delay(Duration::from_secs(2)), 1);
    let tour = std::thread::spawn(move || {
        let variables = variables.each_ref().map(|(name, value)| (*name, value.as_str()));
        run(&variables, &["--live"])
    });
    while instance.requests_to(Endpoint::M2mTokens) == 0 {
        assert!(!tour.is_finished(), "it ended too early: {:?}", tour.join());
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    instance.fault(Endpoint::Any, Fault::Status(403));
    let output = tour.join().unwrap();
    instance.clear_faults();
    assert_eq!(output.status.code(), Some(1));
    let said = text(&output.stderr);
    let steps = steps(&output);
    for (step, kind) in [
        ("create_user", "user"),
        ("create_organization", "organization"),
        ("create_invitation", "invitation"),
        ("api_keys.create", "API key"),
        ("machines.create", "machine"),
    ] {
        let (_, came) = steps.iter().find(|(name, _)| name == step).unwrap();
        let id = came.split(',').next().unwrap();
        let line = format!("the {kind} {id} could not be deleted and is still there: ");
        assert!(said.contains(&line), "{line}\n{said}");
    }
    assert!(said.contains("backend has not come to its end"), "{said}");
    let [users, organizations, machines, invitations] = before;
    let all = [users + 1, organizations + 1, machines + 1, invitations + 1];
    assert_eq!(left(&instance).await, all);
}

#[test]
fn what_cannot_work_is_said_with_its_remedy() {
    for (variables, arguments, remedy) in [
        (&[][..], &["--live"][..], "CLERK_SECRET_KEY"),
        (&[], &["--wet"], "--live"),
        (
            &[
                ("CLERK_SECRET_KEY", "sk_test_planted"),
                ("CLERK_API_URL", "http://127.0.0.1:9"),
            ],
            &["--live"],
            "could not be reached",
        ),
    ] {
        let output = run(variables, arguments);
        assert_eq!(output.status.code(), Some(1));
        let said = text(&output.stderr);
        assert!(said.contains(remedy) && !said.contains("planted"), "{said}");
    }
}
