-- Every attempt to prove who one is, not only to log in: what for, and by what.
ALTER TABLE login
  ADD COLUMN purpose text NOT NULL DEFAULT 'log-in'
    CHECK (purpose IN ('log-in', 'step-up', 'password-change', 'password-reset')),
  ADD COLUMN method text NOT NULL DEFAULT 'password' CHECK (method IN ('password', 'reset-link')),
  DROP CONSTRAINT login_outcome_check,
  DROP CONSTRAINT login_check,
  ADD CONSTRAINT login_outcome_check CHECK (outcome IN ('succeeded', 'unknown-email', 'wrong-password',
    'email-unverified', 'link-invalid', 'too-many-attempts', 'server-busy')),
  -- What opens or proves a session names it; what fails does neither.
  ADD CONSTRAINT login_session_check CHECK (
    CASE WHEN outcome = 'succeeded' AND purpose IN ('log-in', 'step-up') THEN session_id IS NOT NULL
         WHEN outcome <> 'succeeded' THEN session_id IS NULL
         ELSE true END);

ALTER TABLE login ALTER COLUMN purpose DROP DEFAULT, ALTER COLUMN method DROP DEFAULT;

-- When the person has last proved who they are, in the machine's time, as access tokens tell it.
ALTER TABLE session ADD COLUMN proved_at timestamptz;

-- The link of a mail about a forgotten password. A row exists while its link counts: an account has one at most,
-- and it goes when it is used, when another one is asked for, and when the password or the address is changed.
CREATE TABLE password_reset (
  id           uuid PRIMARY KEY,
  account_id   uuid NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE,
  token_sha256 bytea NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
  ip_address   text NOT NULL CHECK (length(ip_address) <= 64),
  device       text NOT NULL CHECK (length(device) <= 100),
  requested_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL
);

CREATE INDEX password_reset_expiry ON password_reset (expires_at);
