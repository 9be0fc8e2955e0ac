-- One payment for each registration that costs something. The fee and its rule are snapshots: a later change of plan or
-- of refund policy does not touch them.
CREATE TABLE payment (
    id                       uuid PRIMARY KEY,
    registration_id          uuid NOT NULL UNIQUE,
    account_id               uuid NOT NULL,
    organization_id          uuid NOT NULL,
    event_id                 uuid NOT NULL,
    event_title              text NOT NULL,
    hold_expires_at          timestamptz NOT NULL,
    currency                 char(3) NOT NULL,
    amount_minor             bigint NOT NULL CHECK (amount_minor > 0),
    fee_plan_id              text NOT NULL REFERENCES plan (id),
    fee_basis_points         integer NOT NULL,
    fee_fixed_minor          bigint NOT NULL,
    fee_minor                bigint NOT NULL CHECK (fee_minor BETWEEN 0 AND amount_minor),
    fee_refundable           boolean NOT NULL,
    created_at               timestamptz NOT NULL,
    status                   text NOT NULL CHECK (status IN ('awaiting-payment', 'processing', 'captured', 'cancelled')),
    captured_minor           bigint NOT NULL DEFAULT 0 CHECK (captured_minor IN (0, amount_minor)),
    stripe_payment_intent_id text UNIQUE,
    registration_ended_at    timestamptz,
    captured_at              timestamptz,
    cancelled_at             timestamptz,
    next_check_at            timestamptz,
    confirmed_at             timestamptz,
    returning_since          timestamptz,
    open_disputes            integer NOT NULL DEFAULT 0 CHECK (open_disputes >= 0),
    CHECK ((status = 'captured') = (captured_minor > 0)),
    CHECK (status <> 'processing' OR next_check_at IS NOT NULL)
);
COMMENT ON COLUMN payment.fee_refundable IS 'whether the platform gives its share of the fee back with a refund; else the organization bears all of it';
COMMENT ON COLUMN payment.confirmed_at IS 'since when its registration is known to be confirmed';
COMMENT ON COLUMN payment.returning_since IS 'since when all of it goes back, has gone back or waits to go back';
COMMENT ON COLUMN payment.open_disputes IS 'disputes that have taken money and are not decided: while there is one nothing can be refunded';

CREATE INDEX payment_by_organization ON payment (organization_id, created_at, id);

-- Who is stuck is asked at every scrape: only what is under way is in this index.
CREATE INDEX payment_awaiting ON payment (hold_expires_at) WHERE status = 'awaiting-payment';

CREATE INDEX payment_to_check ON payment (next_check_at) WHERE status = 'processing';

-- Paid, and neither confirmed nor going back: nobody should be here for longer than a moment.
CREATE INDEX payment_unconfirmed ON payment (captured_at)
    WHERE status = 'captured' AND confirmed_at IS NULL AND returning_since IS NULL;

-- A ticket's part of the payment and of the fee, and what has left it: what is owed back or has gone back, and what
-- disputes have taken. Never more than the whole.
CREATE TABLE payment_line (
    payment_id         uuid NOT NULL REFERENCES payment (id),
    position           integer NOT NULL,
    ticket_id          uuid NOT NULL,
    ticket_type_name   text NOT NULL,
    total_minor        bigint NOT NULL CHECK (total_minor >= 0),
    fee_minor          bigint NOT NULL CHECK (fee_minor BETWEEN 0 AND total_minor),
    refunded_minor     bigint NOT NULL DEFAULT 0 CHECK (refunded_minor >= 0),
    fee_refunded_minor bigint NOT NULL DEFAULT 0 CHECK (fee_refunded_minor >= 0),
    disputed_minor     bigint NOT NULL DEFAULT 0 CHECK (disputed_minor >= 0),
    fee_disputed_minor bigint NOT NULL DEFAULT 0 CHECK (fee_disputed_minor >= 0),
    CHECK (refunded_minor + disputed_minor <= total_minor),
    CHECK (fee_refunded_minor + fee_disputed_minor <= fee_minor),
    PRIMARY KEY (payment_id, position),
    UNIQUE (payment_id, ticket_id)
);

-- Every try to pay that was declined or that a bank refused, by Stripe's id of it: each is told once.
CREATE TABLE payment_failure (
    id             text PRIMARY KEY,
    payment_id     uuid NOT NULL REFERENCES payment (id),
    decline_code   text,
    was_processing boolean NOT NULL,
    failed_at      timestamptz NOT NULL
);
