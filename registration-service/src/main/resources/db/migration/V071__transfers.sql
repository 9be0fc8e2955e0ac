-- Whether and until when buyers may give the tickets of an event to others. Without a row they may until it starts.
CREATE TABLE transfer_rules (
    event_id uuid PRIMARY KEY REFERENCES event,
    allowed  boolean NOT NULL,
    -- Null: until the event starts.
    until_at timestamptz
);
