-- One obligation to give money back, with one or more attempts at Stripe. A failed attempt does not free the amount.
CREATE TABLE refund (
    id               uuid PRIMARY KEY,
    payment_id       uuid NOT NULL REFERENCES payment (id),
    organization_id  uuid NOT NULL,
    stripe_charge_id text REFERENCES stripe_charge (id),
    cause            text NOT NULL CHECK (cause IN (
                         'attendee-cancelled', 'organization-cancelled', 'event-cancelled', 'requested', 'made-at-stripe',
                         'payment-too-late', 'paid-twice', 'fraud-warning')),
    reason           text,
    requested_by     uuid,
    requested_as     text CHECK (requested_as IN ('owner', 'admin', 'finance', 'platform-finance', 'platform-admin')),
    currency         char(3) NOT NULL,
    amount_minor     bigint NOT NULL CHECK (amount_minor > 0),
    suspense_minor   bigint NOT NULL CHECK (suspense_minor BETWEEN 0 AND amount_minor),
    requested_at     timestamptz NOT NULL,
    status           text NOT NULL CHECK (status IN ('requested', 'pending', 'succeeded', 'failed', 'cancelled')),
    next_attempt_at  timestamptz,
    succeeded_at     timestamptz,
    CHECK ((status = 'requested') = (next_attempt_at IS NOT NULL)),
    CHECK ((status = 'succeeded') = (succeeded_at IS NOT NULL)),
    CHECK ((stripe_charge_id IS NULL) = (suspense_minor = 0)),
    CHECK ((requested_by IS NULL) = (reason IS NULL) AND (requested_by IS NULL) = (requested_as IS NULL))
);
COMMENT ON COLUMN refund.stripe_charge_id IS 'a charge that the payment did not want; null for its capture';
COMMENT ON COLUMN refund.reason IS 'what the person who asked for it typed';
COMMENT ON COLUMN refund.requested_by IS 'that person''s account; null when nobody has asked for it by hand';
COMMENT ON COLUMN refund.requested_as IS 'the role by which that person was allowed to';
COMMENT ON COLUMN refund.suspense_minor IS 'what goes back of money that was nobody''s; the rest is in the lines';

CREATE INDEX refund_of_payment ON refund (payment_id);
CREATE INDEX refund_of_charge ON refund (stripe_charge_id) WHERE stripe_charge_id IS NOT NULL;
CREATE INDEX refund_by_organization ON refund (organization_id, requested_at, id);
CREATE INDEX refund_to_send ON refund (next_attempt_at) WHERE status = 'requested';

-- Who is stuck is asked at every scrape, and what is owed every few minutes: only what is not done is in this index.
CREATE INDEX refund_not_done ON refund (requested_at) WHERE status IN ('requested', 'pending', 'failed');

-- A ticket's part of a refund; its fee is what the platform bears of it, and the organization bears the rest.
CREATE TABLE refund_line (
    refund_id    uuid NOT NULL REFERENCES refund (id),
    ticket_id    uuid NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    fee_minor    bigint NOT NULL CHECK (fee_minor BETWEEN 0 AND amount_minor),
    PRIMARY KEY (refund_id, ticket_id)
);

-- The attempt with the highest number is the current one.
CREATE TABLE refund_attempt (
    refund_id        uuid NOT NULL REFERENCES refund (id),
    number           integer NOT NULL,
    idempotency_key  text NOT NULL UNIQUE,
    sent_at          timestamptz,
    last_sent_at     timestamptz,
    stripe_refund_id text UNIQUE,
    stripe_status    text CHECK (stripe_status IN ('pending', 'succeeded', 'failed', 'canceled')),
    failure          text,
    settled          boolean NOT NULL DEFAULT false,
    checks           integer NOT NULL DEFAULT 0,
    next_check_at    timestamptz,
    PRIMARY KEY (refund_id, number)
);
COMMENT ON COLUMN refund_attempt.stripe_status IS 'Stripe''s word, and so its spelling';
COMMENT ON COLUMN refund_attempt.settled IS 'its outcome and its balance transaction are both known';

CREATE INDEX refund_attempt_to_check ON refund_attempt (next_check_at)
    WHERE stripe_refund_id IS NOT NULL AND NOT settled;
