-- One mail for one cause. Ids only: the address, links, ticket codes and texts are fetched when the
-- mail is sent and never kept.
CREATE TABLE mail (
  id              uuid PRIMARY KEY,
  template        text NOT NULL
                  CHECK (template IN ('email-verification', 'registration-confirmation', 'payment-too-late')),
  cause_id        uuid NOT NULL,
  account_id      uuid NOT NULL,
  organization_id uuid,
  registration_id uuid,
  amount_minor    bigint,
  currency        text CHECK (currency ~ '^[A-Z]{3}$'),
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
  CHECK ((amount_minor IS NULL) = (currency IS NULL)),
  CHECK ((status IN ('queued', 'sending')) = (due_at IS NOT NULL)),
  CHECK ((status IN ('sent', 'failed', 'dropped')) = (settled_at IS NOT NULL))
);
COMMENT ON COLUMN mail.cause_id IS 'what asked for the mail; with the template it is unique, so an event that comes twice makes one mail';
COMMENT ON COLUMN mail.due_at IS 'queued: when it is tried next; sending: when its worker counts as dead';
COMMENT ON COLUMN mail.hastened IS 'what it waits for came while a worker had it: it is due as soon as the worker lets go';
COMMENT ON COLUMN mail.attempts IS 'times it was claimed; also the fence: only the latest claim may settle it';
COMMENT ON COLUMN mail.reason IS 'why it waits, failed or was dropped: a code, never text of a mail server';

-- Updated a few times in its first second: room for that in each page.
ALTER TABLE mail SET (fillfactor = 80);

CREATE INDEX mail_due ON mail (due_at) WHERE status IN ('queued', 'sending');
CREATE INDEX mail_waiting_by_account ON mail (account_id) WHERE status IN ('queued', 'sending');
CREATE INDEX mail_by_organization ON mail (organization_id, queued_at DESC, id DESC)
  WHERE organization_id IS NOT NULL;
CREATE INDEX mail_by_registration ON mail (registration_id) WHERE registration_id IS NOT NULL;
CREATE INDEX mail_settled ON mail (settled_at) WHERE settled_at IS NOT NULL;

-- Who people are, as accounts told it last. An erased person's row stays as a mark, empty.
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
