-- Stripe was asked about something because no message had told it, and this is what the answer changed. Only added to.
CREATE TABLE settlement (
    id         uuid PRIMARY KEY,
    kind       text NOT NULL CHECK (kind IN ('checkout', 'payment-intent', 'charge', 'refund', 'dispute')),
    subject_id text NOT NULL,
    key        text NOT NULL,
    before     text NOT NULL,
    after      text NOT NULL,
    outcome    text NOT NULL CHECK (outcome IN ('changed', 'unchanged', 'refused')),
    failure    text,
    settled_at timestamptz NOT NULL,
    settled_by uuid,
    CHECK (outcome <> 'refused' OR failure IS NOT NULL)
);
COMMENT ON COLUMN settlement.key IS 'under which Stripe knows it: our idempotency key, or Stripe''s own id';
COMMENT ON COLUMN settlement.settled_by IS 'the operator who asked; null when a job did';

CREATE INDEX settlement_newest ON settlement (settled_at, id);
CREATE INDEX settlement_by_subject ON settlement (subject_id, settled_at, id);
