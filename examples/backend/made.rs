use clerk_runtime::client::{Client, Error};

/// What came of deleting.
pub(crate) struct Deleted {
    pub(crate) count: usize,
    /// What is still there: kind, id and why.
    pub(crate) left: Vec<(&'static str, String, Error)>,
}

/// What the tour made and has not deleted, by id.
#[derive(Default)]
pub(crate) struct Made {
    pub(crate) user: Option<String>,
    pub(crate) organization: Option<String>,
    pub(crate) invitation: Option<String>,
    pub(crate) api_key: Option<String>,
    pub(crate) machine: Option<String>,
}

impl Made {
    /// Deletes all of it, the last made first. What cannot be deleted keeps nothing else from it.
    pub(crate) async fn delete(self, client: &Client) -> Deleted {
        let mut outcomes = Vec::new();
        if let Some(id) = self.machine {
            let outcome = client.machines().delete(&id).await.map(drop);
            outcomes.push(("machine", id, outcome));
        }
        if let Some(id) = self.api_key {
            let outcome = client.api_keys().delete(&id).await.map(drop);
            outcomes.push(("API key", id, outcome));
        }
        if let Some(id) = self.invitation {
            let outcome = client.invitations().revoke_invitation(&id).await.map(drop);
            outcomes.push(("invitation", id, outcome));
        }
        // Its memberships and invitations go with it.
        if let Some(id) = self.organization {
            let outcome = client.organizations().delete_organization(&id).await.map(drop);
            outcomes.push(("organization", id, outcome));
        }
        if let Some(id) = self.user {
            let outcome = client.users().delete_user(&id).await.map(drop);
            outcomes.push(("user", id, outcome));
        }
        let mut deleted = Deleted {
            count: 0,
            left: Vec::new(),
        };
        for (kind, id, outcome) in outcomes {
            match outcome {
                Ok(()) => deleted.count += 1,
                Err(error) => deleted.left.push((kind, id, error)),
            }
        }
        deleted
    }
}
