-- An operator's way for who has lost all second factors. It waits, so that whoever still has one calls it off by using it.
CREATE TABLE factor_removal (
  id            uuid PRIMARY KEY,
  account_id    uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  reason        text NOT NULL CHECK (length(reason) BETWEEN 1 AND 500),
  requested_by  uuid NOT NULL,
  requested_at  timestamptz NOT NULL,
  due_at        timestamptz NOT NULL CHECK (due_at > requested_at),
  called_off_at timestamptz,
  removed_at    timestamptz,
  CHECK (called_off_at IS NULL OR removed_at IS NULL)
);

-- One waits for each account.
CREATE UNIQUE INDEX factor_removal_waiting ON factor_removal (account_id)
  WHERE called_off_at IS NULL AND removed_at IS NULL;
CREATE INDEX factor_removal_due ON factor_removal (due_at) WHERE called_off_at IS NULL AND removed_at IS NULL;
CREATE INDEX factor_removal_account ON factor_removal (account_id, requested_at);

SELECT declare_columns('personal: export, erase', 'factor_removal', 'reason');
