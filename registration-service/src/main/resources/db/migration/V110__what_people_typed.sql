-- What people have typed, and whom a ticket was for, is found when somebody is erased, without reading all that ever happened.
CREATE INDEX registration_history_typed ON registration_history (registration_id) WHERE reason IS NOT NULL;
CREATE INDEX waitlist_history_typed ON waitlist_history (entry_id) WHERE reason IS NOT NULL;
CREATE INDEX ticket_change_of_former_holder ON ticket_change (lower(former_email));
