-- When Zoom's report about a meeting that is over is read next, and when it was.
ALTER TABLE zoom_meeting
  ADD COLUMN report_due_at      timestamptz,
  ADD COLUMN report_read_at     timestamptz;

CREATE INDEX zoom_meeting_report ON zoom_meeting (organization_id, report_due_at) WHERE report_due_at IS NOT NULL;

-- How long whoever holds a ticket was at its event's meeting; 0 minutes: not at all.
CREATE TABLE zoom_attendance (
  ticket_id       uuid PRIMARY KEY,
  registration_id uuid NOT NULL,
  event_id        uuid NOT NULL REFERENCES zoom_meeting (event_id),
  organization_id uuid NOT NULL,
  minutes         integer NOT NULL CHECK (minutes >= 0),
  joined_at       timestamptz,
  left_at         timestamptz CHECK (left_at >= joined_at),
  read_at         timestamptz NOT NULL,
  CHECK ((joined_at IS NULL) = (minutes = 0)),
  CHECK ((joined_at IS NULL) = (left_at IS NULL))
);

CREATE INDEX zoom_attendance_event ON zoom_attendance (organization_id, event_id, read_at, ticket_id);
