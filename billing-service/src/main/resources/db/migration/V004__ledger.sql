-- Double entry, per currency, only added to.
CREATE TABLE journal (
    id          uuid PRIMARY KEY,
    kind        text NOT NULL,
    business_id text NOT NULL,
    occurred_at timestamptz NOT NULL,
    recorded_at timestamptz NOT NULL,
    payment_id  uuid,
    refund_id   uuid,
    dispute_id  uuid,
    payout_id   uuid,
    posted_by   xid8 NOT NULL DEFAULT pg_current_xact_id(),
    UNIQUE (kind, business_id)
);
COMMENT ON COLUMN journal.posted_by IS 'the transaction of the database: what is older than all that are under way is complete, so sums can go on from there';
COMMENT ON COLUMN journal.payment_id IS 'what the journal is about, as far as it is about something; so are the three below';

CREATE INDEX journal_by_time ON journal (recorded_at, id);
CREATE INDEX journal_by_transaction ON journal (posted_by);

CREATE TABLE posting (
    journal_id   uuid NOT NULL REFERENCES journal (id),
    position     integer NOT NULL,
    account      text NOT NULL,
    currency     char(3) NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor <> 0),
    PRIMARY KEY (journal_id, position)
);
COMMENT ON COLUMN posting.amount_minor IS 'debit positive';

CREATE INDEX posting_by_account ON posting (account, currency) INCLUDE (amount_minor);

-- What each journal was when it was posted, written by the same statement: whoever changes, removes or slips in one, even
-- so that all sums stay right, would have to forge two tables. A journal that was removed and is posted again alike keeps
-- its first seal.
CREATE TABLE journal_seal (
    kind         text NOT NULL,
    business_id  text NOT NULL,
    journal_id   uuid NOT NULL,
    occurred_at  timestamptz NOT NULL,
    recorded_at  timestamptz NOT NULL,
    currency     char(3) NOT NULL,
    amount_minor bigint NOT NULL,
    hash         bytea NOT NULL,
    PRIMARY KEY (kind, business_id)
);
COMMENT ON COLUMN journal_seal.amount_minor IS 'what its debits in the currency of its first line sum to';
COMMENT ON COLUMN journal_seal.hash IS 'the SHA-256 of what it is about and of its lines, by journal_hash';

CREATE INDEX journal_seal_by_time ON journal_seal USING brin (recorded_at);

-- lines: an array of [position, account, currency, amountMinor], by position
CREATE FUNCTION journal_hash(
    kind text, business_id text, payment_id uuid, refund_id uuid, dispute_id uuid, payout_id uuid, lines jsonb)
    RETURNS bytea LANGUAGE sql STABLE AS
$$
    SELECT sha256(convert_to(
        jsonb_build_array(kind, business_id, payment_id, refund_id, dispute_id, payout_id, lines)::text, 'UTF8'))
$$;

-- Sums of all postings by transactions before the mark. The view adds those that are younger, so that it costs as much
-- as has been posted since, and not as much as ever was.
CREATE TABLE ledger_sum (
    account      text NOT NULL,
    currency     char(3) NOT NULL,
    amount_minor bigint NOT NULL,
    PRIMARY KEY (account, currency)
);

CREATE TABLE ledger_sum_progress (
    only_one     boolean PRIMARY KEY DEFAULT true CHECK (only_one),
    summed_until xid8 NOT NULL,
    afresh_at    timestamptz
);
COMMENT ON COLUMN ledger_sum_progress.afresh_at IS 'when it was summed from the first posting on';
INSERT INTO ledger_sum_progress (summed_until) VALUES ('0');

-- Payments of which more goes back than was captured, as far as has been summed.
CREATE TABLE over_refunded_payment (payment_id uuid PRIMARY KEY);

