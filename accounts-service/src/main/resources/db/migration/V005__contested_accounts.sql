-- Whether somebody signed up with the address while it was unverified and signed up already. The account then holds
-- a stranger's proposal as likely as the owner's, so no mail that is asked for later may carry it.
ALTER TABLE account ADD COLUMN contested boolean NOT NULL DEFAULT false;

-- Until it is verified, an account changes by another sign-up and by nothing else.
UPDATE account SET contested = true WHERE email_verified_at IS NULL AND version > 1;
