-- What Zoom last said no to, for whoever runs the event: one of our words, none of Zoom's.
ALTER TABLE zoom_meeting ADD COLUMN failure text;
ALTER TABLE zoom_registrant ADD COLUMN failure text;
SELECT declare_columns('not personal', 'zoom_meeting', 'failure');
SELECT declare_columns('not personal', 'zoom_registrant', 'failure');
COMMENT ON COLUMN zoom_meeting.failure IS 'why it is failing; not personal';
COMMENT ON COLUMN zoom_registrant.failure IS 'why it is failing; not personal';

-- Who was there is in their own export: registrants are forgotten once Zoom has told.
ALTER TABLE zoom_attendance ADD COLUMN address_sha256 bytea;
COMMENT ON COLUMN zoom_attendance.address_sha256 IS 'of the address that the ticket had at Zoom; null once its person is erased';
SELECT declare_columns('personal: no export, erase', 'zoom_attendance', 'address_sha256');
CREATE INDEX zoom_attendance_address ON zoom_attendance (address_sha256) WHERE address_sha256 IS NOT NULL;
