-- When organizations want to be paid by themselves; the default is never. One without a row has the default.
CREATE TABLE payout_schedule (
  organization_id  uuid PRIMARY KEY,
  version          bigint NOT NULL,
  interval         text NOT NULL CHECK (interval IN ('manual', 'weekly', 'monthly')),
  minimums         jsonb NOT NULL,
  release_days     integer NOT NULL CHECK (release_days BETWEEN 2 AND 365),
  min_release_days integer NOT NULL CHECK (min_release_days <= release_days),
  next_due_at      timestamptz,
  retry_at         timestamptz,
  CHECK ((next_due_at IS NULL) = (interval = 'manual'))
);
COMMENT ON COLUMN payout_schedule.release_days IS 'days after an event''s end until what it earned may be paid out';
COMMENT ON COLUMN payout_schedule.min_release_days IS 'what the platform has decided: the organization may only choose more';
COMMENT ON COLUMN payout_schedule.retry_at IS 'when its due period is tried again that could not be paid because of a defect; null when there is none';
COMMENT ON COLUMN payout_schedule.next_due_at IS 'when its next period begins; null when it is paid on request alone';

CREATE INDEX payout_schedule_due ON payout_schedule (next_due_at) WHERE next_due_at IS NOT NULL;
CREATE INDEX payout_schedule_failing ON payout_schedule (retry_at) WHERE retry_at IS NOT NULL;

-- What became of each period and currency. The key lets one payout come of each attempt, whoever asks and how often.
CREATE TABLE scheduled_payout (
  organization_id uuid NOT NULL,
  currency        text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
  period_start    timestamptz NOT NULL,
  attempt         integer NOT NULL CHECK (attempt > 0),
  payout_id       uuid UNIQUE REFERENCES payout,
  skipped_because text,
  PRIMARY KEY (organization_id, currency, period_start, attempt),
  CHECK ((payout_id IS NULL) <> (skipped_because IS NULL))
);
COMMENT ON COLUMN scheduled_payout.attempt IS 'one after another while what is available, or the account, changes under its payout';

CREATE INDEX payout_refused ON payout (requested_at) WHERE failure_reason IN ('balance-changed', 'account-changed');

REVOKE UPDATE, DELETE, TRUNCATE ON scheduled_payout FROM ${runtimeRole};
