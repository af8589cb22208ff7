use std::collections::HashMap;

use serde_json::{Value, json};

/// How long tokens of a template live unless somebody says otherwise, in seconds.
pub(crate) const LIFETIME: i64 = 60;

/// A JWT template. Times of its own are in milliseconds of Unix time, those of its tokens in seconds.
#[derive(Debug, Clone)]
pub(crate) struct JwtTemplate {
    made: u64,
    pub(crate) id: String,
    pub(crate) name: String,
    pub(crate) claims: Value,
    pub(crate) lifetime: i64,
    /// How long before it was issued a token begins.
    pub(crate) allowed_clock_skew: i64,
    created_at: i64,
    updated_at: i64,
}

impl JwtTemplate {
    pub(crate) fn shown(&self) -> Value {
        json!({
            "object": "jwt_template",
            "id": self.id,
            "name": self.name,
            "claims": self.claims,
            "lifetime": self.lifetime,
            "allowed_clock_skew": self.allowed_clock_skew,
            "custom_signing_key": false,
            "signing_algorithm": "RS256",
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        })
    }
}

/// All templates by id.
#[derive(Default)]
pub(crate) struct JwtTemplates {
    all: HashMap<String, JwtTemplate>,
    made: u64,
}

impl JwtTemplates {
    pub(crate) fn add(&mut self, id: String, name: String, claims: Value, now: i64) -> &mut JwtTemplate {
        self.made += 1;
        let template = JwtTemplate {
            made: self.made,
            id: id.clone(),
            name,
            claims,
            lifetime: LIFETIME,
            allowed_clock_skew: 5,
            created_at: now,
            updated_at: now,
        };
        self.all.entry(id).insert_entry(template).into_mut()
    }

    pub(crate) fn change(
        &mut self,
        id: &str,
        now: i64,
        change: impl FnOnce(&mut JwtTemplate),
    ) -> Option<Value> {
        let template = self.all.get_mut(id)?;
        change(template);
        template.updated_at = now;
        Some(template.shown())
    }

    pub(crate) fn get(&self, id: &str) -> Option<&JwtTemplate> {
        self.all.get(id)
    }

    pub(crate) fn named(&self, name: &str) -> Option<&JwtTemplate> {
        self.all.values().find(|template| template.name == name)
    }

    pub(crate) fn remove(&mut self, id: &str) -> bool {
        self.all.remove(id).is_some()
    }

    /// All templates, the oldest first.
    pub(crate) fn all(&self) -> Vec<Value> {
        let mut all: Vec<_> = self.all.values().collect();
        all.sort_unstable_by_key(|template| template.made);
        all.into_iter().map(JwtTemplate::shown).collect()
    }
}
