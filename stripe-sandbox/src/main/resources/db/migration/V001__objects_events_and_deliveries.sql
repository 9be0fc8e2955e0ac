-- Stripe's objects. "body" is what the API shows, "inner_facts" what it does not show.
-- Most rows are larger than the 2 kB above which PostgreSQL compresses them and stores them out of line, and hardly any is
-- larger than a page; with this target they stay in line.
CREATE TABLE stripe_object (
    id       text PRIMARY KEY,
    position bigint GENERATED ALWAYS AS IDENTITY,
    account  text   NOT NULL,
    kind     text   NOT NULL,
    created  bigint NOT NULL,
    body     jsonb  NOT NULL,
    inner_facts jsonb NOT NULL DEFAULT '{}'
) WITH (toast_tuple_target = 8160);
COMMENT ON COLUMN stripe_object.position IS 'the order of objects that were created in the same second';
-- For lists, which are in the order of creation, and for ranges of "created".
CREATE INDEX stripe_object_list ON stripe_object (account, kind, created, position);
CREATE INDEX stripe_object_by_payment_intent ON stripe_object (kind, (body ->> 'payment_intent')) WHERE body ->> 'payment_intent' IS NOT NULL;
CREATE INDEX stripe_object_by_charge ON stripe_object (kind, (body ->> 'charge')) WHERE body ->> 'charge' IS NOT NULL;
CREATE INDEX stripe_object_by_customer ON stripe_object (kind, (body ->> 'customer')) WHERE body ->> 'customer' IS NOT NULL;
CREATE INDEX stripe_object_by_source ON stripe_object (kind, (body ->> 'source')) WHERE kind = 'balance_transaction';
CREATE INDEX stripe_object_by_transfer_group ON stripe_object (kind, (body ->> 'transfer_group')) WHERE body ->> 'transfer_group' IS NOT NULL;
CREATE INDEX stripe_object_by_email ON stripe_object (kind, (body ->> 'email')) WHERE kind = 'customer';

-- The answer for an idempotency key is stored in the transaction of its effect, so that neither exists without the other.
CREATE TABLE stored_answer (
    account         text NOT NULL,
    idempotency_key text NOT NULL,
    request_hash    text NOT NULL,
    request_id      text NOT NULL,
    status          int  NOT NULL,
    body            text NOT NULL,
    stored_at       timestamptz NOT NULL,
    PRIMARY KEY (account, idempotency_key)
);
COMMENT ON COLUMN stored_answer.stored_at IS 'system time: idempotency does not follow the sandbox clock';
CREATE INDEX stored_answer_stored_at ON stored_answer (stored_at);

-- The outbox of webhooks: a row for each event and endpoint. Objects, events included, are written at the end of their
-- transaction, after the deliveries; so the reference is checked at the commit.
CREATE TABLE webhook_delivery (
    id              bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    event_id        text NOT NULL REFERENCES stripe_object (id) ON DELETE CASCADE DEFERRABLE INITIALLY DEFERRED,
    endpoint        text NOT NULL CHECK (endpoint IN ('platform', 'connect')),
    status          text NOT NULL CHECK (status IN ('pending', 'succeeded', 'failed', 'dropped')),
    attempts        int  NOT NULL DEFAULT 0,
    last_status     int,
    created_at      timestamptz NOT NULL,
    next_attempt_at timestamptz NOT NULL
);
CREATE INDEX webhook_delivery_due ON webhook_delivery (next_attempt_at) WHERE status = 'pending';
CREATE INDEX webhook_delivery_event ON webhook_delivery (event_id);

-- The steps that Stripe takes later by itself, due in the machine's time or in the sandbox's.
CREATE TABLE planned_step (
    id         bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    kind       text NOT NULL,
    subject_id text NOT NULL,
    due_at     timestamptz,
    due_clock  bigint,
    failures   int NOT NULL DEFAULT 0,
    CHECK ((due_at IS NULL) <> (due_clock IS NULL)),
    UNIQUE (kind, subject_id)
);
CREATE INDEX planned_step_due_at ON planned_step (due_at) WHERE due_at IS NOT NULL;
CREATE INDEX planned_step_due_clock ON planned_step (due_clock) WHERE due_clock IS NOT NULL;

CREATE TABLE sandbox_clock (
    only_row       boolean PRIMARY KEY DEFAULT true CHECK (only_row),
    offset_seconds bigint NOT NULL
);
INSERT INTO sandbox_clock (offset_seconds) VALUES (0);
