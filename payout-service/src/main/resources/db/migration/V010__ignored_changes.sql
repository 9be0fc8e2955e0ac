-- Changes at Stripe from which nothing follows, each with the reason. Times are the machine's.
CREATE TABLE ignored_change (
    stripe_event_id   text PRIMARY KEY,
    stripe_event_type text NOT NULL,
    object_id         text NOT NULL,
    reason            text NOT NULL CHECK (reason IN ('unknown', 'over')),
    ignored_at        timestamptz NOT NULL
);
COMMENT ON COLUMN ignored_change.object_id IS 'Stripe''s id of an account or of a payout';

CREATE INDEX ignored_change_ignored_at ON ignored_change (ignored_at);
