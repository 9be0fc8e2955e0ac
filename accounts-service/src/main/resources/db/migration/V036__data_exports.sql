-- What people have asked to get of all that is known about them. The archive is encrypted under a key that is not in the
-- database, and is removed when it expires.
CREATE TABLE data_export (
  id              uuid PRIMARY KEY,
  account_id      uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  status          text NOT NULL CHECK (status IN ('running', 'ready', 'failed', 'expired')),
  requested_at    timestamptz NOT NULL,
  next_attempt_at timestamptz NOT NULL,
  available_until timestamptz,
  archive         bytea,
  CHECK ((archive IS NOT NULL) = (status = 'ready')),
  CHECK (status <> 'ready' OR available_until IS NOT NULL)
);
COMMENT ON COLUMN data_export.next_attempt_at IS 'running: when it is tried next; system time';

-- One is made at a time for each account.
CREATE UNIQUE INDEX data_export_one ON data_export (account_id) WHERE status = 'running';
CREATE INDEX data_export_of_account ON data_export (account_id, requested_at);
CREATE INDEX data_export_running ON data_export (next_attempt_at) WHERE status = 'running';
CREATE INDEX data_export_stuck ON data_export (requested_at) WHERE status = 'running';
CREATE INDEX data_export_ready ON data_export (available_until) WHERE status = 'ready';

SELECT declare_columns('not personal', 'data_export', 'status');
SELECT declare_columns('personal: no export, erase', 'data_export', 'archive');
