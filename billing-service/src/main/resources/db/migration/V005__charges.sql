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
