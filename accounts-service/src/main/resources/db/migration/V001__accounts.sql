-- A person's account. The application normalizes the e-mail address; the check refuses any other.
-- contested: several people have signed up with the address before it was verified. The account holds the
-- name and password of a stranger as likely as the owner's, so no mail that is asked for later may carry them.
CREATE TABLE account (
  id                uuid PRIMARY KEY,
  email             text NOT NULL UNIQUE CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
  name              text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  locale            text CHECK (length(locale) <= 35),
  time_zone         text CHECK (length(time_zone) <= 64),
  password_hash     text NOT NULL,
  email_verified_at timestamptz,
  contested         boolean NOT NULL DEFAULT false,
  version           bigint NOT NULL CHECK (version > 0),
  created_at        timestamptz NOT NULL,
  changed_at        timestamptz NOT NULL
);

-- For the sweep of accounts that nobody verifies.
CREATE INDEX account_unverified ON account (changed_at) WHERE email_verified_at IS NULL;

-- A verification mail and its single-use token. It carries what the sign-up asked for, so that following its
-- link asks for the password of exactly that sign-up, and where it was asked for, which the mail tells.
CREATE TABLE verification_mail (
  id            uuid PRIMARY KEY,
  account_id    uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  token_sha256  bytea NOT NULL UNIQUE CHECK (length(token_sha256) = 32),
  name          text NOT NULL,
  locale        text,
  time_zone     text,
  password_hash text NOT NULL,
  ip_address    text NOT NULL CHECK (length(ip_address) <= 64),
  device        text NOT NULL CHECK (length(device) <= 100),
  requested_at  timestamptz NOT NULL,
  expires_at    timestamptz NOT NULL
);

CREATE INDEX verification_mail_account ON verification_mail (account_id);
CREATE INDEX verification_mail_expiry ON verification_mail (expires_at);

-- A link that was followed. Mail programs and people open links twice; the second time gets the first one's answer.
CREATE TABLE followed_verification_link (
  token_sha256 bytea PRIMARY KEY CHECK (length(token_sha256) = 32),
  account_id   uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  followed_at  timestamptz NOT NULL
);

CREATE INDEX followed_verification_link_account ON followed_verification_link (account_id);
CREATE INDEX followed_verification_link_time ON followed_verification_link (followed_at);

CREATE TABLE platform_role (
  account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  role       text NOT NULL CHECK (role IN ('platform-admin', 'platform-finance', 'platform-support')),
  granted_at timestamptz NOT NULL,
  PRIMARY KEY (account_id, role)
);

-- Exact limits: a row for each limit and subject counts the attempts of a window, which starts with the first.
-- Subjects are network and e-mail addresses; only their SHA-256 is stored.
CREATE TABLE request_limit (
  limit_name     text NOT NULL,
  subject_sha256 bytea NOT NULL CHECK (length(subject_sha256) = 32),
  used           integer NOT NULL CHECK (used >= 0),
  window_ends_at timestamptz NOT NULL,
  PRIMARY KEY (limit_name, subject_sha256)
);

CREATE INDEX request_limit_expiry ON request_limit (window_ends_at);
