-- What people propose to do with money in suspense. A second person decides; the rows stay as the history of a break.
CREATE TABLE break_resolution (
    id           uuid PRIMARY KEY,
    break_id     uuid NOT NULL REFERENCES ledger_break (id),
    account      text NOT NULL,
    currency     char(3) NOT NULL,
    amount_minor bigint NOT NULL,
    reason       text NOT NULL,
    proposed_by  uuid NOT NULL,
    proposed_at  timestamptz NOT NULL,
    outcome      text CHECK (outcome IN ('approved', 'rejected', 'taken-back', 'not-needed')),
    decided_by   uuid,
    decided_at   timestamptz,
    comment      text,
    journal_id   uuid REFERENCES journal (id),
    CHECK ((outcome IS NULL) = (decided_at IS NULL)),
    CHECK ((outcome = 'approved') = (journal_id IS NOT NULL)),
    CHECK (outcome <> 'approved' OR decided_by <> proposed_by)
);
COMMENT ON COLUMN break_resolution.amount_minor IS 'what leaves suspense, debit positive on the account';
COMMENT ON COLUMN break_resolution.outcome IS 'null while it waits for a second person; not-needed: the break has resolved itself';
COMMENT ON COLUMN break_resolution.comment IS 'why it was rejected';

CREATE UNIQUE INDEX break_resolution_waiting ON break_resolution (break_id) WHERE outcome IS NULL;
CREATE INDEX break_resolution_of_break ON break_resolution (break_id, proposed_at);
REVOKE DELETE, TRUNCATE ON break_resolution FROM ${runtimeRole};
