-- One mail for one cause. It holds ids, amounts and dates: the address, links, ticket codes and texts
-- are fetched when the mail is sent and never stored.
CREATE TABLE mail (
  id              uuid PRIMARY KEY,
  template        text NOT NULL CHECK (template ~ '^[a-z]+(-[a-z]+)*$'),
  cause_id        uuid NOT NULL,
  account_id      uuid,
  organization_id uuid,
  registration_id uuid,
  subject         jsonb NOT NULL CHECK (jsonb_typeof(subject) = 'object'),
  status          text NOT NULL CHECK (status IN ('queued', 'sending', 'sent', 'failed', 'dropped')),
  attempts        integer NOT NULL DEFAULT 0 CHECK (attempts >= 0),
  queued_at       timestamptz NOT NULL,
  due_at          timestamptz,
  hastened        boolean NOT NULL DEFAULT false,
  expires_at      timestamptz,
  settled_at      timestamptz,
  reason          text CHECK (length(reason) <= 100),
  resent_from     uuid,
  UNIQUE (template, cause_id),
  CHECK (num_nonnulls(account_id, organization_id) >= 1),
  CHECK ((status IN ('queued', 'sending')) = (due_at IS NOT NULL)),
  CHECK ((status IN ('sent', 'failed', 'dropped')) = (settled_at IS NOT NULL))
);
COMMENT ON COLUMN mail.template IS 'the name of its kind: a class of the service, which may be of another release';
COMMENT ON COLUMN mail.cause_id IS 'what asked for the mail; unique together with the template, so an event that comes twice makes one mail';
COMMENT ON COLUMN mail.account_id IS 'who gets it; null: whoever owns the organization when it is sent';
COMMENT ON COLUMN mail.subject IS 'what the mail is about: a record of the class that its template names; organization_id and registration_id are copies of its fields, for lists';
COMMENT ON COLUMN mail.attempts IS 'how often it was claimed: the fencing token, only the latest claim may settle it';
COMMENT ON COLUMN mail.due_at IS 'queued: when it is tried next; sending: when its lease ends and another worker may claim it; system time';
COMMENT ON COLUMN mail.hastened IS 'what it waits for came while a worker had it: it is due as soon as the worker lets go of it';
COMMENT ON COLUMN mail.reason IS 'why it waits, failed or was dropped: a code, never text of a mail server';

-- A mail is updated a few times in its first second: this leaves room for that in each page.
ALTER TABLE mail SET (fillfactor = 80);

CREATE INDEX mail_due ON mail (due_at) WHERE status IN ('queued', 'sending');
CREATE INDEX mail_waiting_by_account ON mail (account_id) WHERE status IN ('queued', 'sending');
CREATE INDEX mail_by_organization ON mail (organization_id, queued_at DESC, id DESC)
  WHERE organization_id IS NOT NULL;
CREATE INDEX mail_by_registration ON mail (registration_id) WHERE registration_id IS NOT NULL;
CREATE INDEX mail_resent ON mail (resent_from) WHERE resent_from IS NOT NULL;
CREATE INDEX mail_settled ON mail (settled_at) WHERE settled_at IS NOT NULL;

-- People as accounts-service told them last. An erased person's row stays, empty, so that a late
-- message does not bring the person back.
CREATE TABLE profile (
  account_id uuid PRIMARY KEY,
  version    bigint NOT NULL,
  email      text,
  name       text,
  locale     text,
  time_zone  text,
  erased     boolean NOT NULL DEFAULT false,
  CHECK (CASE WHEN erased THEN num_nonnulls(email, name, locale, time_zone) = 0
              ELSE email IS NOT NULL AND name IS NOT NULL END)
);

-- Organizations as accounts-service told them last.
CREATE TABLE organization (
  id               uuid PRIMARY KEY,
  version          bigint NOT NULL,
  name             text NOT NULL,
  owner_account_id uuid NOT NULL
);
