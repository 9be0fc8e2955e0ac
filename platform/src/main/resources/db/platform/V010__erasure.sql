-- People whom accounts-service has asked this service to erase. Nobody is named: the account's id is all that is kept.
CREATE TABLE erasure_task (
    erasure_id      uuid PRIMARY KEY,
    account_id      uuid        NOT NULL,
    received_at     timestamptz NOT NULL,
    attempts        integer     NOT NULL DEFAULT 0,
    next_attempt_at timestamptz NOT NULL,
    answered_at     timestamptz
);
COMMENT ON COLUMN erasure_task.received_at IS 'business time';
COMMENT ON COLUMN erasure_task.next_attempt_at IS 'system time; while somebody tries, when another one may';
CREATE INDEX erasure_task_open ON erasure_task (next_attempt_at) WHERE answered_at IS NULL;
CREATE INDEX erasure_task_unanswered ON erasure_task (received_at) WHERE answered_at IS NULL;
