-- The audit log of all services is one chain: each row's hash covers its content and the hash of the row before
-- it. It is an HMAC under a key that is not in the database, so that whoever holds the database cannot write the
-- chain anew; key_id says under which key.
CREATE TABLE audit_entry (
  seq              bigint PRIMARY KEY CHECK (seq > 0),
  entry_id         uuid NOT NULL UNIQUE,
  service          text NOT NULL,
  actor_account_id uuid,
  action           text NOT NULL,
  subject_type     text NOT NULL,
  subject_id       text NOT NULL,
  organization_id  uuid,
  occurred_at      timestamptz NOT NULL,
  ip_address       text,
  trace_id         text,
  details          jsonb NOT NULL,
  recorded_at      timestamptz NOT NULL,
  prev_hash        bytea NOT NULL CHECK (length(prev_hash) = 32),
  key_id           text NOT NULL CHECK (key_id ~ '^[0-9a-f]{16}$'),
  hash             bytea NOT NULL CHECK (length(hash) = 32)
);

CREATE INDEX audit_entry_time ON audit_entry (occurred_at DESC, entry_id DESC);
CREATE INDEX audit_entry_organization ON audit_entry (organization_id, occurred_at DESC, entry_id DESC)
  WHERE organization_id IS NOT NULL;

-- Rows are only added: the runtime role may not change them, and a trigger refuses even the owner.
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM ${runtimeRole};

CREATE FUNCTION refuse_audit_change() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'the audit log is append-only';
END
$$;

CREATE TRIGGER audit_entry_append_only BEFORE UPDATE OR DELETE ON audit_entry
  FOR EACH ROW EXECUTE FUNCTION refuse_audit_change();
CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change();
