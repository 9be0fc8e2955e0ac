-- An attempt whose proof was right, and whose purpose was refused, is recorded as well.
ALTER TABLE login
  DROP CONSTRAINT login_outcome_check,
  ADD CONSTRAINT login_outcome_check CHECK (outcome IN ('succeeded', 'unknown-email', 'wrong-password',
    'email-unverified', 'link-invalid', 'totp-required', 'wrong-code', 'passkey-refused', 'refused',
    'too-many-attempts', 'server-busy')) NOT VALID; -- it allows more than before, so no row is against it
