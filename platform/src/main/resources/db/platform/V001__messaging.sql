-- The transactional outbox. A row exists from the commit of its transaction until Kafka has the event.
CREATE TABLE outbox (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    topic        text        NOT NULL,
    key          text        NOT NULL,
    event_id     uuid        NOT NULL,
    event_type   text,                  -- null for a tombstone
    payload      bytea,                 -- null for a tombstone
    occurred_at  timestamptz NOT NULL,  -- business time
    trace_parent text,
    CHECK ((event_type IS NULL) = (payload IS NULL))
) WITH (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000);

-- Keys of which the broker rejects a record. Their rows wait for an operator; other keys are published.
CREATE TABLE outbox_parked_key (
    topic     text        NOT NULL,
    key       text        NOT NULL,
    reason    text        NOT NULL,
    parked_at timestamptz NOT NULL,
    PRIMARY KEY (topic, key)
);

-- The inbox: the events that a consumer has handled. Event ids are UUIDv7, so a range of ids is a range of time, and old
-- weeks are dropped as whole partitions.
CREATE TABLE inbox (
    event_id uuid NOT NULL,
    consumer text NOT NULL,
    PRIMARY KEY (event_id, consumer)
) PARTITION BY RANGE (event_id);

CREATE TABLE inbox_other PARTITION OF inbox DEFAULT;

-- Creates the partitions of the weeks from keep_from to ahead_until and drops older ones. It runs with the rights of the
-- owner, because the runtime role may not change tables.
CREATE FUNCTION inbox_maintain(keep_from timestamptz, ahead_until timestamptz) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
DECLARE
    week_seconds constant bigint := 7 * 24 * 3600;
    first_week   constant bigint := floor(extract(epoch FROM keep_from) / week_seconds);
    last_week    constant bigint := floor(extract(epoch FROM ahead_until) / week_seconds);
    week         bigint;
    partition    record;
BEGIN
    PERFORM pg_advisory_xact_lock(hashtext('inbox_maintain'));
    FOR week IN first_week..last_week LOOP
        IF to_regclass('inbox_w' || week) IS NULL THEN
            EXECUTE format('CREATE TABLE %I PARTITION OF inbox FOR VALUES FROM (%L) TO (%L)',
                'inbox_w' || week,
                rpad(lpad(to_hex(week * week_seconds * 1000), 12, '0'), 32, '0')::uuid,
                rpad(lpad(to_hex((week + 1) * week_seconds * 1000), 12, '0'), 32, '0')::uuid);
        END IF;
    END LOOP;
    FOR partition IN
        SELECT child.relname AS name FROM pg_inherits
        JOIN pg_class child ON child.oid = pg_inherits.inhrelid
        WHERE pg_inherits.inhparent = 'inbox'::regclass
          AND child.relname ~ '^inbox_w[0-9]+$'
          AND substring(child.relname FROM 8)::bigint < first_week
    LOOP
        EXECUTE format('DROP TABLE %I', partition.name);
    END LOOP;
END $$;

REVOKE ALL ON FUNCTION inbox_maintain(timestamptz, timestamptz) FROM PUBLIC;
GRANT EXECUTE ON FUNCTION inbox_maintain(timestamptz, timestamptz) TO "${runtimeRole}";
SELECT inbox_maintain(now() - interval '28 days', now() + interval '28 days');

-- Messages that could not be handled, and later ones of the same key that are queued behind them, in their order.
CREATE TABLE parked_message (
    id           bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    consumer     text        NOT NULL,
    topic        text        NOT NULL,
    partition    integer     NOT NULL,
    record_offset bigint     NOT NULL,
    key          text        NOT NULL,
    event_id     uuid,
    event_type   text,
    payload      bytea,
    trace_parent text,
    reason       text        NOT NULL,
    attempts     integer     NOT NULL,  -- 0: queued behind another one
    parked_at    timestamptz NOT NULL,
    UNIQUE (consumer, topic, partition, record_offset)
);
CREATE INDEX parked_message_key ON parked_message (consumer, topic, key, id);
