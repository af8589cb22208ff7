use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::{Value, json};

use super::Directory;
use super::organization_record::{ActiveOrganization, OrganizationRecord, capitalized, new_organization};

impl Directory {
    /// The organization with this slug or id. One that there is not yet has its id already.
    pub(crate) fn organization_called(&self, name: &str) -> ActiveOrganization {
        if let Some(id) = self.organization_id(name)
            && let Some(record) = self.organizations.get(&id)
        {
            return record.active();
        }
        let mut id = self.ids.named("org_", name);
        if self.organizations.contains_key(&id) {
            id = self.ids.fresh("org_");
        }
        ActiveOrganization {
            id,
            slug: name.to_owned(),
        }
    }

    /// The id of the organization with this id or slug.
    pub(crate) fn organization_id(&self, name: &str) -> Option<String> {
        if self.organizations.contains_key(name) {
            return Some(name.to_owned());
        }
        let mut all = self.organizations.iter();
        all.find(|(_, record)| record.object["slug"] == name)
            .map(|(id, _)| id.clone())
    }

    /// Makes an organization that a test named, unless there is one.
    pub(crate) fn keep_organization(&mut self, organization: &ActiveOrganization) {
        if !self.organizations.contains_key(&organization.id) {
            let mut object = new_organization(&organization.id, self.now());
            object["name"] = json!(capitalized(&organization.slug));
            object["slug"] = json!(organization.slug);
            self.add_organization(object);
        }
    }

    /// A new organization of which the Backend API shows this.
    pub(crate) fn add_organization(&mut self, object: Value) -> Value {
        let record = OrganizationRecord {
            made: self.next(),
            object: object.clone(),
            roles: HashMap::new(),
            members: HashMap::new(),
        };
        self.organizations.insert(record.text("id"), record);
        self.changes.changed("organization.created", &object);
        object
    }

    /// Changes an organization, which keeps its id. Sessions get to know another slug.
    pub(crate) fn change_organization(&mut self, id: &str, change: impl FnOnce(&mut Value)) -> Option<Value> {
        let former = self.organizations.get(id)?.object["updated_at"].as_i64();
        let updated_at = self.after(former.unwrap_or_default());
        let record = self.organizations.get_mut(id)?;
        record.object["updated_at"] = json!(updated_at);
        change(&mut record.object);
        record.object["id"] = json!(id);
        let object = record.object.clone();
        self.bring_up_to_date(id);
        self.changes.changed("organization.updated", &object);
        Some(object)
    }

    /// Deletes an organization with its memberships and invitations.
    pub(crate) fn delete_organization(&mut self, id: &str) -> Option<Value> {
        let members: Vec<_> = self.organizations.get(id)?.members.keys().cloned().collect();
        for user_id in members {
            self.leave(id, &user_id, None);
        }
        self.invitations.retain(|_, invitation| !invitation.is_of(id));
        let slug = self.organizations.remove(id)?.text("slug");
        let deleted = json!({ "object": "organization", "id": id, "slug": slug, "deleted": true });
        self.changes.changed("organization.deleted", &deleted);
        Some(deleted)
    }

    pub(crate) fn shown_organization(&self, id: &str) -> Option<Value> {
        Some(self.organizations.get(id)?.object.clone())
    }

    /// All organizations, the oldest first.
    pub(crate) fn shown_organizations(&self) -> Vec<Value> {
        let mut all: Vec<_> = self.organizations.values().collect();
        all.sort_unstable_by_key(|record| record.made);
        all.into_iter().map(|record| record.object.clone()).collect()
    }

    /// How many members and pending invitations an organization has.
    pub(crate) fn counts(&self, id: &str) -> (usize, usize) {
        let members = self
            .organizations
            .get(id)
            .map_or(0, |record| record.members.len());
        let now = self.now();
        let invitations = self.invitations.values();
        let pending = invitations.filter(|invitation| invitation.is_of(id) && invitation.is_pending(now));
        (members, pending.count())
    }

    pub(crate) fn set_role(
        &mut self,
        organization: &ActiveOrganization,
        role: &str,
        permissions: Vec<String>,
    ) {
        self.keep_organization(organization);
        if let Some(record) = self.organizations.get_mut(&organization.id) {
            record.roles.insert(role.to_owned(), permissions);
        }
        self.bring_up_to_date(&organization.id);
    }

    /// The roles of all organizations with what they may do anywhere. Clerk makes two for every instance.
    pub(crate) fn roles(&self) -> BTreeMap<String, BTreeSet<String>> {
        let always = ["org:admin", "org:member"].map(|role| (role.to_owned(), BTreeSet::new()));
        let mut roles = BTreeMap::from(always);
        for (role, permissions) in self.organizations.values().flat_map(|record| &record.roles) {
            let own: &mut BTreeSet<String> = roles.entry(role.clone()).or_default();
            own.extend(permissions.iter().cloned());
        }
        roles
    }
}
