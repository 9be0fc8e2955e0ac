-- Invoices of organizations' plans, as Stripe has told; drafts are not kept.
CREATE TABLE invoice (
    id                     uuid PRIMARY KEY,
    stripe_id              text NOT NULL UNIQUE,
    organization_id        uuid NOT NULL,
    stripe_subscription_id text,
    number                 text,
    status                 text NOT NULL CHECK (status IN ('open', 'paid', 'void', 'uncollectible')),
    currency               char(3) NOT NULL,
    total_minor            bigint NOT NULL,
    paid_minor             bigint NOT NULL,
    period_starts_at       timestamptz NOT NULL,
    period_ends_at         timestamptz NOT NULL,
    pdf_url                text,
    created_at             timestamptz NOT NULL,
    attempts               integer NOT NULL,
    next_attempt_at        timestamptz,
    billing_reason         text NOT NULL,
    question               bigint NOT NULL,
    replacement_id         text,
    replacement_attempt    integer NOT NULL DEFAULT 0,
    replacement_is_due     boolean NOT NULL DEFAULT false,
    is_given_up            boolean NOT NULL DEFAULT false,
    void_at                timestamptz,
    void_attempt           integer NOT NULL DEFAULT 1,
    CHECK (NOT (is_given_up AND replacement_is_due)),
    CHECK (void_at IS NULL OR (is_given_up AND status = 'open'))
);
COMMENT ON COLUMN invoice.billing_reason IS 'in Stripe''s word';
COMMENT ON COLUMN invoice.question IS 'whose answer this is: never replaced by that to an earlier one';
COMMENT ON COLUMN invoice.replacement_id IS 'the card that is charged once in place of the one that was declined';
COMMENT ON COLUMN invoice.replacement_attempt IS 'part of the idempotency key of that';
COMMENT ON COLUMN invoice.is_given_up IS 'its plan is being ended, or has ended: no other card is charged any more';
COMMENT ON COLUMN invoice.void_at IS 'when Stripe is asked, again, to void it; null when that is not wanted or is done';
COMMENT ON COLUMN invoice.void_attempt IS 'part of the idempotency key of that';
CREATE INDEX invoice_to_void ON invoice (void_at) WHERE void_at IS NOT NULL;
CREATE INDEX invoice_of_subscription ON invoice (stripe_subscription_id) WHERE status = 'open';
CREATE INDEX invoice_replacement_due ON invoice (created_at) WHERE replacement_is_due;
CREATE INDEX invoice_of_organization ON invoice (organization_id, created_at DESC, id DESC);

-- What Stripe is asked about subscriptions and about their invoices is numbered together, so that the answers can be put in order.
CREATE SEQUENCE plan_question;

ALTER TABLE stripe_charge
    ADD COLUMN stripe_invoice_id text,
    ADD CHECK (stripe_invoice_id IS NULL OR (payment_id IS NULL AND objection IS NULL));
COMMENT ON COLUMN stripe_charge.stripe_invoice_id IS 'what it has paid, when that is no registration';

-- The month that is paid.
ALTER TABLE subscription
    ADD COLUMN period_starts_at timestamptz,
    ADD COLUMN period_ends_at   timestamptz,
    ADD COLUMN subscribed_plan_id text REFERENCES plan (id),
    ADD COLUMN month_paid       boolean NOT NULL DEFAULT false,
    ADD COLUMN grace_ends_at    timestamptz,
    ADD COLUMN renews           boolean NOT NULL DEFAULT true,
    ADD COLUMN renewal_attempt  integer NOT NULL DEFAULT 0,
    ADD COLUMN question         bigint NOT NULL DEFAULT 0,
    ADD COLUMN told_terms       text NOT NULL DEFAULT '',
    ADD CHECK ((grace_ends_at IS NULL) = (status <> 'grace')),
    ADD CHECK ((stripe_subscription_id IS NULL) = (subscribed_plan_id IS NULL));
COMMENT ON COLUMN subscription.subscribed_plan_id IS 'the plan of Stripe''s subscription, whether it is paid or not';
COMMENT ON COLUMN subscription.month_paid IS 'a month of Stripe''s subscription was paid, so that the plan stays while a later one is not';
COMMENT ON COLUMN subscription.renews IS 'whether it goes on after its month';
COMMENT ON COLUMN subscription.renewal_attempt IS 'part of the idempotency key under which Stripe is asked to change that';
COMMENT ON COLUMN subscription.question IS 'whose answer it is: never replaced by that to an earlier one';
COMMENT ON COLUMN subscription.told_terms IS 'limits and fees of its plan as they were told: when they are others by now, they are told again';
CREATE INDEX subscription_terms ON subscription (plan_id, told_terms);
CREATE INDEX subscription_past_due ON subscription (changed_at) WHERE status = 'past-due';
CREATE INDEX subscription_in_grace ON subscription (grace_ends_at) WHERE status = 'grace';
