-- Limits that several ticket types of an event share. The counter is in the narrow row that placing locks; whoever
-- writes it, or says which ticket types share it, has locked the event's row first, and raises its version.

CREATE TABLE quota (
    id         uuid PRIMARY KEY,
    event_id   uuid NOT NULL REFERENCES event,
    version    bigint NOT NULL DEFAULT 1 CHECK (version > 0),
    name       text NOT NULL,
    capacity   integer NOT NULL,
    taken      integer NOT NULL,
    created_at timestamptz NOT NULL,
    CONSTRAINT quota_taken_within_capacity CHECK (taken >= 0 AND taken <= capacity)
) WITH (fillfactor = 50);
CREATE INDEX quota_of_event ON quota (event_id, created_at, id);

CREATE TABLE quota_ticket_type (
    ticket_type_id uuid NOT NULL REFERENCES ticket_type ON DELETE CASCADE,
    quota_id       uuid NOT NULL REFERENCES quota ON DELETE CASCADE,
    PRIMARY KEY (ticket_type_id, quota_id)
);
CREATE INDEX quota_ticket_type_of_quota ON quota_ticket_type (quota_id);

SELECT declare_columns('not personal', 'quota', 'name');
