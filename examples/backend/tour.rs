use std::time::{SystemTime, UNIX_EPOCH};

use clerk_runtime::client::resources::{
    CreateOrganizationInvitationParams, CreateOrganizationMembershipParams,
};
use clerk_runtime::client::{CallOptions, Client, Error};
use serde_json::json;

use crate::made::{Deleted, Made};

/// An instance may have many users, and this is only a tour.
const MOST_STREAMED: usize = 25;

/// Takes all steps, and deletes what they made whether or not they went well. What cannot be deleted is named, since nobody
/// else knows of it.
pub(crate) async fn take(client: &Client) -> Result<(), Error> {
    let mut made = Made::default();
    let outcome = steps(client, &mut made).await;
    let Deleted { count, left } = made.delete(client).await;
    for (kind, id, error) in &left {
        eprintln!("the {kind} {id} could not be deleted and is still there: {error}");
    }
    outcome?;
    if let Some((_, _, error)) = left.into_iter().next() {
        return Err(error);
    }
    step(
        "delete",
        &format!("{count} things that were made here, and nothing else"),
    );
    Ok(())
}

fn step(what: &str, came: &str) {
    println!("{what:<30}  {came}");
}

async fn steps(client: &Client, made: &mut Made) -> Result<(), Error> {
    users(client, made).await?;
    organizations(client, made).await?;
    invitations(client, made).await?;
    machine_tokens(client, made).await?;
    let Err(error) = client.users().get_user("user_0000000000000000000000000000").await else {
        return Ok(());
    };
    let status = error.status().map_or(0, |status| status.as_u16());
    let trace = error.trace_id().unwrap_or("none");
    step(
        "get_user of nobody",
        &format!("{status} {}, trace id {trace}", error.code()),
    );
    Ok(())
}

async fn users(client: &Client, made: &mut Made) -> Result<(), Error> {
    let users = client.users();
    // Clerk sends nothing to an address with this tag.
    let address = format!("tour-{}+clerk_test@example.com", stamp());
    let grace = users
        .create_user()
        .email_address([address])
        .first_name("Grace")
        .last_name("Hopper")
        .skip_password_requirement(true)
        .await?;
    made.user = Some(grace.id.clone());
    let address = grace
        .primary_email_address()
        .map(|address| address.email_address.as_str());
    step(
        "create_user",
        &format!("{}, {}", grace.id, address.unwrap_or("without address")),
    );

    let page = users.get_user_list().limit(2).order_by("-created_at").await?;
    let names: Vec<_> = page
        .iter()
        .map(|user| user.full_name().unwrap_or_default())
        .collect();
    let total = users.get_count().await?.total_count;
    step(
        "get_user_list, a page",
        &format!("{} of {total}: {}", page.len(), names.join(", ")),
    );

    let mut stream = users.get_user_list().limit(2).into_stream();
    let mut count = 0;
    while count < MOST_STREAMED
        && let Some(user) = stream.next().await
    {
        user?;
        count += 1;
    }
    step(
        "get_user_list, a stream",
        &format!("{count} users, fetched two at a time"),
    );

    users
        .update_user_metadata(&grace.id)
        .public_metadata(json!({ "plan": "pro", "seats": { "used": 1 } }))
        .await?;
    let patched = users
        .update_user_metadata(&grace.id)
        .public_metadata(json!({ "plan": null, "seats": { "paid": 5 } }))
        .await?;
    step(
        "update_user_metadata, twice",
        &json!(patched.public_metadata).to_string(),
    );
    Ok(())
}

async fn organizations(client: &Client, made: &mut Made) -> Result<(), Error> {
    let organizations = client.organizations();
    let organization = organizations
        .create_organization(&format!("Tour {}", stamp()))
        .await?;
    made.organization = Some(organization.id.clone());
    step(
        "create_organization",
        &format!("{}, {}", organization.id, organization.name),
    );

    let user_id = made.user.as_deref().unwrap_or_default();
    let params = CreateOrganizationMembershipParams {
        user_id,
        role: "org:admin",
    };
    let membership = organizations
        .create_organization_membership(&organization.id, params)
        .await?;
    step(
        "create_organization_membership",
        &format!("{}, {}", membership.id, membership.role),
    );
    Ok(())
}

async fn invitations(client: &Client, made: &mut Made) -> Result<(), Error> {
    let address = format!("guest-{}+clerk_test@example.com", stamp());
    let params = CreateOrganizationInvitationParams {
        email_address: &address,
        role: "org:member",
    };
    let organization = made.organization.as_deref().unwrap_or_default();
    let invitation = client
        .organizations()
        .create_organization_invitation(organization, params)
        .notify(false)
        .await?;
    let status = invitation.status.as_deref().unwrap_or("unknown");
    step(
        "create_organization_invitation",
        &format!("{}, {status}", invitation.id),
    );

    let invitation = client
        .invitations()
        .create_invitation(&address)
        .notify(false)
        .await?;
    made.invitation = Some(invitation.id.clone());
    step("create_invitation", &format!("{}, {address}", invitation.id));
    Ok(())
}

async fn machine_tokens(client: &Client, made: &mut Made) -> Result<(), Error> {
    let user = made.user.as_deref().unwrap_or_default();
    let keys = client.api_keys();
    let key = keys
        .create("tour", user)
        .scopes(["invoices:read"])
        .seconds_until_expiration(600)
        .await?;
    made.api_key = Some(key.id.clone());
    step(
        "api_keys.create",
        &format!("{}, secret {}", key.id, start_of(&key.secret)),
    );
    let verified = keys.verify(&key.secret).await?;
    let is_good = verified.revoked == Some(false) && verified.expired == Some(false);
    step(
        "api_keys.verify",
        &format!("good: {is_good}, may {}", verified.scopes.join(" ")),
    );

    let machine = client.machines().create(&format!("tour {}", stamp())).await?;
    made.machine = Some(machine.id.clone());
    step(
        "machines.create",
        &format!("{}, secret key {}", machine.id, start_of(&machine.secret_key)),
    );
    // Tokens of a machine are made with its own key, not with the instance's.
    let as_machine = CallOptions::new().machine_secret_key(machine.secret_key);
    let token = client
        .m2m()
        .create_token()
        .seconds_until_expiration(60)
        .claims(json!({ "region": "eu" }))
        .with(as_machine.clone())
        .await?;
    step(
        "m2m.create_token",
        &format!("{}, token {}", token.id, start_of(&token.token)),
    );
    let verified = client.m2m().verify(&token.token).with(as_machine).await?;
    let is_good = verified.revoked == Some(false) && verified.expired == Some(false);
    step("m2m.verify", &format!("good: {is_good}, of {}", verified.subject));
    Ok(())
}

/// As much of a secret as may be shown.
fn start_of(secret: &str) -> String {
    format!("{}…", secret.chars().take(7).collect::<String>())
}

/// Keeps what two tours make apart.
fn stamp() -> u128 {
    SystemTime::now()
        .duration_since(UNIX_EPOCH)
        .map_or(0, |since| since.as_millis())
}
