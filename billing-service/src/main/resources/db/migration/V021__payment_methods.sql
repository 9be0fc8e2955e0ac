-- An organization as Stripe's customer.
CREATE TABLE organization_customer (
    organization_id    uuid PRIMARY KEY,
    attempt            integer NOT NULL DEFAULT 1,
    stripe_customer_id text UNIQUE,
    requests           bigint NOT NULL DEFAULT 0,
    answered_request   bigint NOT NULL DEFAULT 0,
    card_is_missing    boolean NOT NULL DEFAULT false,
    CHECK (answered_request <= requests)
);
COMMENT ON COLUMN organization_customer.attempt IS 'part of the idempotency key under which Stripe is asked to make it';
COMMENT ON COLUMN organization_customer.requests IS 'what Stripe was asked about its cards is numbered: part of the idempotency key of a change';
COMMENT ON COLUMN organization_customer.answered_request IS 'whose answer the cards are: never replaced by that to an earlier one';
COMMENT ON COLUMN organization_customer.card_is_missing IS 'people were told that no valid card is left';

-- Its cards, as Stripe has told.
CREATE TABLE payment_method (
    id              text PRIMARY KEY,
    organization_id uuid NOT NULL REFERENCES organization_customer (organization_id),
    brand           text NOT NULL,
    last4           text NOT NULL,
    exp_month       integer NOT NULL CHECK (exp_month BETWEEN 1 AND 12),
    exp_year        integer NOT NULL,
    is_default      boolean NOT NULL,
    attached_at     timestamptz NOT NULL,
    next_notice_at  timestamptz
);
CREATE INDEX payment_method_organization ON payment_method (organization_id);
CREATE UNIQUE INDEX payment_method_default ON payment_method (organization_id) WHERE is_default;
COMMENT ON COLUMN payment_method.next_notice_at IS 'when something is to be done next because it ends: people are told, or another card takes its place; null: nothing more';
CREATE INDEX payment_method_due ON payment_method (next_notice_at) WHERE next_notice_at IS NOT NULL;
