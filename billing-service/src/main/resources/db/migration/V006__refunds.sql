-- One obligation to give money back, with one or more attempts at Stripe. A failed attempt does not free the amount.
CREATE TABLE refund (
    id                       uuid PRIMARY KEY,
    payment_id               uuid NOT NULL REFERENCES payment (id),
    status                   text NOT NULL CHECK (status IN ('requested', 'pending', 'succeeded', 'failed', 'cancelled')),
    cause                    text NOT NULL,
    currency                 char(3) NOT NULL,
    amount_minor             bigint NOT NULL CHECK (amount_minor > 0),
    organization_share_minor bigint NOT NULL CHECK (organization_share_minor >= 0),
    platform_share_minor     bigint NOT NULL CHECK (platform_share_minor >= 0),
    attempt                  integer NOT NULL,
    requested_at             timestamptz NOT NULL,
    next_attempt_at          timestamptz,
    succeeded_at             timestamptz,
    CHECK (organization_share_minor + platform_share_minor = amount_minor),
    CHECK ((status = 'requested') = (next_attempt_at IS NOT NULL))
);

CREATE INDEX refund_of_payment ON refund (payment_id);
CREATE INDEX refund_to_send ON refund (next_attempt_at) WHERE status = 'requested';

-- Who is stuck is asked at every scrape: only what is under way is in this index.
CREATE INDEX refund_under_way ON refund (requested_at) WHERE status IN ('requested', 'pending');

CREATE TABLE refund_line (
    refund_id    uuid NOT NULL REFERENCES refund (id),
    ticket_id    uuid NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    fee_minor    bigint NOT NULL CHECK (fee_minor BETWEEN 0 AND amount_minor),
    PRIMARY KEY (refund_id, ticket_id)
);

CREATE TABLE refund_attempt (
    refund_id        uuid NOT NULL REFERENCES refund (id),
    attempt          integer NOT NULL,
    idempotency_key  text NOT NULL UNIQUE,
    stripe_refund_id text UNIQUE,
    sent_at          timestamptz,
    stripe_status    text,
    failure          text,
    settled          boolean NOT NULL DEFAULT false,
    checks           integer NOT NULL DEFAULT 0,
    next_check_at    timestamptz,
    PRIMARY KEY (refund_id, attempt)
);
COMMENT ON COLUMN refund_attempt.settled IS 'its outcome and its balance transaction are both known';

CREATE INDEX refund_attempt_to_check ON refund_attempt (next_check_at)
    WHERE stripe_refund_id IS NOT NULL AND NOT settled;
