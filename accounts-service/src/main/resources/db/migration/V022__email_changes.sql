-- An address that somebody wants for their account, until they follow the link that is sent there. An account has
-- one at most.
CREATE TABLE email_change (
  id           uuid PRIMARY KEY,
  account_id   uuid NOT NULL UNIQUE REFERENCES account (id) ON DELETE CASCADE,
  new_email    text NOT NULL CHECK (new_email = lower(new_email) AND length(new_email) BETWEEN 3 AND 254),
  token_sha256 bytea NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
  ip_address   text NOT NULL CHECK (length(ip_address) <= 64),
  device       text NOT NULL CHECK (length(device) <= 100),
  requested_at timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL
);

CREATE INDEX email_change_expiry ON email_change (expires_at);

-- The way back to an address that an account had, for whoever reads its mails.
CREATE TABLE email_revert (
  id           uuid PRIMARY KEY,
  account_id   uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  old_email    text NOT NULL CHECK (old_email = lower(old_email) AND length(old_email) BETWEEN 3 AND 254),
  token_sha256 bytea NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
  changed_at   timestamptz NOT NULL,
  expires_at   timestamptz NOT NULL
);

CREATE INDEX email_revert_account ON email_revert (account_id);
CREATE INDEX email_revert_expiry ON email_revert (expires_at);

ALTER TABLE login
  DROP CONSTRAINT login_purpose_check,
  ADD CONSTRAINT login_purpose_check CHECK (purpose IN ('log-in', 'step-up', 'password-change', 'password-reset',
    'email-change', 'email-revert')),
  DROP CONSTRAINT login_method_check,
  ADD CONSTRAINT login_method_check CHECK (method IN ('password', 'reset-link', 'email-link')),
  -- The neighbourhood of the address (/24, /48): with the device, what tells a device from others.
  ADD COLUMN area text CHECK (length(area) <= 64);

-- Whether a device was seen before.
CREATE INDEX login_known_device ON login (account_id, device, area)
  WHERE outcome = 'succeeded' AND purpose = 'log-in';
