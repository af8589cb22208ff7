use serde_json::{Value, json};

use super::Directory;
use super::organization_record::{ActiveOrganization, Membership, OrganizationRecord};
use super::session_record::Session;
use super::user_record::UserRecord;

impl Directory {
    /// Makes a user a member, or gives a member another role. Nothing happens if there is no such user or organization.
    ///
    /// Sessions stay as they are.
    pub(crate) fn join(
        &mut self,
        organization: &str,
        user_id: &str,
        role: &str,
        permissions: Option<Vec<String>>,
    ) {
        let now = self.now();
        if !self.users.contains_key(user_id) {
            return;
        }
        let made = self.next();
        let Some(record) = self.organizations.get_mut(organization) else {
            return;
        };
        let event = match record.members.get_mut(user_id) {
            Some(membership) if membership.role == role && membership.permissions == permissions => {
                membership.is_by_token = false;
                return;
            }
            Some(membership) => {
                role.clone_into(&mut membership.role);
                membership.permissions = permissions;
                membership.is_by_token = false;
                membership.updated_at = now;
                "organizationMembership.updated"
            }
            None => {
                let membership = Membership {
                    made,
                    id: self.ids.fresh("orgmem_"),
                    role: role.to_owned(),
                    is_by_token: false,
                    permissions,
                    public_metadata: json!({}),
                    private_metadata: json!({}),
                    created_at: now,
                    updated_at: now,
                };
                record.members.insert(user_id.to_owned(), membership);
                "organizationMembership.created"
            }
        };
        self.tell(event, organization, user_id);
    }

    /// The same for what only a token says. It makes the organization, too.
    pub(crate) fn join_by_token(
        &mut self,
        organization: &ActiveOrganization,
        session: &Session,
        permissions: Option<Vec<String>>,
    ) {
        self.keep_organization(organization);
        self.join(&organization.id, &session.user_id, &session.role, permissions);
        let record = self.organizations.get_mut(&organization.id);
        if let Some(membership) = record.and_then(|record| record.members.get_mut(&session.user_id)) {
            membership.is_by_token = true;
        }
    }

    /// Lets a session say what the user's membership is, unless there is none or only a token said so.
    pub(crate) fn activate_membership(&self, organization: &str, session: &mut Session) -> bool {
        let record = self.organizations.get(organization);
        let membership = record.and_then(|record| record.members.get(&session.user_id));
        membership.is_some_and(|membership| !membership.is_by_token) && self.activate(organization, session)
    }

    /// Changes the metadata of a membership.
    pub(crate) fn change_membership(
        &mut self,
        organization: &str,
        user_id: &str,
        change: impl FnOnce(&mut Membership),
    ) -> Option<Value> {
        let now = self.now();
        let membership = self
            .organizations
            .get_mut(organization)?
            .members
            .get_mut(user_id)?;
        change(membership);
        membership.updated_at = now;
        self.tell("organizationMembership.updated", organization, user_id)
    }

    /// Ends a membership and shows it a last time. `user` is who leaves, if the directory has already forgotten.
    pub(crate) fn leave(
        &mut self,
        organization: &str,
        user_id: &str,
        user: Option<&UserRecord>,
    ) -> Option<Value> {
        let record = self.organizations.get_mut(organization)?;
        let membership = record.members.remove(user_id)?;
        let shown = membership.shown(record, user.or_else(|| self.users.get(user_id))?);
        self.bring_up_to_date(organization);
        self.changes.changed("organizationMembership.deleted", &shown);
        Some(shown)
    }

    pub(crate) fn shown_membership(&self, organization: &str, user_id: &str) -> Option<Value> {
        let record = self.organizations.get(organization)?;
        let user = self.users.get(user_id)?;
        Some(record.members.get(user_id)?.shown(record, user))
    }

    /// All memberships that are wanted, the oldest first, by the ids of organization and user.
    pub(crate) fn shown_memberships(&self, is_wanted: impl Fn(&str, &str) -> bool) -> Vec<Value> {
        let mut found = Vec::new();
        for (id, record) in &self.organizations {
            for (user_id, membership) in &record.members {
                if let Some(user) = self.users.get(user_id).filter(|_| is_wanted(id, user_id)) {
                    found.push((membership.made, membership.shown(record, user)));
                }
            }
        }
        found.sort_unstable_by_key(|(made, _)| *made);
        found.into_iter().map(|(_, shown)| shown).collect()
    }

    /// The organizations that a user is a member of, by slug.
    pub(crate) fn organizations_of(&self, user_id: &str) -> Vec<ActiveOrganization> {
        let all = self.organizations.values();
        let mut own: Vec<_> = all
            .filter(|record| record.members.contains_key(user_id))
            .map(OrganizationRecord::active)
            .collect();
        own.sort_unstable_by(|one, other| one.slug.cmp(&other.slug));
        own
    }

    /// Makes an organization, by id or slug, the active one of a session; none for the empty text. `false` if there is no
    /// such session or membership.
    pub(crate) fn switch(&mut self, session_id: &str, target: &str) -> bool {
        let found = self.organization_id(target);
        let Some(record) = self.sessions.get_mut(session_id) else {
            return false;
        };
        if target.is_empty() {
            record.session.org = None;
            return true;
        }
        found
            .and_then(|id| self.organizations.get(&id))
            .is_some_and(|organization| organization.activate(&mut record.session))
    }

    /// What the session of a member says. `false`, and nothing happens, if the user is none.
    pub(crate) fn activate(&self, organization: &str, session: &mut Session) -> bool {
        let record = self.organizations.get(organization);
        record.is_some_and(|record| record.activate(session))
    }

    /// Sessions that have the organization active get what their users' memberships are now.
    pub(crate) fn bring_up_to_date(&mut self, organization: &str) {
        let Some(members) = self.organizations.get(organization) else {
            return;
        };
        let sessions = self.sessions.values_mut().map(|record| &mut record.session);
        let is_active =
            |session: &&mut Session| session.org.as_ref().is_some_and(|org| org.id == organization);
        for session in sessions.filter(is_active) {
            if !members.activate(session) {
                session.org = None;
            }
        }
    }

    fn tell(&self, event: &'static str, organization: &str, user_id: &str) -> Option<Value> {
        let shown = self.shown_membership(organization, user_id)?;
        self.changes.changed(event, &shown);
        Some(shown)
    }
}

impl OrganizationRecord {
    fn activate(&self, session: &mut Session) -> bool {
        let Some(membership) = self.members.get(&session.user_id) else {
            return false;
        };
        session.org = Some(self.active());
        session.role.clone_from(&membership.role);
        session.permissions = self.permissions(membership);
        true
    }
}
