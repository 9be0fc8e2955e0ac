-- Each column that can hold what people type says in its comment whether it is about a person, and then whether it is in
-- the person's export and what an erasure does with it; a test of each service fails for a column that does not:
--   not personal
--   personal: export, erase        it is in the export, and empty after an erasure
--   personal: no export, erase     a secret or a copy
--   personal: export, keep         kept by the account's id; the answer to an erasure names the ground
--   personal: no export, passing   there for a moment, or for hours at most
CREATE FUNCTION declare_columns(rule text, of_table regclass, VARIADIC columns text[]) RETURNS void
    LANGUAGE plpgsql AS $$
DECLARE
    col    text;
    before text;
BEGIN
    IF rule !~ '^(not personal|personal: (no )?export, (erase|keep|passing))$' THEN
        RAISE EXCEPTION 'no rule is called %', rule;
    END IF;
    FOREACH col IN ARRAY columns LOOP
        SELECT col_description(of_table, attnum) INTO STRICT before FROM pg_attribute
        WHERE attrelid = of_table AND attname = col AND NOT attisdropped;
        EXECUTE format('COMMENT ON COLUMN %s.%I IS %L', of_table, col, concat_ws('; ', before, rule));
    END LOOP;
END $$;

SELECT declare_columns('not personal', 'outbox', 'topic', 'key', 'event_type', 'trace_parent');
SELECT declare_columns('personal: no export, passing', 'outbox', 'payload');
SELECT declare_columns('not personal', 'outbox_parked_key', 'topic', 'key', 'reason');
SELECT declare_columns('not personal', 'inbox', 'consumer');
SELECT declare_columns('not personal', 'parked_message',
    'consumer', 'topic', 'key', 'event_type', 'trace_parent', 'reason');
SELECT declare_columns('personal: no export, erase', 'parked_message', 'payload');
SELECT declare_columns('not personal', 'api_idempotency',
    'scope', 'key', 'request_hash', 'content_type', 'location', 'etag');
SELECT declare_columns('personal: no export, passing', 'api_idempotency', 'body');
SELECT declare_columns('not personal', 'scheduled_tasks', 'task_name', 'task_instance', 'task_data', 'picked_by');
SELECT declare_columns('not personal', 'stripe_platform', 'account_id');
