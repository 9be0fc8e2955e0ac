-- What billing posted on an organization's ledger accounts; only added, never changed.
CREATE TABLE entry (
  id              uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  event_id        uuid,
  account         text NOT NULL CHECK (account IN ('organization', 'held', 'in-payout')),
  journal_id      uuid NOT NULL,
  journal_kind    text NOT NULL,
  payment_id      uuid NOT NULL,
  amount_minor    bigint NOT NULL,
  currency        text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  occurred_at     timestamptz NOT NULL
);
COMMENT ON COLUMN entry.amount_minor IS 'credit positive: what the organization has more';

CREATE INDEX entry_by_organization ON entry (organization_id, currency, event_id);

REVOKE UPDATE, DELETE, TRUNCATE ON entry FROM ${runtimeRole};

-- The entries' sums. The event decides when money leaves pending, so it is part of the key; it is
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

-- Updated in place all the time, never an indexed column: room for such updates in each page.
ALTER TABLE balance SET (fillfactor = 70);

REVOKE DELETE, TRUNCATE ON balance FROM ${runtimeRole};

-- The events as registration told them last.
CREATE TABLE event (
  id              uuid PRIMARY KEY,
  version         bigint NOT NULL,
  organization_id uuid NOT NULL,
  title           text NOT NULL,
  ends_at         timestamptz NOT NULL
);

-- The organizations as accounts told them last.
CREATE TABLE organization (
  id               uuid PRIMARY KEY,
  version          bigint NOT NULL,
  name             text NOT NULL,
  owner_account_id uuid NOT NULL
);
