-- What an organizer asks of those who register. How many an event has stands in its row, so that registering for one
-- without any reads nothing more.
CREATE TABLE question (
    id       uuid PRIMARY KEY,
    event_id uuid NOT NULL REFERENCES event,
    position integer NOT NULL,
    label    text NOT NULL,
    kind     text NOT NULL CHECK (kind IN ('text', 'choice', 'consent')),
    required boolean NOT NULL,
    per      text NOT NULL CHECK (per IN ('buyer', 'ticket')),
    choices  text[] CHECK ((choices IS NOT NULL) = (kind = 'choice'))
);
CREATE INDEX question_of_event ON question (event_id, position);

ALTER TABLE event ADD COLUMN questions integer NOT NULL DEFAULT 0;

-- What was answered, with the question as it was asked then: a later change of the question changes nothing here. It is
-- written before its registration by the same transaction, so that the event's row is not locked meanwhile.
CREATE TABLE registration_answer (
    registration_id uuid NOT NULL,
    position        integer NOT NULL,
    question_id     uuid NOT NULL,
    ticket_id       uuid,
    label           text NOT NULL,
    kind            text NOT NULL CHECK (kind IN ('text', 'choice', 'consent')),
    -- Null when the person was erased.
    value           text,
    PRIMARY KEY (registration_id, position)
);
COMMENT ON COLUMN registration_answer.ticket_id IS 'null: what was asked of the buyer';

SELECT declare_columns('not personal', 'question', 'label', 'kind', 'per', 'choices');
SELECT declare_columns('not personal', 'registration_answer', 'label', 'kind');
SELECT declare_columns('personal: export, erase', 'registration_answer', 'value');
