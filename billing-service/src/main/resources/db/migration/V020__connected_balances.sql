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

-- What each movement of these accounts has moved, and what journals have moved on the account connected for it: its own,
-- and what people have posted of its break. For what a transfer or its reversal has moved there (an arrival) stands the
-- journal of that: each arrival has one of its amount, one after the other. Then journals of movements that are not listed.
CREATE VIEW connected_movement AS
WITH posted AS (
    SELECT coalesce(resolved.stripe_id, business_id) AS about, posting.account, posting.currency,
           sum(posting.amount_minor) AS amount_minor, min(recorded_at) AS recorded_at, min(journal.payout_id::text) AS payout_id
    FROM posting
    JOIN journal ON journal.id = posting.journal_id
    LEFT JOIN break_resolution ON break_resolution.journal_id = journal.id
    LEFT JOIN ledger_break resolved ON resolved.id = break_id
    WHERE posting.account LIKE 'connected:%'
        AND (journal.kind = 'connected-balance-transaction' OR resolved.kind = 'connected-not-matched')
    GROUP BY 1, 2, 3),
arrived AS (
    SELECT mirrored.id, row_number() OVER (
               PARTITION BY organization_id, currency, net_minor ORDER BY created_at, mirrored.id) AS nth
    FROM connected_transaction mirrored JOIN connected_account USING (stripe_account_id)
    WHERE type IN ('payment', 'payment_refund', 'transfer', 'transfer_refund')),
transferred AS (
    SELECT account, posting.currency, amount_minor, count(*) AS times
    FROM posting JOIN journal ON journal.id = posting.journal_id
    WHERE account LIKE 'connected:%' AND kind IN ('balance-transaction', 'transfer-identified', 'break-resolved')
        AND NOT EXISTS (
            SELECT FROM break_resolution JOIN ledger_break ON ledger_break.id = break_id
            WHERE break_resolution.journal_id = journal.id AND ledger_break.kind = 'connected-not-matched')
    GROUP BY 1, 2, 3)
SELECT mirrored.id, organization_id, mirrored.currency, net_minor, created_at, mirrored_at,
       (coalesce(posted.amount_minor, 0)
        + CASE WHEN nth <= transferred.times THEN net_minor ELSE 0 END)::bigint AS booked_minor
FROM connected_transaction mirrored
JOIN connected_account USING (stripe_account_id)
LEFT JOIN arrived ON arrived.id = mirrored.id
LEFT JOIN transferred ON transferred.account = 'connected:' || organization_id
    AND transferred.currency = mirrored.currency AND transferred.amount_minor = net_minor
LEFT JOIN posted ON about = mirrored.id AND posted.currency = mirrored.currency
UNION ALL
SELECT about, substr(account, 11)::uuid, currency, 0, recorded_at, 'epoch', amount_minor::bigint
FROM posted
WHERE NOT EXISTS (SELECT FROM connected_transaction WHERE id = about)
    AND EXISTS (
        SELECT FROM connected_payout
        JOIN connected_account USING (stripe_account_id)
        JOIN balance_progress ON list = stripe_account_id
        WHERE connected_payout.payout_id = posted.payout_id::uuid
            AND disconnected_at IS NULL
            AND followed_until > recorded_at + interval '1 hour');
COMMENT ON COLUMN connected_movement.booked_minor IS 'of an arrival without a transfer of its amount: 0';
