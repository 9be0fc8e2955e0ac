-- An account has several links for a forgotten password, and an instance of the release before says ON CONFLICT (account_id)
-- when it makes one: while both run that needs the constraint which was dropped. So the account of a link is its owner_id
-- from now on, and account_id is what the release before reads: of one link of each account at most, the newest that it
-- has made itself. It goes once nothing reads it.
ALTER TABLE password_reset ADD COLUMN owner_id uuid REFERENCES account (id) ON DELETE CASCADE;
UPDATE password_reset SET owner_id = account_id;
ALTER TABLE password_reset ADD CONSTRAINT password_reset_owner CHECK (owner_id IS NOT NULL) NOT VALID;
ALTER TABLE password_reset VALIDATE CONSTRAINT password_reset_owner;
ALTER TABLE password_reset ALTER COLUMN account_id DROP NOT NULL;
UPDATE password_reset r SET account_id = NULL
 WHERE EXISTS (SELECT FROM password_reset n
                WHERE n.owner_id = r.owner_id AND (n.requested_at, n.id) > (r.requested_at, r.id));
ALTER TABLE password_reset ADD CONSTRAINT password_reset_account_id_key UNIQUE (account_id);
DROP INDEX password_reset_account;
CREATE INDEX password_reset_owner ON password_reset (owner_id);

CREATE FUNCTION adopt_link_of_former_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NEW.owner_id IS NULL THEN
    NEW.owner_id := NEW.account_id;
    -- The one before counts on, so that nobody ends a link that its owner has asked for.
    UPDATE password_reset SET account_id = NULL WHERE account_id = NEW.account_id AND id <> NEW.id;
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER adopt_link_of_former_release BEFORE INSERT ON password_reset
  FOR EACH ROW EXECUTE FUNCTION adopt_link_of_former_release();
