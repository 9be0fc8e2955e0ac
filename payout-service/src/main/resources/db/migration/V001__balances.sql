-- What billing posted on an organization's ledger accounts; only added, never changed.
CREATE TABLE entry (
  id              uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  account         text NOT NULL CHECK (account IN ('organization', 'held', 'in-payout')),
  journal_id      uuid NOT NULL,
  journal_kind    text NOT NULL,
  amount_minor    bigint NOT NULL,
  currency        text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  event_id        uuid,
  registration_id uuid,
  payment_id      uuid,
  refund_id       uuid,
  dispute_id      uuid,
  payout_id       uuid,
  occurred_at     timestamptz NOT NULL
);
COMMENT ON COLUMN entry.amount_minor IS 'credit positive: what the organization has more';
COMMENT ON COLUMN entry.event_id IS 'the event whose end makes the money available; this and the other references are null when the entry is about none';

-- An organization reads its entries page by page, the newest first.
CREATE INDEX entry_of_organization ON entry (organization_id, currency, occurred_at DESC, id DESC);

REVOKE UPDATE, DELETE, TRUNCATE ON entry FROM ${runtimeRole};

-- The sums of entries. The event decides when money leaves pending, so it is part of the key; it is
-- null for entries that belong to no event, such as those of a payout.
CREATE TABLE balance (
  organization_id    uuid NOT NULL,
  currency           text NOT NULL,
  event_id           uuid,
  organization_minor bigint NOT NULL,
  held_minor         bigint NOT NULL,
  in_payout_minor    bigint NOT NULL,
  paid_out_minor     bigint NOT NULL,
  entry_count        bigint NOT NULL CHECK (entry_count > 0),
  UNIQUE NULLS NOT DISTINCT (organization_id, currency, event_id)
);
COMMENT ON COLUMN balance.paid_out_minor IS 'what left in_payout because its payout was paid';

-- Rows are updated often, and never in an indexed column: with room in each page PostgreSQL updates
-- them without touching the index (HOT).
ALTER TABLE balance SET (fillfactor = 70);

REVOKE DELETE, TRUNCATE ON balance FROM ${runtimeRole};

-- Events as registration-service told them last.
CREATE TABLE event (
  id              uuid PRIMARY KEY,
  version         bigint NOT NULL,
  organization_id uuid NOT NULL,
  title           text NOT NULL,
  latest_ends_at  timestamptz NOT NULL
);

-- Organizations as accounts-service told them last.
CREATE TABLE organization (
  id               uuid PRIMARY KEY,
  version          bigint NOT NULL,
  name             text NOT NULL,
  owner_account_id uuid NOT NULL
);
