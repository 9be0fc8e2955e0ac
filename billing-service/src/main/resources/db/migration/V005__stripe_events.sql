-- What Stripe has posted: kept before it is answered, applied after. Client secrets are taken out before it is stored.
CREATE TABLE stripe_event (
    id              text PRIMARY KEY,
    endpoint        text NOT NULL CHECK (endpoint IN ('PLATFORM', 'CONNECT')),
    type            text NOT NULL,
    subject_kind    text,
    subject_id      text,
    payload         text NOT NULL,
    state           text NOT NULL CHECK (state IN ('RECEIVED', 'APPLIED', 'IGNORED', 'PARKED')),
    received_at     timestamptz NOT NULL,
    failures        integer NOT NULL DEFAULT 0,
    failure         text,
    next_attempt_at timestamptz NOT NULL,
    finished_at     timestamptz
);

CREATE INDEX stripe_event_to_apply ON stripe_event (next_attempt_at) WHERE state = 'RECEIVED';
CREATE INDEX stripe_event_parked ON stripe_event (received_at, id) WHERE state = 'PARKED';
