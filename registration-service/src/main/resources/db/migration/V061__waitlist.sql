-- Those who wait for places of events. Whoever writes these rows has locked the event's row first, so that nobody
-- takes or gives back places of it meanwhile; after every commit no entry that waits fits what is left.
-- The places of an offer count in `taken` of the event and its ticket types, beside those that are held or confirmed.

CREATE TABLE waitlist_entry (
    id               uuid PRIMARY KEY,
    event_id         uuid NOT NULL REFERENCES event,
    organization_id  uuid NOT NULL,
    account_id       uuid NOT NULL,
    status           text NOT NULL CHECK (status IN
                         ('waiting', 'offered', 'accepted', 'declined', 'expired', 'left')),
    -- Of those who wait the lowest is the first.
    rank             numeric NOT NULL,
    -- All tickets together.
    places           integer NOT NULL CHECK (places > 0),
    joined_at        timestamptz NOT NULL,
    offer_expires_at timestamptz CHECK (status <> 'offered' OR offer_expires_at IS NOT NULL),
    registration_id  uuid UNIQUE REFERENCES registration
                         CHECK ((registration_id IS NOT NULL) = (status = 'accepted'))
);

CREATE UNIQUE INDEX waitlist_entry_live ON waitlist_entry (event_id, account_id)
    WHERE status IN ('waiting', 'offered');
CREATE UNIQUE INDEX waitlist_entry_waiting ON waitlist_entry (event_id, rank) INCLUDE (places)
    WHERE status = 'waiting';
CREATE INDEX waitlist_entry_offered ON waitlist_entry (offer_expires_at) WHERE status = 'offered';
CREATE INDEX waitlist_entry_of_event ON waitlist_entry (event_id, joined_at, id);
-- The last of all ranks there ever were is the one before who joins.
CREATE INDEX waitlist_entry_rank ON waitlist_entry (event_id, rank);
CREATE INDEX waitlist_entry_of_account ON waitlist_entry (account_id);

CREATE TABLE waitlist_ticket (
    entry_id       uuid NOT NULL REFERENCES waitlist_entry,
    ticket_type_id uuid NOT NULL REFERENCES ticket_type,
    quantity       integer NOT NULL CHECK (quantity > 0),
    PRIMARY KEY (entry_id, ticket_type_id)
);
CREATE INDEX waitlist_ticket_of_ticket_type ON waitlist_ticket (ticket_type_id);

-- What has happened to each entry. It says what it was among those who wait before and after, so that everybody's
-- position at any time can be told from it.
CREATE TABLE waitlist_history (
    id          uuid PRIMARY KEY,
    entry_id    uuid NOT NULL REFERENCES waitlist_entry,
    event_id    uuid NOT NULL,
    -- Rises with every change of an event's list.
    number      bigint GENERATED ALWAYS AS IDENTITY,
    occurred_at timestamptz NOT NULL,
    from_status text,
    trigger     text NOT NULL,
    to_status   text NOT NULL,
    from_rank   numeric,
    to_rank     numeric NOT NULL,
    -- Of the entry after it; null when it does not wait any more.
    position    integer CHECK (position > 0),
    -- What the organizer typed.
    reason      text
);
REVOKE UPDATE, DELETE, TRUNCATE ON waitlist_history FROM ${runtimeRole};
GRANT UPDATE (reason) ON waitlist_history TO ${runtimeRole};
CREATE INDEX waitlist_history_of_entry ON waitlist_history (entry_id, number);
CREATE INDEX waitlist_history_of_event ON waitlist_history (event_id, number);

SELECT declare_columns('not personal', 'waitlist_entry', 'status');
SELECT declare_columns('not personal', 'waitlist_history', 'from_status', 'trigger', 'to_status');
SELECT declare_columns('personal: export, erase', 'waitlist_history', 'reason');
