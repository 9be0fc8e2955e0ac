-- By what a browser is known that somebody has logged in with: the digest of a cookie that it keeps. Null: of the release
-- before, or no log-in.
ALTER TABLE login ADD COLUMN device_sha256 bytea;
ALTER TABLE login ADD CONSTRAINT login_device_sha256 CHECK (length(device_sha256) = 32) NOT VALID;
ALTER TABLE login VALIDATE CONSTRAINT login_device_sha256;
SELECT declare_columns('personal: no export, erase', 'login', 'device_sha256');
CREATE INDEX login_resets ON login (account_id, attempted_at)
  WHERE outcome = 'succeeded' AND purpose IN ('password-reset', 'email-revert');
