-- What Stripe has posted: kept before it is answered, applied after that. Its payload is not stored: it says things about
-- people, and the object is fetched when the event is applied. Times are the machine's: leases and retries live on it.
CREATE TABLE stripe_event (
    id                text PRIMARY KEY,
    endpoint          text NOT NULL CHECK (endpoint IN ('platform', 'connect')),
    type              text NOT NULL,
    stripe_account_id text,
    occurred_at       timestamptz NOT NULL,
    subject_kind      text,
    subject_id        text,
    ignored_reason    text,
    status            text NOT NULL CHECK (status IN ('received', 'applied', 'ignored', 'parked')),
    received_at       timestamptz NOT NULL,
    failures          integer NOT NULL DEFAULT 0,
    failure           text,
    next_attempt_at   timestamptz NOT NULL,
    finished_at       timestamptz,
    CHECK ((status = 'ignored') = (ignored_reason IS NOT NULL)),
    CHECK (subject_kind IS NOT NULL OR ignored_reason IS NOT NULL)
);
COMMENT ON COLUMN stripe_event.stripe_account_id IS 'the connected account on which it happened; null for the platform''s own';
COMMENT ON COLUMN stripe_event.occurred_at IS 'Stripe''s time';

CREATE INDEX stripe_event_to_apply ON stripe_event (next_attempt_at) WHERE status = 'received';
CREATE INDEX stripe_event_parked ON stripe_event (received_at, id) WHERE status = 'parked';
CREATE INDEX stripe_event_over ON stripe_event (finished_at) WHERE status IN ('applied', 'ignored');

-- How far Stripe's list of events has been read: one row. A pass that was cut goes on where it stopped.
CREATE TABLE stripe_event_progress (
    only_row   boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    kept_until timestamptz,
    pass_from  timestamptz,
    pass_until timestamptz,
    pass_after text,
    CHECK ((pass_from IS NULL) = (pass_until IS NULL))
);
COMMENT ON COLUMN stripe_event_progress.kept_until IS 'every event that was created before is kept; null before the first pass has ended';
COMMENT ON COLUMN stripe_event_progress.pass_until IS 'of the pass under way: events are read from there back to pass_from; null when there is none';
COMMENT ON COLUMN stripe_event_progress.pass_after IS 'the last event of that pass that is kept';
