-- Each step that was sent to Stripe, kept before it is sent. One that Stripe has refused for now has no
-- object there and is followed by another with a key of its own.
CREATE TABLE payout_attempt (
  payout_id       uuid NOT NULL REFERENCES payout,
  step            text NOT NULL CHECK (step IN ('transfer', 'payout')),
  attempt         integer NOT NULL CHECK (attempt > 0),
  idempotency_key text NOT NULL UNIQUE,
  sent_at         timestamptz NOT NULL,
  stripe_id       text UNIQUE,
  PRIMARY KEY (payout_id, step, attempt)
);
COMMENT ON COLUMN payout_attempt.stripe_id IS 'Stripe''s transfer or payout; null until Stripe has answered, and when it has refused';

REVOKE DELETE, TRUNCATE ON payout_attempt FROM ${runtimeRole};
