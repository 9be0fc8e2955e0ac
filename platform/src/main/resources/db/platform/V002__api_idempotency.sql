-- A row for each Idempotency-Key of a caller and path. After a crash, a request with the same key continues its intent.
CREATE TABLE api_idempotency (
    scope        text        NOT NULL,
    key          text        NOT NULL,
    request_hash bytea       NOT NULL,
    intent_id    uuid        NOT NULL,
    locked_until timestamptz,           -- system time; null: not running
    status       integer,               -- null: no answer yet
    content_type text,
    location     text,
    body         bytea,
    created_at   timestamptz NOT NULL,  -- system time
    PRIMARY KEY (scope, key)
);
CREATE INDEX api_idempotency_created ON api_idempotency (created_at);
