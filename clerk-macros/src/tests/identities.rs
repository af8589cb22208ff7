use proc_macro2::{Ident, Span};

use crate::body::{BODY_NAMES, is_body_name};
use crate::identity::{Identity, words};

fn ident(name: &str) -> Ident {
    Ident::new(name, Span::call_site())
}

#[test]
fn names_have_words() {
    for (name, expected) in [
        ("user", vec!["user"]),
        ("_target_user", vec!["target", "user"]),
        ("tenantId", vec!["tenant", "id"]),
        ("OrgID", vec!["org", "id"]),
        ("HTMLBody", vec!["html", "body"]),
        ("USER", vec!["user"]),
        ("user2", vec!["user"]),
        ("utf8_body", vec!["utf", "body"]),
        ("__", vec![]),
        ("überUser", vec!["über", "user"]),
    ] {
        assert_eq!(words(&ident(name)), expected, "{name}");
    }
    assert_eq!(words(&Ident::new_raw("type", Span::call_site())), ["type"]);
}

#[test]
fn the_last_word_says_whose() {
    use Identity::*;
    for (name, expected) in [
        ("user", Some(User)),
        ("uid", Some(User)),
        ("userid", Some(User)),
        ("user_id", Some(User)),
        ("user_ids", Some(User)),
        ("userids", Some(User)),
        ("subject", Some(User)),
        ("target_user", Some(User)),
        ("user_uuid", Some(User)),
        ("usre", Some(User)),
        ("user_email", Some(Profile)),
        ("user_name", Some(Profile)),
        ("log_in", Some(Profile)),
        ("emial", Some(Profile)),
        ("org", Some(Organization)),
        ("orgs", Some(Organization)),
        ("tenantId", Some(Organization)),
        ("oragnisation", Some(Organization)),
        ("organziatoin", Some(Organization)),
        ("org_slug", Some(Slug)),
        ("org_role", Some(Role)),
        ("current_role", Some(Role)),
        ("role_id", Some(Role)),
        ("perms", Some(Permission)),
        ("sid", Some(Session)),
        ("session", Some(Session)),
        ("jwt", Some(Token)),
        ("apiKey", Some(ApiKey)),
        ("client_id", Some(Client)),
        ("scopes", Some(Scope)),
        ("machine_name", Some(Machine)),
        ("impersonator", Some(Actor)),
        ("raw_claims", Some(Claims)),
        ("authorization", Some(Auth)),
        ("id", Some(Id)),
        ("invoice_id", Some(Id)),
        ("greeting", None),
        ("version", None),
        ("number", None),
        ("sum", None),
        ("orb", None),
        ("b", None),
        ("__", None),
    ] {
        assert_eq!(Identity::of_name(&ident(name)), expected, "{name}");
    }
}

#[test]
fn no_name_of_a_body_is_near_to_who_calls() {
    for name in BODY_NAMES {
        for name in [name.to_owned(), format!("{name}s"), format!("{name}_{name}")] {
            assert_eq!(Identity::of_name(&ident(&name)), None, "{name}");
        }
        assert!(is_body_name(&ident(name)), "{name}");
    }
}
