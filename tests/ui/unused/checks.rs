#![deny(unused_must_use)]

use clerk_runtime::{Auth, Clerk, ClerkLayer, MachineAuth, Requirement, SessionAuth, get_auth};

async fn look(
    clerk: Clerk,
    auth: Auth,
    session: SessionAuth,
    machine: MachineAuth,
    parts: axum::http::request::Parts,
) -> Result<(), Box<dyn std::error::Error>> {
    auth.has(Requirement::role("org:admin"));
    auth.authorize(Requirement::role("org:admin"));
    auth.is_authenticated();
    session.has(Requirement::role("org:admin"));
    session.authorize(Requirement::role("org:admin"));
    machine.has_scope("read");
    clerk.is_cross_site(&parts);
    clerk.authenticate(&parts).await?;
    get_auth(&parts)?;
    ClerkLayer::new(clerk);
    Ok(())
}

fn main() {}
