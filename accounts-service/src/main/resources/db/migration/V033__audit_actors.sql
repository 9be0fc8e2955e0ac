-- Who did it may be an API key, and for whom; and what changed, as it was and as it is. The entries of before have
-- none of this, and their hashes do not cover it.
ALTER TABLE audit_entry
  ADD COLUMN actor_kind   text CHECK (actor_kind IN ('account', 'api-key', 'system')),
  ADD COLUMN on_behalf_of uuid,
  ADD COLUMN before       jsonb,
  ADD COLUMN after        jsonb;

-- For the filters of the log.
CREATE INDEX audit_entry_subject ON audit_entry (subject_type, subject_id, occurred_at DESC, entry_id DESC);
CREATE INDEX audit_entry_actor ON audit_entry (actor_account_id, occurred_at DESC, entry_id DESC)
  WHERE actor_account_id IS NOT NULL;
CREATE INDEX audit_entry_action ON audit_entry (action, occurred_at DESC, entry_id DESC);
CREATE INDEX audit_entry_on_behalf_of ON audit_entry (on_behalf_of, occurred_at DESC, entry_id DESC)
  WHERE on_behalf_of IS NOT NULL;
