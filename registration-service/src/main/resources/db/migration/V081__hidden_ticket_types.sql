-- Ticket types that only those see and buy who have one of their codes. A code is in capitals, so that it can be typed
-- in either case; null: nobody has one.
ALTER TABLE ticket_type
    ADD COLUMN hidden boolean NOT NULL DEFAULT false,
    ADD COLUMN access_codes text[];

SELECT declare_columns('not personal', 'ticket_type', 'access_codes');
