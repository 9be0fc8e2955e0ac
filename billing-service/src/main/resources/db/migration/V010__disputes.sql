-- What a buyer's bank takes back, or asks about. Stripe's view is kept beside what it means here.
CREATE TABLE dispute (
    id                      uuid PRIMARY KEY,
    stripe_dispute_id       text NOT NULL UNIQUE,
    payment_id              uuid NOT NULL REFERENCES payment (id),
    registration_id         uuid NOT NULL,
    organization_id         uuid NOT NULL,
    event_id                uuid NOT NULL,
    opened_at               timestamptz NOT NULL,
    currency                char(3) NOT NULL,
    amount_minor            bigint NOT NULL CHECK (amount_minor >= 0),
    reason                  text NOT NULL,
    stripe_status           text NOT NULL,
    status                  text NOT NULL CHECK (status IN (
                                'inquiry', 'open', 'won', 'lost', 'inquiry-closed', 'prevented')),
    closed_at               timestamptz,
    due_by                  timestamptz,
    awaits_evidence         boolean NOT NULL,
    under_review            boolean NOT NULL,
    submissions             bigint NOT NULL,
    submitted_at            timestamptz,
    next_reminder_at        timestamptz,
    taken_currency          char(3) NOT NULL,
    taken_minor             bigint NOT NULL,
    balance_transaction_ids text[] NOT NULL,
    booking                 text NOT NULL CHECK (booking IN ('none', 'held', 'lost')),
    changes                 integer NOT NULL,
    at_stake_minor          bigint NOT NULL,
    evidence                jsonb NOT NULL DEFAULT '{}',
    evidence_file_ids       uuid[] NOT NULL DEFAULT '{}',
    answered_by             uuid,
    answered_until          timestamptz,
    settled                 boolean NOT NULL,
    checks                  integer NOT NULL DEFAULT 0,
    next_check_at           timestamptz NOT NULL,
    CHECK ((closed_at IS NULL) = (status IN ('inquiry', 'open')))
);
COMMENT ON COLUMN dispute.currency IS 'of the amount that is disputed, which may differ from the payment''s';
COMMENT ON COLUMN dispute.stripe_status IS 'Stripe''s word, and so its spelling; one that we do not know is kept';
COMMENT ON COLUMN dispute.due_by IS 'until when evidence may be submitted; null when the bank takes none';
COMMENT ON COLUMN dispute.taken_minor IS 'what has been withdrawn and not been reinstated, before fees';
COMMENT ON COLUMN dispute.booking IS 'how the shares in its lines stand in the ledger';
COMMENT ON COLUMN dispute.changes IS 'how often the ledger has followed: part of the journals'' business id';
COMMENT ON COLUMN dispute.at_stake_minor IS 'what the organization loses if it is lost, in the payment''s currency; 0 once decided';
COMMENT ON COLUMN dispute.evidence IS 'the texts of the draft or of what was submitted, by their names in the API';
COMMENT ON COLUMN dispute.answered_by IS 'the request that has answered it last; it alone may, until it has done so or (answered_until, system time) has died';
COMMENT ON COLUMN dispute.settled IS 'nothing more is expected of Stripe';

CREATE INDEX dispute_of_payment ON dispute (payment_id);
CREATE INDEX dispute_by_organization ON dispute (organization_id, opened_at, id);
CREATE INDEX dispute_to_check ON dispute (next_check_at) WHERE NOT settled;
CREATE INDEX dispute_unanswered ON dispute (due_by) WHERE awaits_evidence;
CREATE INDEX dispute_to_remind ON dispute (next_reminder_at) WHERE next_reminder_at IS NOT NULL;

-- A ticket's part of what a dispute takes; its fee is what the platform bears of it.
CREATE TABLE dispute_line (
    dispute_id   uuid NOT NULL REFERENCES dispute (id),
    position     integer NOT NULL,
    ticket_id    uuid NOT NULL,
    amount_minor bigint NOT NULL CHECK (amount_minor > 0),
    fee_minor    bigint NOT NULL CHECK (fee_minor BETWEEN 0 AND amount_minor),
    PRIMARY KEY (dispute_id, ticket_id)
);

-- Files that were uploaded to Stripe as evidence; their content is there alone.
CREATE TABLE dispute_file (
    id             uuid PRIMARY KEY,
    dispute_id     uuid NOT NULL REFERENCES dispute (id),
    purpose        text NOT NULL,
    stripe_file_id text NOT NULL UNIQUE,
    size_bytes     integer NOT NULL CHECK (size_bytes > 0),
    uploaded_by    uuid NOT NULL,
    uploaded_at    timestamptz NOT NULL
);

CREATE INDEX dispute_file_of_dispute ON dispute_file (dispute_id);

-- Refunds that another service asked for while their payment was disputed: decided when no dispute of it is open any
-- more. Without tickets: all that is left then.
CREATE TABLE refund_request_waiting (
    refund_id     uuid PRIMARY KEY,
    payment_id    uuid NOT NULL REFERENCES payment (id),
    cause         text NOT NULL,
    currency      char(3) NOT NULL,
    ticket_ids    uuid[] NOT NULL,
    amounts_minor bigint[] NOT NULL,
    requested_at  timestamptz NOT NULL
);

CREATE INDEX refund_request_waiting_of_payment ON refund_request_waiting (payment_id);
