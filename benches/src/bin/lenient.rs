//! How many answers each client can read: Clerk's own samples, random bodies that fit Clerk's schemas, and the same with what
//! a newer or an older instance may answer: optional members missing, unknown values of enums, null for a list.

#[path = "../../../tests/backend_api/bodies.rs"]
mod bodies;
#[path = "../../../tests/backend_api/random.rs"]
mod random;

use std::error::Error;

use clerk_client::resources as ours;
use clerk_rs::models as theirs;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use bodies::{Bodies, Spoiled};
use random::Random;

const SCHEMAS: &str = include_str!("../../../xtask/api/schemas.json");
/// Bodies of each schema.
const BODIES: u64 = 50;

type Reads = fn(&str) -> bool;

fn reads<T: DeserializeOwned>(text: &str) -> bool {
    serde_json::from_str::<T>(text).is_ok()
}

/// A schema, and whether each of both clients can read it.
fn models() -> Vec<(&'static str, Reads, Reads)> {
    macro_rules! models {
        ($($schema:literal $ours:ident $theirs:ident),* $(,)?) => {
            vec![$(($schema, reads::<ours::$ours>, reads::<theirs::$theirs>)),*]
        };
    }
    models![
        "User" User User,
        "Session" Session Session,
        "Client" BrowserClient Client,
        "Token" Token Token,
        "Organization" Organization Organization,
        "OrganizationMembership" OrganizationMembership OrganizationMembership,
        "OrganizationInvitation" OrganizationInvitation OrganizationInvitation,
        "OrganizationDomain" OrganizationDomain OrganizationDomain,
        "OrganizationSettings" OrganizationSettings OrganizationSettings,
        "Invitation" Invitation Invitation,
        "EmailAddress" EmailAddress EmailAddress,
        "PhoneNumber" PhoneNumber PhoneNumber,
        "SignInToken" SignInToken SignInToken,
        "ActorToken" ActorToken ActorToken,
        "SignUp" SignUp SignUp,
        "Machine" Machine Machine,
        "DeletedObject" DeletedObject DeletedObject,
        "Template" Template Template,
        "Domain" Domain Domain,
        "AllowlistIdentifier" AllowlistIdentifier AllowlistIdentifier,
    ]
}

/// Samples, as far as both have a model for them.
const SAMPLES: [(&str, &str); 5] = [
    (
        "User",
        include_str!("../../../tests/backend_api/samples/User.json"),
    ),
    (
        "Session",
        include_str!("../../../tests/backend_api/samples/Session.json"),
    ),
    (
        "Organization",
        include_str!("../../../tests/backend_api/samples/Organization.json"),
    ),
    (
        "OrganizationMembership",
        include_str!("../../../tests/backend_api/samples/OrganizationMembership.json"),
    ),
    (
        "Token",
        include_str!("../../../tests/backend_api/samples/Token.json"),
    ),
];

fn main() -> Result<(), Box<dyn Error>> {
    let document: Value = serde_json::from_str(SCHEMAS)?;
    let schemas = document["schemas"].as_object().ok_or("no schemas")?;
    let models = models();
    println!("Answers of {} schemas that could be read", models.len());
    println!("{:<44} {:>14} {:>14}", "", "clerk-client", "clerk-rs 0.5");
    let samples: Vec<(usize, String)> = SAMPLES
        .iter()
        .filter_map(|(name, text)| {
            let at = models.iter().position(|(schema, ..)| schema == name)?;
            Some((at, (*text).to_owned()))
        })
        .collect();
    print("samples", &models, &samples);
    for (title, spoiled) in [
        ("random bodies that fit the schema", Spoiled::default()),
        (
            "without any optional member",
            Spoiled {
                without_optional: true,
                ..Spoiled::default()
            },
        ),
        (
            "with an unknown value in every enum",
            Spoiled {
                unknown_enums: true,
                ..Spoiled::default()
            },
        ),
        (
            "with null for every list",
            Spoiled {
                null_lists: true,
                ..Spoiled::default()
            },
        ),
        (
            "with members that are new",
            Spoiled {
                unknown_members: true,
                ..Spoiled::default()
            },
        ),
    ] {
        print(title, &models, &made(schemas, &models, spoiled));
    }
    Ok(())
}

fn made(
    schemas: &Map<String, Value>,
    models: &[(&str, Reads, Reads)],
    spoiled: Spoiled,
) -> Vec<(usize, String)> {
    let mut made = Vec::new();
    for (at, (schema, ..)) in models.iter().enumerate() {
        for seed in 0..BODIES {
            let random = Random::new(seed);
            let mut bodies = Bodies {
                schemas,
                random,
                spoiled,
            };
            made.push((at, bodies.schema(schema).to_string()));
        }
    }
    made
}

fn print(title: &str, models: &[(&str, Reads, Reads)], answers: &[(usize, String)]) {
    let read = |by: fn(&(&str, Reads, Reads)) -> Reads| {
        let read = answers.iter().filter(|(at, text)| by(&models[*at])(text));
        format!("{} of {}", read.count(), answers.len())
    };
    println!(
        "{title:<44} {:>14} {:>14}",
        read(|(_, ours, _)| *ours),
        read(|(_, _, theirs)| *theirs)
    );
}
