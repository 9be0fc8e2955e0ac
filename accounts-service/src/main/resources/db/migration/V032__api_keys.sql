-- A key with which a program acts for an organization. The key itself is stored nowhere. An ended one is kept for a
-- while, so that the organization sees that somebody still tries it.
CREATE TABLE api_key (
  id              uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  name            text NOT NULL CHECK (length(name) BETWEEN 1 AND 100),
  role            text NOT NULL CHECK (role IN ('owner', 'admin', 'finance', 'staff')),
  key_sha256      bytea NOT NULL UNIQUE CHECK (length(key_sha256) = 32),
  hint            text NOT NULL CHECK (length(hint) <= 20),
  made_by         uuid NOT NULL REFERENCES account (id),
  made_at         timestamptz NOT NULL,
  expires_at      timestamptz,
  last_used_at    timestamptz,
  last_used_from  text CHECK (length(last_used_from) <= 64),
  ended_at        timestamptz,
  end_cause       text CHECK (end_cause IN ('revoked', 'maker-lost-role', 'expired')),
  CHECK ((ended_at IS NULL) = (end_cause IS NULL))
);

CREATE INDEX api_key_organization ON api_key (organization_id, made_at);
CREATE INDEX api_key_maker ON api_key (made_by);
-- For the sweeps of keys that have expired, and of those that ended long ago.
CREATE INDEX api_key_expiry ON api_key (expires_at) WHERE ended_at IS NULL;
CREATE INDEX api_key_ended ON api_key (ended_at) WHERE ended_at IS NOT NULL;
