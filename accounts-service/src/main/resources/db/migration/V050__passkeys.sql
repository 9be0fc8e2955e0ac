-- A passkey: a key pair of which the person's device holds the private part. sign_count is the device's counter: it
-- never goes back, unless the device keeps it at 0.
CREATE TABLE passkey (
  id              uuid PRIMARY KEY,
  account_id      uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  credential_id   bytea NOT NULL UNIQUE CHECK (length(credential_id) BETWEEN 1 AND 1023),
  public_key_cose bytea NOT NULL CHECK (length(public_key_cose) <= 2048),
  sign_count      bigint NOT NULL CHECK (sign_count >= 0),
  name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  made_at         timestamptz NOT NULL,
  last_used_at    timestamptz
);

CREATE INDEX passkey_account ON passkey (account_id, made_at);

-- A challenge that was answered, until it would have expired: it counts once. Those that were not answered are
-- stored nowhere.
CREATE TABLE used_challenge (
  challenge_sha256 bytea PRIMARY KEY CHECK (length(challenge_sha256) = 32),
  expires_at       timestamptz NOT NULL
);

CREATE INDEX used_challenge_expiry ON used_challenge (expires_at);

SELECT declare_columns('personal: export, erase', 'passkey', 'name');
SELECT declare_columns('personal: no export, erase', 'passkey', 'credential_id', 'public_key_cose');
SELECT declare_columns('not personal', 'used_challenge', 'challenge_sha256');
