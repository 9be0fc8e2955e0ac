-- Money that payouts which were not paid have left on accounts of organizations, and how it is settled when such an
-- account cannot be used any more.
ALTER TABLE payout ADD COLUMN checks_failed integer NOT NULL DEFAULT 0;
COMMENT ON COLUMN payout.checks_failed IS 'how often Stripe has not answered since it did';
ALTER TABLE payout ADD COLUMN withheld_minor bigint NOT NULL DEFAULT 0 CHECK (withheld_minor >= 0);
COMMENT ON COLUMN payout.withheld_minor IS 'what was available and is not paid, because it lay on a former account';

CREATE INDEX payout_left_money ON payout (account_id)
  WHERE status IN ('failed', 'cancelled') AND transfer_id IS NOT NULL;
CREATE INDEX payout_unconfirmed ON payout (requested_at) WHERE status = 'unconfirmed';

-- The transfer of a payout is taken back from an account that is not connected any more. The row is there before Stripe
-- is asked.
CREATE TABLE transfer_reversal (
  payout_id       uuid PRIMARY KEY REFERENCES payout,
  amount_minor    bigint NOT NULL CHECK (amount_minor >= 0),
  requested_at    timestamptz NOT NULL,
  status          text NOT NULL CHECK (status IN ('sent', 'made', 'refused')),
  attempt         integer NOT NULL CHECK (attempt > 0),
  sent_at         timestamptz NOT NULL,
  stripe_id       text UNIQUE,
  refused_because text,
  next_try_at     timestamptz,
  CHECK ((status = 'made') = (stripe_id IS NOT NULL)),
  CHECK ((status = 'refused') = (refused_because IS NOT NULL)),
  CHECK ((status = 'sent') = (next_try_at IS NOT NULL))
);
COMMENT ON COLUMN transfer_reversal.refused_because IS 'Stripe''s code, or nothing-left when later payouts have used it';
COMMENT ON COLUMN transfer_reversal.attempt IS 'the number in its idempotency key';
COMMENT ON COLUMN transfer_reversal.sent_at IS 'system time: when this attempt was sent first';
COMMENT ON COLUMN transfer_reversal.next_try_at IS 'when Stripe is asked again; null when it has answered';

CREATE INDEX transfer_reversal_due ON transfer_reversal (next_try_at) WHERE status = 'sent';

REVOKE DELETE, TRUNCATE ON transfer_reversal FROM ${runtimeRole};

-- What two people of platform finance decide about a payout that Stripe cannot be asked about, or about what lies on an
-- account that cannot be used any more.
CREATE TABLE settlement (
  id              uuid PRIMARY KEY,
  payout_id       uuid NOT NULL REFERENCES payout,
  organization_id uuid NOT NULL,
  currency        text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  account_id      text NOT NULL,
  subject         text NOT NULL CHECK (subject IN ('payout', 'left-money')),
  amount_minor    bigint NOT NULL CHECK (amount_minor > 0),
  outcome         text NOT NULL CHECK (outcome IN ('paid', 'not-paid', 'written-off')),
  reason          text NOT NULL,
  proposed_by     uuid NOT NULL,
  proposed_at     timestamptz NOT NULL,
  status          text NOT NULL CHECK (status IN ('proposed', 'approved', 'rejected', 'taken-back', 'not-needed')),
  decided_by      uuid,
  decided_at      timestamptz,
  CHECK ((status = 'proposed') = (decided_at IS NULL)),
  CHECK (status NOT IN ('approved', 'rejected') OR decided_by <> proposed_by)
);
COMMENT ON COLUMN settlement.status IS 'proposed: it waits for a second person; not-needed: another one has taken its place';

CREATE UNIQUE INDEX settlement_waiting ON settlement (payout_id) WHERE status = 'proposed';
CREATE INDEX settlement_of_organization ON settlement (organization_id, currency) WHERE status = 'approved';

REVOKE DELETE, TRUNCATE ON settlement FROM ${runtimeRole};

-- What lies on each account: transferred there, and neither paid out from there nor taken back or settled. A payout that
-- is under way counts as paid out.
CREATE VIEW left_money AS
SELECT organization_id, currency, account_id, sum(minor)::bigint AS amount_minor
FROM (
  SELECT organization_id, currency, account_id,
         CASE WHEN transfer_id IS NULL THEN 0 ELSE transfer_minor END
         - CASE WHEN bank_payout_id IS NULL OR status IN ('failed', 'cancelled') THEN 0 ELSE amount_minor END AS minor
  FROM payout WHERE account_id IS NOT NULL
  UNION ALL
  SELECT p.organization_id, p.currency, p.account_id, -r.amount_minor
  FROM transfer_reversal r JOIN payout p ON p.id = r.payout_id WHERE r.status = 'made'
  UNION ALL
  SELECT organization_id, currency, account_id, -amount_minor
  FROM settlement WHERE subject = 'left-money' AND status = 'approved') AS moved
GROUP BY organization_id, currency, account_id;
