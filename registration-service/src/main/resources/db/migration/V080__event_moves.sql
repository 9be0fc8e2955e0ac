-- Each time a published event for which somebody had registered got another time or place. Whoever had registered
-- before is told, and may cancel for nothing for a while.

-- What is told together: changes within minutes are one notice.
CREATE TABLE event_move_notice (
    id       uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event,
    tell_at  timestamptz NOT NULL,
    -- The last registration that was told; null before the first one.
    after_at timestamptz,
    after_id uuid,
    told_at  timestamptz,
    CHECK ((after_at IS NULL) = (after_id IS NULL))
);
CREATE INDEX event_move_notice_due ON event_move_notice (tell_at) WHERE told_at IS NULL;
CREATE INDEX event_move_notice_open ON event_move_notice (event_id) WHERE told_at IS NULL;

CREATE TABLE event_move (
    id             uuid PRIMARY KEY,
    event_id       uuid NOT NULL REFERENCES event,
    notice_id      uuid NOT NULL REFERENCES event_move_notice,
    -- When and where it was to take place before this change.
    from_starts_at timestamptz NOT NULL,
    from_ends_at   timestamptz NOT NULL,
    from_mode      text NOT NULL CHECK (from_mode IN ('in-person', 'online', 'hybrid')),
    from_venue     text,
    moved_at       timestamptz NOT NULL,
    -- Until when those who had registered may cancel for nothing because of it; null when it is too small a change.
    free_until     timestamptz CHECK (free_until > moved_at)
);
CREATE INDEX event_move_of_event ON event_move (event_id, moved_at, id);

SELECT declare_columns('not personal', 'event_move', 'from_mode', 'from_venue');
