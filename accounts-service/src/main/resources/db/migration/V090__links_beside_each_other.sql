-- Whoever asks for a link for an address that is not theirs must not end the one that its owner has just asked for. So an
-- account may have several, as many as the limits of asking allow, and all go when one is used. An instance of the release
-- before names the constraint, and cannot make links beside one of this release.
ALTER TABLE password_reset DROP CONSTRAINT password_reset_account_id_key;

CREATE INDEX password_reset_account ON password_reset (account_id);
