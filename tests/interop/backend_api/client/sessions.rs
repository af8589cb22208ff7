use clerk_client::Client;
use clerk_client::resources::SessionStatus;

use super::{Answer, read};
use crate::backend_api::Memory;

pub(super) async fn call(client: &Client, label: &str, memory: &Memory) -> Answer {
    let sessions = client.sessions();
    let of = |reference: &str| memory.fill_text(reference);
    match label {
        "session" | "session_banned" => read(sessions.create_session(&of("$user.id")).await),
        "session_nobody" => read(sessions.create_session("user_0").await),
        "session_got" => read(sessions.get_session(&of("$session.id")).await),
        "sessions" => {
            let list = sessions.get_session_list().user_id(of("$user.id"));
            read(list.status(SessionStatus::Active).await)
        }
        "sessions_of_nobody" => read(sessions.get_session_list().await),
        "token" => read(sessions.get_token(&of("$local.session")).await),
        "token_long" => {
            let token = sessions.get_token_from_template(&of("$local.session"), "supabase");
            read(token.expires_in_seconds(600).await)
        }
        "token_unknown" => read(
            sessions
                .get_token_from_template(&of("$local.session"), "unknown")
                .await,
        ),
        "template_token" => read(
            sessions
                .get_token_from_template(&of("$local.session"), "hasura")
                .await,
        ),
        "session_revoked" => read(sessions.revoke_session(&of("$session.id")).await),
        other => panic!("{other} is no step"),
    }
}
