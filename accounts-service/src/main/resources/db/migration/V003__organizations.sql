CREATE TABLE organization (
  id         uuid PRIMARY KEY,
  name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  version    bigint NOT NULL CHECK (version > 0),
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL
);

CREATE TABLE organization_member (
  organization_id uuid NOT NULL REFERENCES organization (id) ON DELETE CASCADE,
  account_id      uuid NOT NULL REFERENCES account (id),
  role            text NOT NULL CHECK (role IN ('owner', 'admin', 'finance', 'staff')),
  joined_at       timestamptz NOT NULL,
  PRIMARY KEY (organization_id, account_id)
);

CREATE INDEX organization_member_account ON organization_member (account_id);
-- An organization is created with one owner and never has more.
CREATE UNIQUE INDEX organization_owner ON organization_member (organization_id) WHERE role = 'owner';
