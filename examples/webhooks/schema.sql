-- Users as Clerk last told them. One who was deleted stays as an empty row, so that a message that comes late does not
-- bring them back.
CREATE TABLE IF NOT EXISTS users (
    id TEXT PRIMARY KEY,
    email_address TEXT,
    first_name TEXT,
    updated_at INTEGER NOT NULL,
    is_deleted INTEGER NOT NULL DEFAULT FALSE
) STRICT;

-- Messages that were dealt with.
CREATE TABLE IF NOT EXISTS messages (
    id TEXT PRIMARY KEY,
    received_at INTEGER NOT NULL
) STRICT;

-- The application's own data. Not a foreign key: a user may be here before the message about them.
CREATE TABLE IF NOT EXISTS visits (
    id INTEGER PRIMARY KEY,
    user_id TEXT NOT NULL
) STRICT;
CREATE INDEX IF NOT EXISTS visits_of_user ON visits (user_id);
