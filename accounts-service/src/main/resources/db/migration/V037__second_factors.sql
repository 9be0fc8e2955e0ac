-- How many second factors an account has, such as a confirmed authenticator app. While there is any, the password
-- alone proves nothing of consequence. Changed with their rows, under the lock of this one.
ALTER TABLE account ADD COLUMN factors integer NOT NULL DEFAULT 0 CHECK (factors BETWEEN 0 AND 21);

-- When a second factor was last proved in the session, in the machine's time. Roles may ask for one.
ALTER TABLE session ADD COLUMN factor_proved_at timestamptz;

-- Whether its owners, admins and finance need a second factor.
ALTER TABLE organization ADD COLUMN factor_required boolean NOT NULL DEFAULT false;

-- Whether a role of the person asks for a second factor: each one on the platform, and those in organizations that
-- say so.
CREATE FUNCTION factor_is_required(person uuid, exempt_emails text[]) RETURNS boolean LANGUAGE sql STABLE AS $$
  SELECT EXISTS (SELECT FROM platform_role r
                   JOIN account a ON a.id = r.account_id
                  WHERE r.account_id = person AND a.email <> ALL (exempt_emails))
      OR EXISTS (SELECT FROM organization_member m
                   JOIN organization o ON o.id = m.organization_id
                  WHERE m.account_id = person AND m.role <> 'staff' AND o.factor_required)
$$;

-- An authenticator app. The secret is sealed under a key that is not in the database. last_step: the latest period of
-- 30 seconds of which a code was taken, so that none is taken twice.
CREATE TABLE totp (
  id            uuid PRIMARY KEY,
  account_id    uuid NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE,
  secret_sealed bytea NOT NULL CHECK (length(secret_sealed) <= 200),
  key_id        text NOT NULL CHECK (length(key_id) <= 64),
  made_at       timestamptz NOT NULL,
  confirmed_at  timestamptz,
  last_step     bigint,
  CHECK ((confirmed_at IS NULL) = (last_step IS NULL))
);

-- For the sweeps of those that nobody confirms, and of those under a former key.
CREATE INDEX totp_unconfirmed ON totp (made_at) WHERE confirmed_at IS NULL;
CREATE INDEX totp_key ON totp (key_id);

-- Codes for who has lost the factor. 80 random bits each, so a plain digest is enough. A used one is removed.
CREATE TABLE recovery_code (
  account_id  uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  code_sha256 bytea NOT NULL CHECK (length(code_sha256) = 32),
  made_at     timestamptz NOT NULL,
  PRIMARY KEY (account_id, code_sha256)
);

ALTER TABLE login
  DROP CONSTRAINT login_purpose_check,
  ADD CONSTRAINT login_purpose_check CHECK (purpose IN ('log-in', 'step-up', 'password-change', 'password-reset',
    'email-change', 'email-revert', 'factor-change')),
  DROP CONSTRAINT login_method_check,
  ADD CONSTRAINT login_method_check CHECK (method IN ('password', 'reset-link', 'email-link', 'totp',
    'recovery-code', 'passkey')),
  DROP CONSTRAINT login_outcome_check,
  ADD CONSTRAINT login_outcome_check CHECK (outcome IN ('succeeded', 'unknown-email', 'wrong-password',
    'email-unverified', 'link-invalid', 'totp-required', 'wrong-code', 'passkey-refused', 'too-many-attempts',
    'server-busy'));

SELECT declare_columns('personal: no export, erase', 'totp', 'secret_sealed');
SELECT declare_columns('not personal', 'totp', 'key_id');
SELECT declare_columns('personal: no export, erase', 'recovery_code', 'code_sha256');
