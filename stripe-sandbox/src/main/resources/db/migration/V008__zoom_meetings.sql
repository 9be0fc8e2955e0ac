-- Meetings at the stand-in for Zoom, their registrants and who was there.
CREATE TABLE zoom_meeting (
    id         bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY (START WITH 80000000001),
    grant_id   bigint NOT NULL,
    topic      text NOT NULL,
    agenda     text NOT NULL,
    start_time text NOT NULL,
    duration   integer NOT NULL,
    timezone   text NOT NULL
);

-- One for each address, whatever its case.
CREATE TABLE zoom_registrant (
    id         text PRIMARY KEY,
    meeting_id bigint NOT NULL REFERENCES zoom_meeting (id) ON DELETE CASCADE,
    email      text NOT NULL,
    first_name text NOT NULL,
    last_name  text NOT NULL
);

CREATE UNIQUE INDEX zoom_registrant_email ON zoom_registrant (meeting_id, lower(email));

-- When registrants, or others, have come and gone.
CREATE TABLE zoom_participant (
    id            bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    meeting_id    bigint NOT NULL REFERENCES zoom_meeting (id) ON DELETE CASCADE,
    registrant_id text NOT NULL,
    join_time     text NOT NULL,
    leave_time    text NOT NULL
);
