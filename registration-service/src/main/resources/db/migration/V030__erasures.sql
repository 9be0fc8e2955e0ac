-- What was typed about a cancellation goes with the person whom it is about; nothing else of the history changes.
GRANT UPDATE (reason) ON registration_history TO ${runtimeRole};

-- Tickets that name a person are found by the address when the person is erased.
CREATE INDEX ticket_of_attendee ON ticket (lower(attendee_email));
