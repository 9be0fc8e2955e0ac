-- One payment for each registration that costs something. The fee rule is a snapshot: a later change of plan does not
-- touch it.
CREATE TABLE payment (
    id                       uuid PRIMARY KEY,
    registration_id          uuid NOT NULL UNIQUE,
    account_id               uuid NOT NULL,
    organization_id          uuid NOT NULL,
    event_id                 uuid NOT NULL,
    event_title              text NOT NULL,
    status                   text NOT NULL CHECK (status IN ('AWAITING_PAYMENT', 'PROCESSING', 'CAPTURED', 'CANCELLED')),
    currency                 char(3) NOT NULL,
    amount_minor             bigint NOT NULL CHECK (amount_minor > 0),
    fee_plan_id              text NOT NULL REFERENCES plan (id),
    fee_basis_points         integer NOT NULL,
    fee_fixed_minor          bigint NOT NULL,
    fee_minor                bigint NOT NULL CHECK (fee_minor BETWEEN 0 AND amount_minor),
    captured_minor           bigint NOT NULL DEFAULT 0 CHECK (captured_minor IN (0, amount_minor)),
    stripe_payment_intent_id text UNIQUE,
    hold_expires_at          timestamptz NOT NULL,
    registration_ended_at    timestamptz,
    created_at               timestamptz NOT NULL,
    captured_at              timestamptz,
    cancelled_at             timestamptz,
    next_check_at            timestamptz,
    CHECK ((status = 'CAPTURED') = (captured_minor > 0))
);

CREATE INDEX payment_by_organization ON payment (organization_id, created_at, id);

CREATE INDEX payment_to_check ON payment (next_check_at) WHERE status = 'PROCESSING';

-- A ticket's part of the payment and of the fee. The refunded sums only rise and never pass their whole.
CREATE TABLE payment_line (
    payment_id         uuid NOT NULL REFERENCES payment (id),
    position           integer NOT NULL,
    ticket_id          uuid NOT NULL,
    ticket_type_name   text NOT NULL,
    total_minor        bigint NOT NULL CHECK (total_minor >= 0),
    fee_minor          bigint NOT NULL CHECK (fee_minor BETWEEN 0 AND total_minor),
    refunded_minor     bigint NOT NULL DEFAULT 0 CHECK (refunded_minor BETWEEN 0 AND total_minor),
    fee_refunded_minor bigint NOT NULL DEFAULT 0 CHECK (fee_refunded_minor BETWEEN 0 AND fee_minor),
    PRIMARY KEY (payment_id, position),
    UNIQUE (payment_id, ticket_id)
);

-- An attempt to take the money on Stripe's page. What is sent is saved before it is sent, so that a repeat is the same
-- request under the same key.
CREATE TABLE checkout (
    id                  uuid PRIMARY KEY,
    payment_id          uuid NOT NULL REFERENCES payment (id),
    attempt             integer NOT NULL,
    idempotency_key     text NOT NULL UNIQUE,
    status              text NOT NULL CHECK (status IN ('REQUESTED', 'OPEN', 'COMPLETE', 'EXPIRED', 'FAILED')),
    success_url         text NOT NULL,
    cancel_url          text NOT NULL,
    expires_at          timestamptz NOT NULL,
    claimed_until       timestamptz,
    stripe_session_id   text UNIQUE,
    url                 text,
    failure             text,
    created_at          timestamptz NOT NULL,
    checks              integer NOT NULL DEFAULT 0,
    next_check_at       timestamptz NOT NULL,
    UNIQUE (payment_id, attempt)
);

-- Never two pages on which one registration could be paid.
CREATE UNIQUE INDEX checkout_one_live ON checkout (payment_id) WHERE status IN ('REQUESTED', 'OPEN');
CREATE INDEX checkout_to_check ON checkout (next_check_at) WHERE status = 'OPEN';

-- Every charge that took money, whether a payment wanted it or not, until its balance transaction has been seen and
-- ever after.
CREATE TABLE stripe_charge (
    id                       text PRIMARY KEY,
    stripe_payment_intent_id text NOT NULL UNIQUE,
    payment_id               uuid REFERENCES payment (id),
    quarantined              boolean NOT NULL,
    currency                 char(3) NOT NULL,
    amount_minor             bigint NOT NULL CHECK (amount_minor > 0),
    balance_transaction_id   text,
    recorded_at              timestamptz NOT NULL,
    checks                   integer NOT NULL DEFAULT 0,
    next_check_at            timestamptz NOT NULL
);

CREATE INDEX stripe_charge_to_check ON stripe_charge (next_check_at) WHERE balance_transaction_id IS NULL;

-- Stripe's record of a buyer; the e-mail is what was sent when it was made, so that a repeat sends the same.
CREATE TABLE stripe_customer (
    account_id         uuid PRIMARY KEY,
    attempt            integer NOT NULL DEFAULT 1,
    email              text,
    stripe_customer_id text UNIQUE,
    created_at         timestamptz NOT NULL
);

-- The addresses on accounts.profiles; a tombstone removes the row.
CREATE TABLE account_email (
    account_id uuid PRIMARY KEY,
    version    bigint NOT NULL,
    email      text NOT NULL
);
