use clerk_runtime::client::{Client, Error};

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
    /// Deletes all of it, the last made first. What cannot be deleted keeps nothing else from it; the first error is returned.
    pub(crate) async fn delete(self, client: &Client) -> Result<usize, Error> {
        let mut outcomes = Vec::new();
        if let Some(id) = &self.machine {
            outcomes.push(client.machines().delete(id).await.map(drop));
        }
        if let Some(id) = &self.api_key {
            outcomes.push(client.api_keys().delete(id).await.map(drop));
        }
        if let Some(id) = &self.invitation {
            outcomes.push(client.invitations().revoke_invitation(id).await.map(drop));
        }
        // Its memberships and invitations go with it.
        if let Some(id) = &self.organization {
            outcomes.push(client.organizations().delete_organization(id).await.map(drop));
        }
        if let Some(id) = &self.user {
            outcomes.push(client.users().delete_user(id).await.map(drop));
        }
        let count = outcomes.len();
        outcomes
            .into_iter()
            .collect::<Result<(), Error>>()
            .map(|()| count)
    }
}
