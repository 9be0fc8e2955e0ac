-- Who has come, and who had a ticket before.

-- A scanner reads nothing but the code.
CREATE INDEX ticket_of_code ON ticket (code);

-- Whenever a ticket was given to somebody else, or its holder's name was corrected: what was so until then.
CREATE TABLE ticket_change (
    id             uuid PRIMARY KEY,
    ticket_id      uuid NOT NULL REFERENCES ticket,
    former_name    text NOT NULL,
    former_email   text NOT NULL,
    -- Null when the ticket has kept its code. It let its holder in until then: a scanner that was offline may have seen it.
    former_code    text,
    changed_at     timestamptz NOT NULL,
    changed_by     uuid NOT NULL
);
CREATE INDEX ticket_change_of_ticket ON ticket_change (ticket_id, changed_at);
CREATE INDEX ticket_change_of_code ON ticket_change (former_code) WHERE former_code IS NOT NULL;
SELECT declare_columns('not personal', 'ticket_change', 'former_code');
SELECT declare_columns('personal: export, erase', 'ticket_change', 'former_name', 'former_email');

-- Every scan of a ticket that was good when it was scanned, also one that says nothing new: what follows from all of them
-- together does not depend on the order in which scanners that were offline upload them. A scan is only ever undone.
CREATE TABLE check_in_scan (
    id          uuid PRIMARY KEY,
    ticket_id   uuid NOT NULL REFERENCES ticket,
    direction   text NOT NULL CHECK (direction IN ('in', 'out')),
    scanned_at  timestamptz NOT NULL,
    scanned_by  uuid NOT NULL,
    received_at timestamptz NOT NULL,
    undone_at   timestamptz,
    undone_by   uuid CHECK ((undone_by IS NULL) = (undone_at IS NULL)),
    -- A scan that is uploaded again is the same scan.
    UNIQUE (ticket_id, scanned_at, direction, scanned_by)
);
REVOKE UPDATE, DELETE, TRUNCATE ON check_in_scan FROM ${runtimeRole};
GRANT UPDATE (undone_at, undone_by) ON check_in_scan TO ${runtimeRole};
SELECT declare_columns('not personal', 'check_in_scan', 'direction');

-- What follows from the scans of a ticket, for lists. Whoever writes it has locked the ticket's registration.
CREATE TABLE check_in (
    ticket_id     uuid PRIMARY KEY REFERENCES ticket,
    checked_in_at timestamptz NOT NULL,
    checked_in_by uuid NOT NULL,
    inside        boolean NOT NULL,
    left_at       timestamptz CHECK (left_at IS NOT NULL OR inside)
);
