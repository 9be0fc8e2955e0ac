-- What organizations are paid. One is under way for each organization and currency.
CREATE TABLE payout (
  id               uuid PRIMARY KEY,
  organization_id  uuid NOT NULL,
  currency         text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  amount_minor     bigint NOT NULL CHECK (amount_minor > 0),
  requested_at     timestamptz NOT NULL,
  status           text NOT NULL
                   CHECK (status IN ('requested', 'reserved', 'transferred', 'in-transit', 'unconfirmed', 'paid', 'failed',
                                     'cancelled')),
  account_id       text,
  transfer_minor   bigint CHECK (transfer_minor BETWEEN 0 AND amount_minor),
  transfer_attempt integer NOT NULL,
  transfer_sent_at timestamptz,
  transfer_id      text UNIQUE,
  bank_attempt     integer NOT NULL,
  bank_sent_at     timestamptz,
  bank_payout_id   text UNIQUE,
  waits_for        text,
  arrives_on       timestamptz,
  failure_reason   text,
  paid_at          timestamptz,
  hold_reason      text,
  held_at          timestamptz,
  changes_told     bigint NOT NULL DEFAULT 0,
  next_check_at    timestamptz,
  CHECK ((account_id IS NULL) = (transfer_minor IS NULL)),
  CHECK ((failure_reason IS NOT NULL) = (status = 'failed')),
  CHECK ((hold_reason IS NULL) = (held_at IS NULL))
);
COMMENT ON COLUMN payout.transfer_minor IS 'less than the amount when the rest lies on the account from a payout that failed';
COMMENT ON COLUMN payout.bank_payout_id IS 'Stripe''s payout on the account of the organization';
COMMENT ON COLUMN payout.hold_reason IS 'why nothing of it is sent to Stripe until it is released; null when it is not held';
COMMENT ON COLUMN payout.next_check_at IS 'when Stripe is asked about its payout; null when there is nothing to ask';

CREATE UNIQUE INDEX payout_under_way ON payout (organization_id, currency)
  WHERE status IN ('requested', 'reserved', 'transferred', 'in-transit');
CREATE INDEX payout_of_organization ON payout (organization_id, requested_at DESC, id DESC);
CREATE INDEX payout_to_check ON payout (next_check_at) WHERE next_check_at IS NOT NULL;

REVOKE DELETE, TRUNCATE ON payout FROM ${runtimeRole};

-- What entries of payouts add to the account of an organization; the payouts themselves say what is available.
CREATE INDEX entry_of_payout ON entry (organization_id, currency) INCLUDE (amount_minor)
  WHERE payout_id IS NOT NULL AND account = 'organization';
