-- An attempt to take the money on Stripe's page. What is sent is saved before it is sent, so that a repeat is the same
-- request under the same key.
CREATE TABLE checkout (
    id                  uuid PRIMARY KEY,
    payment_id          uuid NOT NULL REFERENCES payment (id),
    attempt             integer NOT NULL,
    idempotency_key     text NOT NULL UNIQUE,
    status              text NOT NULL CHECK (status IN ('requested', 'open', 'complete', 'expired', 'failed')),
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
CREATE UNIQUE INDEX checkout_one_live ON checkout (payment_id) WHERE status IN ('requested', 'open');
CREATE INDEX checkout_to_check ON checkout (next_check_at) WHERE status = 'open';

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
