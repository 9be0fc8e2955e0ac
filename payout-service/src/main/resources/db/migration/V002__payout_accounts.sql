-- The accounts at Stripe through which organizations are paid.
CREATE TABLE payout_account (
  id              uuid PRIMARY KEY,
  organization_id uuid NOT NULL,
  country         text NOT NULL CHECK (country ~ '^[A-Z]{2}$'),
  requested_at    timestamptz NOT NULL,
  status          text NOT NULL
                  CHECK (status IN ('requested', 'onboarding', 'restricted', 'ready', 'disconnected')),
  stripe_id       text UNIQUE,
  standing        jsonb NOT NULL,
  changes_told    bigint NOT NULL DEFAULT 0,
  next_check_at   timestamptz NOT NULL,
  CHECK ((stripe_id IS NULL) = (status = 'requested'))
);
COMMENT ON COLUMN payout_account.requested_at IS 'system time: Stripe remembers its idempotency key for 24 hours';
COMMENT ON COLUMN payout_account.standing IS 'what Stripe has last reported: requirements, reason and currencies';
COMMENT ON COLUMN payout_account.changes_told IS 'how many changes Stripe has reported; after one that is reported while Stripe is being asked, it is asked again';

CREATE UNIQUE INDEX payout_account_of_organization ON payout_account (organization_id) WHERE status <> 'disconnected';
CREATE INDEX payout_account_to_check ON payout_account (next_check_at) WHERE status <> 'disconnected';
