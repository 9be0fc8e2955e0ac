-- Published events as registration-service has told them, each with its meeting at Zoom if it is to have one. Which
-- organizations are connected is asked when something is due, so rows wait for a connection without being looked at.
CREATE TABLE zoom_meeting (
  event_id         uuid PRIMARY KEY,
  organization_id  uuid NOT NULL,
  event_version    bigint NOT NULL,
  title            text NOT NULL,
  starts_at        timestamptz NOT NULL,
  ends_at          timestamptz NOT NULL,
  time_zone        text NOT NULL,
  status           text NOT NULL CHECK (status IN ('none', 'wanted', 'present', 'unwanted', 'over')),
  -- Rises with what Zoom shows of it, and what of that Zoom has.
  revision         integer NOT NULL DEFAULT 0,
  applied_revision integer NOT NULL DEFAULT 0,
  zoom_meeting_id  bigint,
  zoom_user_id     text CHECK (length(zoom_user_id) <= 200),
  -- Who had connected when it was made: with their account goes what they are called at Zoom.
  hosted_by        uuid,
  -- Whether Zoom was asked to make one since the last one was gone: the answer may have been lost.
  attempted        boolean NOT NULL DEFAULT false,
  closed           boolean NOT NULL DEFAULT false,
  due_at           timestamptz,
  failures         integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  failing_since    timestamptz,
  CHECK ((zoom_meeting_id IS NULL) = (zoom_user_id IS NULL)),
  CHECK ((zoom_meeting_id IS NULL) = (hosted_by IS NULL)),
  CHECK (status NOT IN ('present', 'over') OR zoom_meeting_id IS NOT NULL),
  CHECK (status NOT IN ('none', 'wanted') OR zoom_meeting_id IS NULL)
);

CREATE INDEX zoom_meeting_due ON zoom_meeting (organization_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX zoom_meeting_present ON zoom_meeting (organization_id) WHERE status = 'present';
CREATE INDEX zoom_meeting_host ON zoom_meeting (hosted_by) WHERE hosted_by IS NOT NULL;
CREATE INDEX zoom_meeting_open ON zoom_meeting (ends_at) WHERE NOT closed;
CREATE INDEX zoom_meeting_failing ON zoom_meeting (failing_since) WHERE failing_since IS NOT NULL;

-- Registrations that were confirmed, until their event is over: whoever connects later still has everybody registered.
CREATE TABLE zoom_registration (
  registration_id uuid PRIMARY KEY,
  event_id        uuid NOT NULL,
  account_id      uuid NOT NULL,
  revision        integer NOT NULL DEFAULT 1,
  due_at          timestamptz
);

CREATE INDEX zoom_registration_due ON zoom_registration (event_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX zoom_registration_event ON zoom_registration (event_id);
CREATE INDEX zoom_registration_account ON zoom_registration (account_id);

-- Who is to be at a meeting: one for each address, because Zoom tells them apart by it, however many tickets it has.
-- Name and address are asked of registration-service when they are needed, and kept nowhere.
CREATE TABLE zoom_registrant (
  id                 uuid PRIMARY KEY,
  event_id           uuid NOT NULL REFERENCES zoom_meeting (event_id) ON DELETE CASCADE,
  address_sha256     bytea NOT NULL CHECK (length(address_sha256) = 32),
  status             text NOT NULL CHECK (status IN ('adding', 'present', 'removing')),
  zoom_registrant_id text CHECK (length(zoom_registrant_id) <= 200),
  attempted          boolean NOT NULL DEFAULT false,
  due_at             timestamptz,
  failures           integer NOT NULL DEFAULT 0 CHECK (failures >= 0),
  failing_since      timestamptz,
  UNIQUE (event_id, address_sha256),
  CHECK (status <> 'present' OR zoom_registrant_id IS NOT NULL)
);

CREATE INDEX zoom_registrant_due ON zoom_registrant (event_id, due_at) WHERE due_at IS NOT NULL;
CREATE INDEX zoom_registrant_address ON zoom_registrant (address_sha256);
CREATE INDEX zoom_registrant_failing ON zoom_registrant (failing_since) WHERE failing_since IS NOT NULL;

CREATE TABLE zoom_ticket (
  ticket_id       uuid PRIMARY KEY,
  registration_id uuid NOT NULL,
  registrant_id   uuid NOT NULL REFERENCES zoom_registrant (id) ON DELETE CASCADE
);

CREATE INDEX zoom_ticket_registration ON zoom_ticket (registration_id);
CREATE INDEX zoom_ticket_registrant ON zoom_ticket (registrant_id);

SELECT declare_columns('not personal', 'zoom_meeting', 'title', 'time_zone', 'status');
SELECT declare_columns('personal: no export, erase', 'zoom_meeting', 'zoom_user_id');
-- It names a person at Zoom, which was not said before.
COMMENT ON COLUMN zoom_connection.zoom_user_id IS NULL;
SELECT declare_columns('personal: no export, erase', 'zoom_connection', 'zoom_user_id');
SELECT declare_columns('not personal', 'zoom_registrant', 'status');
SELECT declare_columns('personal: no export, erase', 'zoom_registrant', 'address_sha256', 'zoom_registrant_id');
