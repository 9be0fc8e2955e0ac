-- Every charge that took money, whether a payment wanted it or not, until its balance transaction has been seen and
-- ever after.
CREATE TABLE stripe_charge (
    id                       text PRIMARY KEY,
    stripe_payment_intent_id text NOT NULL UNIQUE,
    payment_id               uuid REFERENCES payment (id),
    objection                text,
    currency                 char(3) NOT NULL,
    amount_minor             bigint NOT NULL CHECK (amount_minor > 0),
    returned_minor           bigint NOT NULL DEFAULT 0 CHECK (returned_minor BETWEEN 0 AND amount_minor),
    balance_transaction_id   text,
    recorded_at              timestamptz NOT NULL,
    checks                   integer NOT NULL DEFAULT 0,
    next_check_at            timestamptz NOT NULL
);

COMMENT ON COLUMN stripe_charge.objection IS 'why no payment wanted it: it is quarantined, and its money stands in suspense; null for the capture of its payment';
COMMENT ON COLUMN stripe_charge.returned_minor IS 'of a quarantined charge: what is owed back or has gone back';

-- Somebody has paid twice: the second money goes back by itself.
CREATE INDEX stripe_charge_second_capture ON stripe_charge (recorded_at)
    WHERE objection = 'duplicate-capture' AND returned_minor < amount_minor;

CREATE INDEX stripe_charge_to_check ON stripe_charge (next_check_at) WHERE balance_transaction_id IS NULL;