CREATE VIEW folded_balance AS
SELECT account, currency, sum(amount_minor)::bigint AS amount_minor
FROM (SELECT account, currency, amount_minor FROM ledger_sum
      UNION ALL
      SELECT account, currency, amount_minor FROM posting JOIN journal ON journal.id = journal_id
      WHERE posted_by >= (SELECT summed_until FROM ledger_sum_progress)) every
GROUP BY account, currency;

-- Balances that are guarded: an organization's own accounts. The platform's are folded from postings, so that no row
-- is locked by every payment.
CREATE TABLE account_balance (
    account      text NOT NULL,
    currency     char(3) NOT NULL,
    amount_minor bigint NOT NULL,
    PRIMARY KEY (account, currency)
);
COMMENT ON COLUMN account_balance.amount_minor IS 'debit positive';

-- The mirror of Stripe's balance: every balance transaction that Stripe has told or listed. Its journal is found by its
-- id; one that moves nothing has none.
CREATE TABLE balance_transaction (
    id           text PRIMARY KEY,
    type         text NOT NULL,
    source       text,
    currency     char(3) NOT NULL,
    amount_minor bigint NOT NULL,
    fee_minor    bigint NOT NULL,
    net_minor    bigint NOT NULL,
    created_at   timestamptz NOT NULL,
    mirrored_at  timestamptz NOT NULL,
    closed_on    date,
    CHECK (amount_minor - fee_minor = net_minor)
);
COMMENT ON COLUMN balance_transaction.mirrored_at IS 'system time';
COMMENT ON COLUMN balance_transaction.closed_on IS 'the day with which it was closed: its own, or a later one when it came late';

CREATE INDEX balance_transaction_by_time ON balance_transaction (created_at);

CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
$$
BEGIN
    RAISE EXCEPTION '% rows are only added', TG_TABLE_NAME USING ERRCODE = 'restrict_violation';
END
$$;

CREATE TRIGGER journal_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON journal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER posting_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON posting
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER journal_seal_only_added BEFORE UPDATE OR DELETE OR TRUNCATE ON journal_seal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
REVOKE UPDATE, DELETE, TRUNCATE ON journal, posting, journal_seal FROM ${runtimeRole};

-- Checked at commit, for the journal (it must have postings) and for each posting (none can be added later).
CREATE FUNCTION require_balanced_journal() RETURNS trigger LANGUAGE plpgsql AS
$$
DECLARE
    checked uuid;
BEGIN
    IF TG_TABLE_NAME = 'journal' THEN
        checked := NEW.id;
        IF NOT EXISTS (SELECT FROM posting WHERE journal_id = checked) THEN
            RAISE EXCEPTION 'journal % has no postings', checked USING ERRCODE = 'check_violation';
        END IF;
    ELSE
        checked := NEW.journal_id;
    END IF;
    IF EXISTS (SELECT FROM posting WHERE journal_id = checked GROUP BY currency HAVING sum(amount_minor) <> 0) THEN
        RAISE EXCEPTION 'journal % does not sum to zero', checked USING ERRCODE = 'check_violation';
    END IF;
    RETURN NULL;
END
$$;

CREATE CONSTRAINT TRIGGER journal_balanced AFTER INSERT ON journal
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_balanced_journal();
CREATE CONSTRAINT TRIGGER posting_balanced AFTER INSERT ON posting
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION require_balanced_journal();

-- What does not match and waits for a person. "break" is a word of the language, so the table has the longer name.
CREATE TABLE ledger_break (
    id               uuid PRIMARY KEY,
    kind             text NOT NULL,
    stripe_id        text NOT NULL,
    payment_id       uuid,
    happened_at      timestamptz NOT NULL,
    currency         char(3) NOT NULL,
    amount_minor     bigint NOT NULL,
    suggested_action text NOT NULL,
    opened_at        timestamptz NOT NULL,
    due_at           timestamptz NOT NULL,
    resolved_at      timestamptz,
    UNIQUE (kind, stripe_id)
);

CREATE INDEX ledger_break_open ON ledger_break (opened_at, id) WHERE resolved_at IS NULL;
