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
    UNIQUE (kind, business_id)
);
COMMENT ON COLUMN journal.payment_id IS 'what the journal is about, as far as it is about something; so are the three below';

CREATE INDEX journal_by_time ON journal (recorded_at, id);

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
REVOKE UPDATE, DELETE, TRUNCATE ON journal, posting FROM ${runtimeRole};

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
