-- What cards' banks suspect of payments.
CREATE TABLE fraud_warning (
    stripe_warning_id text PRIMARY KEY,
    payment_id        uuid NOT NULL REFERENCES payment (id),
    fraud_type        text NOT NULL,
    refund_id         uuid,
    received_at       timestamptz NOT NULL
);
COMMENT ON COLUMN fraud_warning.refund_id IS 'by which all of the payment goes back because of it';

CREATE INDEX fraud_warning_of_payment ON fraud_warning (payment_id);
