-- Links of mails that changed a password or an address a short while ago: who repeats the request, because the answer was
-- lost, gets it again, and nothing happens twice.
CREATE TABLE followed_link (
  token_sha256 bytea PRIMARY KEY CHECK (length(token_sha256) = 32),
  -- What the link was for: one that was followed for something else is none.
  purpose      text NOT NULL CHECK (purpose IN ('password-reset', 'email-change', 'email-revert')),
  account_id   uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  followed_at  timestamptz NOT NULL
);

CREATE INDEX followed_link_account ON followed_link (account_id);
CREATE INDEX followed_link_time ON followed_link (followed_at);

SELECT declare_columns('not personal', 'followed_link', 'token_sha256', 'purpose');
