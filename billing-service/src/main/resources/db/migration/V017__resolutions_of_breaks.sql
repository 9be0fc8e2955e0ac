-- What people propose to do with the money of a break. A second person decides; the rows stay as the history of a break.
CREATE TABLE break_resolution (
    id           uuid PRIMARY KEY,
    break_id     uuid NOT NULL REFERENCES ledger_break (id),
    account      text NOT NULL,
    currency     char(3) NOT NULL,
    amount_minor bigint NOT NULL,
    reason       text NOT NULL,
    proposed_by  uuid NOT NULL,
    proposed_at  timestamptz NOT NULL,
    status       text NOT NULL CHECK (status IN ('proposed', 'approved', 'rejected', 'taken-back', 'not-needed')),
    decided_by   uuid,
    decided_at   timestamptz,
    comment      text,
    journal_id   uuid REFERENCES journal (id),
    CHECK ((status = 'proposed') = (decided_at IS NULL)),
    CHECK ((status = 'approved') = (journal_id IS NOT NULL)),
    CHECK (status NOT IN ('approved', 'rejected') OR decided_by <> proposed_by)
);
COMMENT ON COLUMN break_resolution.amount_minor IS 'what the account gets, debit positive';
COMMENT ON COLUMN break_resolution.status IS 'proposed: it waits for a second person; not-needed: the break has resolved itself';
COMMENT ON COLUMN break_resolution.comment IS 'why it was rejected';

CREATE UNIQUE INDEX break_resolution_waiting ON break_resolution (break_id) WHERE status = 'proposed';
CREATE INDEX break_resolution_of_break ON break_resolution (break_id, proposed_at);
REVOKE DELETE, TRUNCATE ON break_resolution FROM ${runtimeRole};

-- What of a refund is owed, and what of a dispute is nobody's, is asked when people decide about it.
CREATE INDEX journal_of_refund ON journal (refund_id) WHERE refund_id IS NOT NULL;
CREATE INDEX journal_of_dispute ON journal (dispute_id) WHERE dispute_id IS NOT NULL;

-- What of a dispute was written off, in the currency in which it was taken. What comes back after that is a new task.
ALTER TABLE dispute ADD COLUMN written_off_minor bigint NOT NULL DEFAULT 0;
ALTER TABLE dispute DROP CONSTRAINT dispute_booking_check;
ALTER TABLE dispute ADD CONSTRAINT dispute_booking_check CHECK (booking IN ('none', 'held', 'lost', 'written-off'));

-- What organizations have owed and was written off, less what has come back of it since: a lost dispute that is won
-- after all covers this first.
CREATE TABLE written_off_debt (
    organization_id uuid NOT NULL,
    currency        char(3) NOT NULL,
    amount_minor    bigint NOT NULL CHECK (amount_minor >= 0),
    PRIMARY KEY (organization_id, currency)
);
