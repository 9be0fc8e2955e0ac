-- Days that are closed: what Stripe's balance did on them is what the ledger says, for good.
CREATE TABLE reconciliation_day (
    date      date PRIMARY KEY,
    hash      char(64) NOT NULL,
    closed_at timestamptz NOT NULL
);
COMMENT ON COLUMN reconciliation_day.hash IS 'SHA-256 of the day''s lines as they are downloaded';

CREATE TABLE reconciliation_total (
    date          date NOT NULL REFERENCES reconciliation_day (date),
    currency      char(3) NOT NULL,
    balance_minor bigint NOT NULL,
    transactions  bigint NOT NULL,
    PRIMARY KEY (date, currency)
);
COMMENT ON COLUMN reconciliation_total.balance_minor IS 'what Stripe and the account stripe of the ledger both have at the end of the day';
COMMENT ON COLUMN reconciliation_total.transactions IS 'that were closed with the day';

CREATE TRIGGER reconciliation_day_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON reconciliation_day
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER reconciliation_total_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON reconciliation_total
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON reconciliation_day, reconciliation_total FROM ${runtimeRole};

CREATE TRIGGER balance_transaction_closed BEFORE UPDATE OR DELETE ON balance_transaction
    FOR EACH ROW WHEN (OLD.closed_on IS NOT NULL) EXECUTE FUNCTION refuse_change();
REVOKE DELETE, TRUNCATE ON balance_transaction FROM ${runtimeRole};

CREATE INDEX balance_transaction_open ON balance_transaction (created_at) WHERE closed_on IS NULL;
-- The order of a day's lines is part of its hash, so it does not depend on a collation.
CREATE INDEX balance_transaction_of_day ON balance_transaction (closed_on, created_at, id COLLATE "C");

-- What each balance transaction has moved on the account stripe of the ledger; nothing when it has no journal.
CREATE VIEW matched_transaction AS
SELECT mirrored.*, journal.id AS journal_id, coalesce(booked.ledger_minor, 0)::bigint AS ledger_minor
FROM balance_transaction mirrored
LEFT JOIN journal ON journal.kind = 'balance-transaction' AND journal.business_id = mirrored.id
LEFT JOIN LATERAL (
    SELECT sum(amount_minor) AS ledger_minor FROM posting
    WHERE journal_id = journal.id AND account = 'stripe' AND posting.currency = mirrored.currency) booked ON true;

-- What Stripe has said of its balance and can be compared only when it has listed all that it had created by then.
CREATE TABLE stripe_answer (
    currency     char(3) NOT NULL,
    answered_at  timestamptz NOT NULL,
    known_until  timestamptz NOT NULL,
    stripe_minor bigint NOT NULL,
    PRIMARY KEY (currency, answered_at)
);
COMMENT ON COLUMN stripe_answer.answered_at IS 'by Stripe''s clock: what it has created later was not in it';
COMMENT ON COLUMN stripe_answer.known_until IS 'system time at which it was asked: what was mirrored by then was in it';

-- Who asks what has come since an answer looks at the youngest rows only.
CREATE INDEX balance_transaction_by_arrival ON balance_transaction USING brin (mirrored_at);

-- The last answer that could be compared.
CREATE TABLE stripe_balance (
    currency      char(3) PRIMARY KEY,
    stripe_minor  bigint NOT NULL,
    ledger_minor  bigint NOT NULL,
    answered_at   timestamptz NOT NULL,
    differs_since timestamptz,
    CHECK ((differs_since IS NULL) = (stripe_minor = ledger_minor))
);
COMMENT ON TABLE stripe_balance IS 'what was pending and available there, and what the account stripe of the ledger had at that moment';
COMMENT ON COLUMN stripe_balance.differs_since IS 'by Stripe''s clock: the first answer since which each has differed';

-- One answer may be misjudged, since clocks differ and Stripe may list something very late; all of half an hour are not.
CREATE VIEW lasting_difference AS
SELECT currency, stripe_minor - ledger_minor AS amount_minor, differs_since
FROM stripe_balance WHERE answered_at - differs_since >= interval '30 minutes';
