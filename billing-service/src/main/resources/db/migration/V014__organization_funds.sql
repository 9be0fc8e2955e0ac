-- What is watched about organizations' money.
CREATE TABLE balance_difference (
    organization_id  uuid NOT NULL,
    currency         char(3) NOT NULL,
    difference_minor bigint NOT NULL CHECK (difference_minor <> 0),
    seen_at          timestamptz NOT NULL,
    PRIMARY KEY (organization_id, currency)
);
COMMENT ON TABLE balance_difference IS 'what payout-service had less than the ledger when it was asked last: entries may be on their way';
COMMENT ON COLUMN balance_difference.seen_at IS 'system time: since when the difference is the same';

CREATE TABLE negative_balance (
    organization_id uuid NOT NULL,
    currency        char(3) NOT NULL,
    since           timestamptz NOT NULL,
    PRIMARY KEY (organization_id, currency)
);
COMMENT ON COLUMN negative_balance.since IS 'when the organization was first seen to owe the platform money that it still owes';

CREATE TABLE daily_watch (
    name        text PRIMARY KEY,
    next_due_at timestamptz NOT NULL
);
COMMENT ON TABLE daily_watch IS 'when each watch runs next; one that is missing runs at once';

COMMENT ON COLUMN ledger_break.stripe_id IS 'the object of Stripe that it is about; an account of the ledger with its currency when it is about an organization';
