use std::fs::{File, TryLockError};
use std::sync::Arc;

use clerk_runtime::webhook::{Event, WebhookEvent, data};
use serde::Serialize;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePoolOptions, SqliteRow, SqliteSynchronous,
};
use sqlx::{Error, Row, SqliteConnection, SqlitePool};

/// The table of users, and what the application keeps beside it.
#[derive(Clone)]
pub(crate) struct Database {
    pool: SqlitePool,
    file: String,
    /// Locked as long as the table is in use. SQLite's own locks end with each transaction.
    _lock: Arc<File>,
}

/// Says who else may use the table meanwhile.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Use {
    /// Processes that are told of the same users.
    Shared,
    /// No account: the users are those of an instance in this process.
    Alone,
}

/// A user with what the application knows of them.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Visitor {
    user_id: String,
    first_name: Option<String>,
    email_address: Option<String>,
    visits: i64,
}

impl Database {
    /// Opens `webhooks.sqlite3` in the working directory, and makes it if there is none. A process that uses it alone takes
    /// `webhooks-2.sqlite3` and so on while another one has it.
    pub(crate) async fn open(access: Use) -> Result<Self, Box<dyn std::error::Error>> {
        let (file, lock) = lock(access)?;
        let options = SqliteConnectOptions::new()
            .filename(&file)
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            // What Clerk was told is here has to be here after a power cut too.
            .synchronous(SqliteSynchronous::Full);
        let pool = SqlitePoolOptions::new()
            .max_connections(4)
            .connect_with(options)
            .await?;
        sqlx::raw_sql(include_str!("schema.sql")).execute(&pool).await?;
        // Clerk gives a message up after a day or so.
        sqlx::query("DELETE FROM messages WHERE received_at < unixepoch('now', '-30 days')")
            .execute(&pool)
            .await?;
        Ok(Self {
            pool,
            file,
            _lock: Arc::new(lock),
        })
    }

    /// The name of the file.
    pub(crate) fn file(&self) -> &str {
        &self.file
    }

    /// Ends all connections, the last of which tidies the files up. Nothing is lost without it.
    pub(crate) async fn close(&self) {
        self.pool.close().await;
    }

    /// Forgets everything: another instance has other users.
    pub(crate) async fn clear(&self) -> Result<(), Error> {
        sqlx::raw_sql("DELETE FROM users; DELETE FROM messages; DELETE FROM visits")
            .execute(&self.pool)
            .await?;
        Ok(())
    }

    /// Brings the table up to date with an event, once.
    ///
    /// The message id and the change are one transaction: whatever ends the process, either both are there, or neither is
    /// and Clerk sends the message again.
    pub(crate) async fn apply(&self, event: &WebhookEvent) -> Result<(), Error> {
        // Takes the write lock at once; a transaction that turns out to need it later would fail if another one writes.
        let mut transaction = self.pool.begin_with("BEGIN IMMEDIATE").await?;
        let message = sqlx::query("INSERT INTO messages VALUES (?, unixepoch()) ON CONFLICT DO NOTHING")
            .bind(&event.message_id)
            .execute(&mut *transaction)
            .await?;
        if message.rows_affected() > 0 {
            match &event.event {
                Event::UserCreated(user) | Event::UserUpdated(user) => {
                    let updated_at = user.updated_at.or(event.timestamp).unwrap_or_default();
                    upsert(&mut transaction, user, updated_at).await?;
                }
                Event::UserDeleted(user) => delete(&mut transaction, &user.id).await?,
                _ => {}
            }
        }
        transaction.commit().await
    }

    /// Takes note of a visit, and says how many that makes.
    pub(crate) async fn visit(&self, user_id: &str) -> Result<i64, Error> {
        sqlx::query("INSERT INTO visits (user_id) VALUES (?)")
            .bind(user_id)
            .execute(&self.pool)
            .await?;
        let row = sqlx::query("SELECT count(*) FROM visits WHERE user_id = ?").bind(user_id);
        row.fetch_one(&self.pool).await?.try_get(0)
    }

    /// All users, with their visits.
    pub(crate) async fn visitors(&self) -> Result<Vec<Visitor>, Error> {
        let rows = sqlx::query(
            "SELECT users.id, first_name, email_address, count(visits.id) AS visits
             FROM users LEFT JOIN visits ON visits.user_id = users.id
             WHERE NOT is_deleted
             GROUP BY users.id
             ORDER BY email_address, users.id",
        );
        let visitor = |row: SqliteRow| {
            Ok(Visitor {
                user_id: row.try_get("id")?,
                first_name: row.try_get("first_name")?,
                email_address: row.try_get("email_address")?,
                visits: row.try_get("visits")?,
            })
        };
        rows.fetch_all(&self.pool)
            .await?
            .into_iter()
            .map(visitor)
            .collect()
    }
}

/// Locks the first file that no process uses, or the file that all share.
fn lock(access: Use) -> Result<(String, File), Box<dyn std::error::Error>> {
    for number in 1..=9 {
        let file = match number {
            1 => "webhooks.sqlite3".to_owned(),
            number => format!("webhooks-{number}.sqlite3"),
        };
        let lock = File::create(format!("{file}.lock"))?;
        let locked = match access {
            Use::Shared => lock.try_lock_shared(),
            Use::Alone => lock.try_lock(),
        };
        match locked {
            Ok(()) => return Ok((file, lock)),
            Err(TryLockError::Error(error)) => return Err(error.into()),
            Err(TryLockError::WouldBlock) if access == Use::Shared => break,
            Err(TryLockError::WouldBlock) => {}
        }
    }
    Err("another `webhooks` has its own users in webhooks.sqlite3: stop it, or start this one in another folder".into())
}

/// Makes a user or brings them up to date. An older state does not undo a newer one, and nothing undoes a deletion.
async fn upsert(connection: &mut SqliteConnection, user: &data::User, updated_at: i64) -> Result<(), Error> {
    let email_address = user.primary_email_address().map(|address| &address.email_address);
    sqlx::query(
        "INSERT INTO users (id, email_address, first_name, updated_at) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET
             email_address = excluded.email_address,
             first_name = excluded.first_name,
             updated_at = excluded.updated_at
         WHERE NOT is_deleted AND excluded.updated_at >= users.updated_at",
    )
    .bind(&user.id)
    .bind(email_address)
    .bind(&user.first_name)
    .bind(updated_at)
    .execute(connection)
    .await?;
    Ok(())
}

/// Deletes a user, also one who was never heard of, with all that belongs to them.
async fn delete(connection: &mut SqliteConnection, user_id: &str) -> Result<(), Error> {
    sqlx::query(
        "INSERT INTO users (id, updated_at, is_deleted) VALUES (?, 0, TRUE)
         ON CONFLICT (id) DO UPDATE SET email_address = NULL, first_name = NULL, is_deleted = TRUE",
    )
    .bind(user_id)
    .execute(&mut *connection)
    .await?;
    sqlx::query("DELETE FROM visits WHERE user_id = ?")
        .bind(user_id)
        .execute(connection)
        .await?;
    Ok(())
}
