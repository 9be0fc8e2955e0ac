-- Somebody has begun to connect an organization with Zoom, and has ten minutes to come back from there. The state
-- itself is stored nowhere; neither is the secret of the code's exchange (PKCE), which is made from the id.
CREATE TABLE zoom_authorization (
  id              uuid PRIMARY KEY,
  state_sha256    bytea NOT NULL UNIQUE CHECK (length(state_sha256) = 32),
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  session_id      uuid NOT NULL,
  return_url      text NOT NULL CHECK (length(return_url) <= 2000),
  expires_at      timestamptz NOT NULL,
  UNIQUE (organization_id, session_id)
);

CREATE INDEX zoom_authorization_expiry ON zoom_authorization (expires_at);

-- An organization's connection with Zoom. Its tokens are encrypted under a key of their own, and that key under the
-- one that key_id names; a connection that Zoom does not honour any more has none. One that has ended is removed.
CREATE TABLE zoom_connection (
  id                      uuid PRIMARY KEY,
  organization_id         uuid NOT NULL REFERENCES organization (id),
  status                  text NOT NULL CHECK (status IN ('connected', 'broken', 'disconnecting')),
  zoom_user_id            text NOT NULL CHECK (length(zoom_user_id) <= 200),
  connected_as            text NOT NULL CHECK (length(connected_as) <= 320),
  scopes                  text NOT NULL CHECK (length(scopes) <= 10000),
  connected_by            uuid NOT NULL,
  connected_at            timestamptz NOT NULL,
  status_since            timestamptz NOT NULL,
  key_id                  text CHECK (length(key_id) BETWEEN 1 AND 40),
  data_key_encrypted      bytea,
  tokens_encrypted        bytea,
  -- System time, as Zoom's.
  access_token_expires_at timestamptz,
  -- Business time: Zoom forgets a connection that is not used for months.
  refresh_due_at          timestamptz,
  refresh_failures        integer NOT NULL DEFAULT 0 CHECK (refresh_failures >= 0),
  -- System time: since when new tokens are wanted and none were saved.
  refreshing_since        timestamptz,
  -- System time: one refresh at a time, because Zoom takes each refresh token once.
  lease_id                uuid,
  leased_until            timestamptz,
  CHECK ((status = 'broken') = (tokens_encrypted IS NULL)),
  CHECK ((tokens_encrypted IS NULL) = (data_key_encrypted IS NULL)),
  CHECK ((tokens_encrypted IS NULL) = (key_id IS NULL)),
  CHECK ((tokens_encrypted IS NULL) = (access_token_expires_at IS NULL)),
  CHECK ((tokens_encrypted IS NULL) = (refresh_due_at IS NULL)),
  CHECK ((lease_id IS NULL) = (leased_until IS NULL))
);

CREATE UNIQUE INDEX zoom_connection_present ON zoom_connection (organization_id)
  WHERE status IN ('connected', 'broken');
CREATE INDEX zoom_connection_organization ON zoom_connection (organization_id);
CREATE INDEX zoom_connection_by ON zoom_connection (connected_by);
CREATE INDEX zoom_connection_refresh ON zoom_connection (refresh_due_at) WHERE status = 'connected';
CREATE INDEX zoom_connection_refreshing ON zoom_connection (refreshing_since) WHERE refreshing_since IS NOT NULL;
CREATE INDEX zoom_connection_disconnecting ON zoom_connection (status_since) WHERE status = 'disconnecting';
CREATE INDEX zoom_connection_key ON zoom_connection (key_id) WHERE key_id IS NOT NULL;

SELECT declare_columns('not personal', 'zoom_authorization', 'state_sha256', 'return_url');
SELECT declare_columns('not personal', 'zoom_connection', 'status', 'zoom_user_id', 'scopes', 'key_id', 'data_key_encrypted', 'tokens_encrypted');
SELECT declare_columns('personal: export, erase', 'zoom_connection', 'connected_as');
