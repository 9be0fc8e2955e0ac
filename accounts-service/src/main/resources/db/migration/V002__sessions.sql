CREATE TABLE session (
  id           uuid PRIMARY KEY,
  account_id   uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  token_sha256 bytea NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
  device       text NOT NULL CHECK (length(device) <= 100),
  ip_address   text CHECK (length(ip_address) <= 64),
  created_at   timestamptz NOT NULL,
  last_seen_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL,
  ended_at     timestamptz,
  end_cause    text CHECK (end_cause IN ('logged-out', 'revoked', 'expired')),
  CHECK ((ended_at IS NULL) = (end_cause IS NULL))
);

CREATE INDEX session_account ON session (account_id) WHERE ended_at IS NULL;
-- For the sweeps of sessions that have expired, and of those that ended long ago.
CREATE INDEX session_expiry ON session (expires_at) WHERE ended_at IS NULL;
CREATE INDEX session_idle ON session (last_seen_at) WHERE ended_at IS NULL;
CREATE INDEX session_ended ON session (ended_at) WHERE ended_at IS NOT NULL;

-- Every attempt to log in, recorded once. An attempt with an unknown e-mail address has no account; what was
-- typed is not stored, because it may be a password.
CREATE TABLE login (
  id           uuid PRIMARY KEY,
  account_id   uuid REFERENCES account (id) ON DELETE CASCADE,
  outcome      text NOT NULL CHECK (outcome IN ('succeeded', 'unknown-email', 'wrong-password',
                 'email-unverified', 'too-many-attempts', 'server-busy')),
  session_id   uuid,
  device       text NOT NULL CHECK (length(device) <= 100),
  ip_address   text CHECK (length(ip_address) <= 64),
  attempted_at timestamptz NOT NULL,
  CHECK ((outcome = 'succeeded') = (session_id IS NOT NULL)),
  CHECK (outcome <> 'succeeded' OR account_id IS NOT NULL)
);

CREATE INDEX login_account ON login (account_id, attempted_at DESC, id DESC);
CREATE INDEX login_expiry ON login (attempted_at);

-- The key that signs access tokens. Its private part is encrypted with a key that is not in the database.
CREATE TABLE signing_key (
  id                    text PRIMARY KEY,
  private_jwk_encrypted bytea NOT NULL,
  created_at            timestamptz NOT NULL
);
