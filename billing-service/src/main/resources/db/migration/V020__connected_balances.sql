-- Organizations' own accounts at Stripe that we have paid through, and the mirror of their balances.
CREATE TABLE connected_account (
    stripe_account_id text PRIMARY KEY,
    organization_id   uuid NOT NULL,
    disconnected_at   timestamptz
);
COMMENT ON COLUMN connected_account.disconnected_at IS 'when Stripe was found to say nothing more of it';

CREATE INDEX connected_account_of_organization ON connected_account (organization_id);

-- Through which account each payout goes: what the ledger's account connected of an organization has on each of them.
CREATE TABLE connected_payout (
    payout_id         uuid PRIMARY KEY,
    stripe_account_id text NOT NULL REFERENCES connected_account (stripe_account_id)
);

CREATE INDEX connected_payout_of_account ON connected_payout (stripe_account_id);

CREATE TABLE connected_transaction (
    id                text PRIMARY KEY,
    stripe_account_id text NOT NULL REFERENCES connected_account (stripe_account_id),
    type              text NOT NULL,
    source            text,
    currency          char(3) NOT NULL,
    amount_minor      bigint NOT NULL,
    fee_minor         bigint NOT NULL,
    net_minor         bigint NOT NULL,
    created_at        timestamptz NOT NULL,
    mirrored_at       timestamptz NOT NULL
);
COMMENT ON COLUMN connected_transaction.mirrored_at IS 'system time';

-- The balances of an organization's accounts when Stripe was asked last.
CREATE TABLE connected_balance (
    organization_id uuid NOT NULL,
    currency        char(3) NOT NULL,
    stripe_minor    bigint NOT NULL,
    ledger_minor    bigint NOT NULL,
    checked_at      timestamptz NOT NULL,
    same_since      timestamptz NOT NULL,
    PRIMARY KEY (organization_id, currency)
);
COMMENT ON TABLE connected_balance IS 'what is pending and available on those that are connected, and what the account connected of the ledger had on them at that moment';
COMMENT ON COLUMN connected_balance.same_since IS 'system time: since when the two differ by the same amount';
