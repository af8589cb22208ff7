//! Rules about what goes together: accepted types of token, and what is asked of them.

use syn::Type;

use crate::args::Args;
use crate::contradiction;
use crate::injected::Injected;
use crate::parameter::Parameter;
use crate::report::Report;
use crate::shape;
use crate::slot::Slot;
use crate::token::{Accepts, TokenType};

/// Reports what could never be satisfied, and what is not there for every token that is accepted.
pub(crate) fn check(args: &Args, parameters: &[Parameter], report: &mut Report) {
    let accepts = args.accepts();
    contradiction::check(&args.requirements, &accepts, report);
    sign_in(args, &accepts, report);
    for parameter in parameters {
        if let Parameter::Injected(injected) = parameter
            && let Some(message) = refusal(injected, &accepts)
        {
            report.at(&injected.ty, message);
        }
    }
}

/// Only users sign in.
fn sign_in(args: &Args, accepts: &Accepts, report: &mut Report) {
    if let Some(word) = args
        .redirect_to_sign_in
        .as_ref()
        .filter(|_| !accepts.accepts(TokenType::Session))
    {
        report.at(
            word,
            "machines do not sign in: remove `redirect_to_sign_in`, or accept `\"session_token\"` too",
        );
    }
}

/// Why a parameter cannot be what it says.
fn refusal(injected: &Injected, accepts: &Accepts) -> Option<String> {
    let sessions = accepts.accepts(TokenType::Session);
    let machine = accepts.first_of(&TokenType::MACHINES);
    let (name, is_option) = written(&injected.ty);
    match injected.slot {
        Slot::UserId => user_id(&name, is_option, accepts),
        Slot::SessionId => match machine {
            Some(_) if !sessions => Some("a machine's token belongs to no session: take `machine: MachineAuth`".into()),
            Some(machine) if !is_option => Some(format!(
                "{} belongs to no session: write `Option<{name}>`",
                machine.described()
            )),
            _ => None,
        },
        Slot::Claims => machine.map(|machine| {
            let fix = if sessions {
                "take `auth: Auth`, whose `session_claims()` are there for a session"
            } else {
                "take `machine: MachineAuth`, whose `claims()` are its own"
            };
            format!("{} has no session claims: {fix}", machine.described())
        }),
        Slot::Auth if name == "SessionAuth" => machine.map(|machine| {
            let fix = if sessions { "`auth: Auth`" } else { "`machine: MachineAuth`" };
            format!("{} is no session: take {fix}", machine.described())
        }),
        Slot::Auth => None,
        Slot::OrgId if accepts.is_within(&[TokenType::M2m, TokenType::Oauth]) => Some(format!(
            "{} never belongs to an organization: remove the parameter",
            machine?.described()
        )),
        Slot::OrgId => None,
        Slot::Machine => match machine {
            None => Some(
                "only sessions are accepted here: add `token = \"api_key\"` or another type of token, or take \
                 `auth: SessionAuth`"
                    .into(),
            ),
            Some(_) if sessions && !is_option => {
                Some("a session is no machine: write `Option<MachineAuth>`".into())
            }
            Some(_) if !sessions && is_option => {
                Some("a machine is signed in whenever this handler runs: write `MachineAuth` without `Option`".into())
            }
            Some(_) => None,
        },
    }
}

fn user_id(name: &str, is_option: bool, accepts: &Accepts) -> Option<String> {
    if accepts.is_within(&[TokenType::M2m]) {
        return Some(
            "a machine-to-machine token has no user: take `machine: MachineAuth`, whose `machine_id()` tells which \
             machine it is"
                .into(),
        );
    }
    match accepts.first_of(&[TokenType::M2m, TokenType::ApiKey]) {
        Some(TokenType::M2m) if !is_option => Some(format!(
            "a machine-to-machine token has no user: write `Option<{name}>`"
        )),
        Some(_) if !is_option => Some(format!(
            "an API key may be an organization's, and then has no user: write `Option<{name}>`"
        )),
        None if is_option => Some(format!(
            "somebody is signed in whenever a protected handler runs: write `{name}` without `Option`"
        )),
        _ => None,
    }
}

/// The name of a type without `&` and `Option`, and whether it has the latter.
fn written(ty: &Type) -> (String, bool) {
    let mut owned = shape::bare(ty);
    if let Type::Reference(reference) = owned {
        owned = shape::bare(&reference.elem);
    }
    let inner = shape::argument(owned, "Option");
    let named = shape::last_segment(inner.unwrap_or(owned));
    let name = named.map_or_else(String::new, |segment| segment.ident.to_string());
    // Text is owned inside an `Option`.
    let name = if name == "str" { "String".to_owned() } else { name };
    (name, inner.is_some())
}
