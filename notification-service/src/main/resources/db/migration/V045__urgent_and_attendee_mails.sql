-- Mails that people wait for, with links that run out, are claimed before all others, however many of those wait.
ALTER TABLE mail ADD COLUMN urgent boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN mail.urgent IS 'its kind is: it is claimed before those that are not';

CREATE INDEX mail_due_by_urgency ON mail (urgent DESC, due_at) WHERE status IN ('queued', 'sending');
DROP INDEX mail_due;

-- Mails to addresses that a buyer has typed: how many a day is bounded by address and by buyer. Rows go after that day.
CREATE TABLE attendee_mail (
  mail_id        uuid PRIMARY KEY,
  address_sha256 bytea NOT NULL CHECK (length(address_sha256) = 32),
  account_id     uuid NOT NULL,
  counted_at     timestamptz NOT NULL
);
SELECT declare_columns('not personal', 'attendee_mail', 'address_sha256');

CREATE INDEX attendee_mail_by_address ON attendee_mail (address_sha256, counted_at);
CREATE INDEX attendee_mail_by_account ON attendee_mail (account_id, counted_at);
CREATE INDEX attendee_mail_by_time ON attendee_mail (counted_at);
