-- An organization may have several owners, and always has one: who leaves takes one off, and the check is behind it.
-- owner_account_id is the one to whom its mails go, and by whom the trial of a plan is counted.
ALTER TABLE organization
  ADD COLUMN owners integer NOT NULL DEFAULT 1 CHECK (owners > 0),
  ADD COLUMN owner_account_id uuid REFERENCES account (id);

UPDATE organization o
   SET owner_account_id = m.account_id
  FROM organization_member m
 WHERE m.organization_id = o.id AND m.role = 'owner';

ALTER TABLE organization ALTER COLUMN owner_account_id SET NOT NULL;

DROP INDEX organization_owner;
CREATE INDEX organization_owner ON organization_member (organization_id, joined_at) WHERE role = 'owner';

ALTER TABLE organization_member ADD COLUMN version bigint NOT NULL DEFAULT 1 CHECK (version > 0);

-- Somebody is invited. The token is stored nowhere; a row that was taken back is removed, one that was accepted
-- stays until it would have expired, so that a second click gets the first one's answer.
CREATE TABLE invitation (
  id              uuid PRIMARY KEY,
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  email           text NOT NULL CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
  role            text NOT NULL CHECK (role IN ('owner', 'admin', 'finance', 'staff')),
  token_sha256    bytea NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
  invited_by      uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  invited_at      timestamptz NOT NULL,
  expires_at      timestamptz NOT NULL,
  accepted_at     timestamptz,
  accepted_by     uuid REFERENCES account (id) ON DELETE CASCADE,
  CHECK ((accepted_at IS NULL) = (accepted_by IS NULL))
);

CREATE UNIQUE INDEX invitation_open ON invitation (organization_id, email) WHERE accepted_at IS NULL;
CREATE INDEX invitation_expiry ON invitation (expires_at);
CREATE INDEX invitation_inviter ON invitation (invited_by);
CREATE INDEX invitation_accepter ON invitation (accepted_by) WHERE accepted_by IS NOT NULL;
