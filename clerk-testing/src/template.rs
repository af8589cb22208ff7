//! JWT templates: claims with shortcodes that are filled in when a token is minted.

use serde_json::{Map, Value, json};

use crate::directory::Session;

/// What a template may refer to.
pub(crate) fn context(session: &Session, user: &Value, organization: Option<&Value>) -> Value {
    let mut subject = user.clone();
    let primary = user["email_addresses"].as_array().and_then(|all| {
        all.iter()
            .find(|address| address["id"] == user["primary_email_address_id"])
    });
    let names: Vec<_> = ["first_name", "last_name"]
        .iter()
        .filter_map(|name| user[*name].as_str())
        .collect();
    let full_name = (!names.is_empty()).then(|| names.join(" "));
    if let Value::Object(members) = &mut subject {
        // What stays on the server must not leave it in a token.
        members.remove("private_metadata");
        members.insert("full_name".into(), json!(full_name));
        members.insert(
            "primary_email_address".into(),
            json!(primary.map(|address| &address["email_address"])),
        );
        let verified = primary.is_some_and(|address| address["verification"]["status"] == "verified");
        members.insert("email_verified".into(), json!(verified));
    }
    let name = organization.map(|organization| &organization["name"]);
    let org = session
        .org
        .as_ref()
        .map(|org| json!({ "id": org.id, "slug": org.slug, "name": name, "role": session.role }));
    let actor = session.actor.as_ref().map(|sub| json!({ "sub": sub }));
    json!({ "user": subject, "org": org, "session": { "id": session.id, "actor": actor } })
}

/// Fills in the claims of a template. A template that is no object has no claims.
pub(crate) fn render(template: &Value, context: &Value) -> Map<String, Value> {
    match fill(template, context) {
        Value::Object(claims) => claims,
        _ => Map::new(),
    }
}

fn fill(value: &Value, context: &Value) -> Value {
    match value {
        Value::String(text) => fill_text(text, context),
        Value::Array(items) => items.iter().map(|item| fill(item, context)).collect(),
        Value::Object(members) => members
            .iter()
            .map(|(name, value)| (name.clone(), fill(value, context)))
            .collect(),
        Value::Null | Value::Bool(_) | Value::Number(_) => value.clone(),
    }
}

/// A text that is one shortcode becomes its value, whatever the type; within a text, shortcodes become text.
fn fill_text(text: &str, context: &Value) -> Value {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, code, after)) = next_shortcode(rest) {
        let value = resolve(code, context);
        if rest.len() == text.len() && before.is_empty() && after.is_empty() {
            return value;
        }
        filled.push_str(before);
        match value {
            Value::Null => {}
            Value::String(text) => filled.push_str(&text),
            other => filled.push_str(&other.to_string()),
        }
        rest = after;
    }
    filled.push_str(rest);
    Value::String(filled)
}

fn next_shortcode(text: &str) -> Option<(&str, &str, &str)> {
    let (before, rest) = text.split_once("{{")?;
    let (code, after) = rest.split_once("}}")?;
    Some((before, code, after))
}

/// The first of the alternatives, separated by `||`, that is not null: a path or a text in single quotes.
fn resolve(code: &str, context: &Value) -> Value {
    let mut values = code
        .split("||")
        .map(|alternative| alternative_value(alternative.trim(), context));
    values.find(|value| !value.is_null()).unwrap_or_default()
}

fn alternative_value(text: &str, context: &Value) -> Value {
    if let Some(literal) = text.strip_prefix('\'').and_then(|rest| rest.strip_suffix('\'')) {
        return Value::String(literal.to_owned());
    }
    text.split('.')
        .try_fold(context, |value, name| value.get(name))
        .cloned()
        .unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::directory::{ActiveOrganization, Directory};

    fn rendered(template: Value) -> Value {
        let mut directory = Directory::empty();
        let id = directory.user_called("ada");
        let mut user = directory.shown_user(&id).unwrap();
        user["id"] = json!("user_1");
        user["public_metadata"] = json!({ "plan": { "tier": 3 } });
        user["private_metadata"] = json!({ "stripe": "cus_1" });
        let mut session = Session::new("sess_1".into(), "user_1".into(), "ada".into());
        session.org = Some(ActiveOrganization {
            id: "org_1".into(),
            slug: "acme".into(),
        });
        let organization = json!({ "name": "Acme Inc." });
        Value::Object(render(&template, &context(&session, &user, Some(&organization))))
    }

    #[test]
    fn a_whole_shortcode_keeps_its_type() {
        let claims = rendered(json!({
            "sub2": "{{user.id}}", "mail": "{{ user.primary_email_address }}", "sure": "{{user.email_verified}}",
            "meta": "{{user.public_metadata}}", "tier": "{{user.public_metadata.plan.tier}}",
            "org": ["{{org.id}}", "{{org.slug}}", "{{org.role}}", "{{org.name}}"], "session": { "id": "{{session.id}}" },
        }));
        assert_eq!(
            claims,
            json!({
                "sub2": "user_1", "mail": "ada@example.com", "sure": true,
                "meta": { "plan": { "tier": 3 } }, "tier": 3,
                "org": ["org_1", "acme", "org:member", "Acme Inc."], "session": { "id": "sess_1" },
            })
        );
    }

    #[test]
    fn within_a_text_it_becomes_text() {
        let claims =
            rendered(json!({ "hi": "Hi {{user.first_name}}{{user.last_name}}, {{user.email_verified}}!" }));
        assert_eq!(claims["hi"], "Hi Ada, true!");
        assert_eq!(
            rendered(json!({ "pair": "{{user.id}}{{org.id}}" }))["pair"],
            "user_1org_1"
        );
        assert_eq!(
            rendered(json!({ "pair": "{{user.last_name}}{{user.email_verified}}" }))["pair"],
            "true"
        );
    }

    #[test]
    fn what_is_unknown_is_null_unless_there_is_an_alternative() {
        let claims = rendered(json!({
            "a": "{{user.nothing}}", "b": "{{}}", "c": "{{user.last_name || user.username}}",
            "d": "{{user.last_name || 'nobody'}}", "e": "{{user.private_metadata.stripe}}",
        }));
        assert_eq!(
            claims,
            json!({ "a": null, "b": null, "c": "ada", "d": "nobody", "e": null })
        );
    }

    #[test]
    fn everything_else_stays_as_it_is() {
        let plain = json!({ "role": "authenticated", "n": 1, "open": "{{user.id", "close": "}}", "list": [true, null] });
        assert_eq!(rendered(plain.clone()), plain);
        assert_eq!(rendered(json!("{{user.id}}")), json!({}));
    }
}
