-- What an organization remembers about a registration; its buyer gets it with the export, and it goes with an erasure.
CREATE TABLE registration_note (
    id              uuid PRIMARY KEY,
    registration_id uuid NOT NULL REFERENCES registration,
    text            text NOT NULL,
    made_by         uuid NOT NULL,
    made_at         timestamptz NOT NULL
);
CREATE INDEX registration_note_of_registration ON registration_note (registration_id, made_at, id);
SELECT declare_columns('personal: export, erase', 'registration_note', 'text');
