-- A change of what becomes of a plan after its month is a change like any other: while it is under way no other begins.
ALTER TABLE subscription
    ADD COLUMN renewal_changing_until timestamptz;
COMMENT ON COLUMN subscription.renewal_changing_until IS 'until when a change of whether it renews counts as under way: whoever makes it may die';

-- Stripe stores what fails under a key for a day: each attempt to drop what a change has left open has one of its own.
ALTER TABLE plan_change
    ADD COLUMN drop_attempt integer NOT NULL DEFAULT 1;
COMMENT ON COLUMN plan_change.drop_attempt IS 'part of the idempotency key under which the invoice of a declined change is voided';

-- People are told once that a card in place of another one has not paid an invoice either.
CREATE TABLE declined_replacement (
    stripe_invoice_id text NOT NULL REFERENCES invoice (stripe_id),
    payment_method_id text NOT NULL,
    told_at           timestamptz NOT NULL,
    PRIMARY KEY (stripe_invoice_id, payment_method_id)
);
COMMENT ON TABLE declined_replacement IS 'which cards were declined in place of another one, each told once for an invoice';
