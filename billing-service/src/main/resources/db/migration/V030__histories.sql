-- Each state that a payment and a refund have had, so that they can be told as they were at a time. A payment begins as
-- awaiting-payment, which is not written.
CREATE TABLE payment_history (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    payment_id  uuid NOT NULL REFERENCES payment (id),
    occurred_at timestamptz NOT NULL,
    status      text NOT NULL
);
CREATE INDEX payment_history_of_payment ON payment_history (payment_id, id);

CREATE TABLE refund_history (
    id          bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    refund_id   uuid NOT NULL REFERENCES refund (id),
    occurred_at timestamptz NOT NULL,
    status      text NOT NULL
);
CREATE INDEX refund_history_of_refund ON refund_history (refund_id, id);

REVOKE UPDATE, DELETE, TRUNCATE ON payment_history, refund_history FROM ${runtimeRole};
