-- What Stripe has posted: kept before it is answered, applied after that. Its payload is not stored: it says things about
-- people, and the object is fetched when the event is applied. Times are the machine's: leases and retries live on it.
CREATE TABLE stripe_event (
    id              text PRIMARY KEY,
    endpoint        text NOT NULL CHECK (endpoint IN ('platform', 'connect')),
    type            text NOT NULL,
    subject_kind    text,
    subject_id      text,
    state           text NOT NULL CHECK (state IN ('received', 'applied', 'ignored', 'parked')),
    received_at     timestamptz NOT NULL,
    failures        integer NOT NULL DEFAULT 0,
    failure         text,
    next_attempt_at timestamptz NOT NULL,
    finished_at     timestamptz
);

CREATE INDEX stripe_event_to_apply ON stripe_event (next_attempt_at) WHERE state = 'received';
CREATE INDEX stripe_event_parked ON stripe_event (received_at, id) WHERE state = 'parked';
CREATE INDEX stripe_event_over ON stripe_event (finished_at) WHERE state IN ('applied', 'ignored');
