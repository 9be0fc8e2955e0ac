-- Disputes of what organizations have paid for their plans, each told to its organization once.
CREATE TABLE invoice_dispute (
    stripe_dispute_id text PRIMARY KEY,
    organization_id   uuid NOT NULL,
    told_at           timestamptz NOT NULL
);
