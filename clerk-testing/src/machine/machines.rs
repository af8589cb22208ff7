use std::collections::HashMap;

use serde_json::{Value, json};

/// How long tokens of a machine live unless somebody says otherwise, in seconds.
pub(crate) const TOKEN_TTL: i64 = 3600;

/// A machine as the Backend API knows it. Times are in milliseconds of Unix time.
pub(crate) struct MachineRecord {
    made: u64,
    id: String,
    pub(crate) name: String,
    secret_key: String,
    /// Keys that were replaced, and until when they are good.
    former_keys: Vec<(String, i64)>,
    /// The ids of the machines that it may talk to.
    pub(crate) scopes: Vec<String>,
    /// In seconds.
    pub(crate) default_token_ttl: i64,
    created_at: i64,
    updated_at: i64,
}

impl MachineRecord {
    pub(crate) fn secret_key(&self) -> &str {
        &self.secret_key
    }

    fn has_key(&self, key: &str, now: i64) -> bool {
        let mut former = self.former_keys.iter();
        self.secret_key == key || former.any(|(former, until)| former == key && now < *until)
    }

    /// Without the machines that it may talk to.
    fn alone(&self, instance_id: &str) -> Value {
        json!({
            "object": "machine",
            "id": self.id,
            "name": self.name,
            "instance_id": instance_id,
            "default_token_ttl": self.default_token_ttl,
            "created_at": self.created_at,
            "updated_at": self.updated_at,
        })
    }
}

/// All machines by id.
#[derive(Default)]
pub(crate) struct Machines {
    all: HashMap<String, MachineRecord>,
    made: u64,
}

impl Machines {
    pub(crate) fn add(&mut self, id: String, name: String, secret_key: String, now: i64) {
        self.made += 1;
        let record = MachineRecord {
            made: self.made,
            id: id.clone(),
            name,
            secret_key,
            former_keys: Vec::new(),
            scopes: Vec::new(),
            default_token_ttl: TOKEN_TTL,
            created_at: now,
            updated_at: now,
        };
        self.all.insert(id, record);
    }

    pub(crate) fn get(&self, id: &str) -> Option<&MachineRecord> {
        self.all.get(id)
    }

    pub(crate) fn change(&mut self, id: &str, now: i64, change: impl FnOnce(&mut MachineRecord)) {
        if let Some(record) = self.all.get_mut(id) {
            change(record);
            record.updated_at = now;
        }
    }

    /// Gives a machine another key. The one that it had is good for so many seconds more.
    pub(crate) fn rotate_key(&mut self, id: &str, key: String, former_seconds: i64, now: i64) {
        self.change(id, now, |record| {
            let former = std::mem::replace(&mut record.secret_key, key);
            let until = now.saturating_add(former_seconds.saturating_mul(1000));
            record.former_keys.push((former, until));
        });
    }

    /// Deletes a machine, which nobody can talk to any more.
    pub(crate) fn remove(&mut self, id: &str) -> bool {
        let was_there = self.all.remove(id).is_some();
        for record in self.all.values_mut() {
            record.scopes.retain(|scope| scope != id);
        }
        was_there
    }

    /// The id of the machine that has this key.
    pub(crate) fn with_key(&self, key: &str, now: i64) -> Option<&str> {
        let mut all = self.all.values();
        all.find(|record| record.has_key(key, now))
            .map(|record| record.id.as_str())
    }

    pub(crate) fn shown(&self, id: &str, instance_id: &str) -> Option<Value> {
        let record = self.all.get(id)?;
        let scoped = record.scopes.iter().filter_map(|id| self.all.get(id));
        let mut shown = record.alone(instance_id);
        shown["scoped_machines"] = scoped.map(|other| other.alone(instance_id)).collect();
        Some(shown)
    }

    /// All machines, the oldest first.
    pub(crate) fn all_shown(&self, instance_id: &str) -> Vec<Value> {
        let mut all: Vec<_> = self.all.values().collect();
        all.sort_unstable_by_key(|record| record.made);
        all.into_iter()
            .filter_map(|record| self.shown(&record.id, instance_id))
            .collect()
    }

    pub(super) fn called(&self, name: &str) -> Option<&str> {
        let mut all = self.all.values();
        all.find(|record| record.id == name || record.name == name)
            .map(|record| record.id.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replaced_keys_are_good_for_a_while() {
        let mut machines = Machines::default();
        machines.add("mch_1".into(), "worker".into(), "ak_1".into(), 0);
        machines.rotate_key("mch_1", "ak_2".into(), 60, 1000);
        assert_eq!(machines.with_key("ak_1", 60_999), Some("mch_1"));
        assert_eq!(machines.with_key("ak_1", 61_000), None);
        assert_eq!(machines.with_key("ak_2", 61_000), Some("mch_1"));
        assert_eq!(machines.with_key("ak_3", 0), None);
    }

    #[test]
    fn a_machine_that_is_gone_is_in_no_scope() {
        let mut machines = Machines::default();
        machines.add("mch_1".into(), "worker".into(), "ak_1".into(), 0);
        machines.add("mch_2".into(), "api".into(), "ak_2".into(), 0);
        machines.change("mch_1", 5, |record| record.scopes.push("mch_2".into()));
        let scoped =
            |machines: &Machines| machines.shown("mch_1", "ins_1").unwrap()["scoped_machines"].clone();
        assert_eq!(scoped(&machines)[0]["name"], "api");
        assert!(machines.remove("mch_2") && !machines.remove("mch_2"));
        assert_eq!(scoped(&machines), json!([]));
    }
}
