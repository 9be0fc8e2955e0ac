-- An organization that is closed has no owner any more; its row stays for what others have of it.
ALTER TABLE organization
  ADD COLUMN closed_at timestamptz,
  ALTER COLUMN owner_account_id DROP NOT NULL;

ALTER TABLE organization
  DROP CONSTRAINT organization_owners_check,
  ADD CONSTRAINT organization_owners_check CHECK ((owners > 0) = (closed_at IS NULL) AND owners >= 0) NOT VALID,
  ADD CONSTRAINT organization_owner_check CHECK ((owner_account_id IS NULL) = (closed_at IS NOT NULL)) NOT VALID;

ALTER TABLE organization VALIDATE CONSTRAINT organization_owners_check;
ALTER TABLE organization VALIDATE CONSTRAINT organization_owner_check;
