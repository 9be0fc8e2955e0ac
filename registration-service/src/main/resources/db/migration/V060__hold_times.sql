-- How long places wait for money, and how long they are offered to somebody who waits for them, as the organizer says.
ALTER TABLE event ADD COLUMN hold_minutes integer NOT NULL DEFAULT 30;
ALTER TABLE event ADD COLUMN offer_minutes integer NOT NULL DEFAULT 240;
ALTER TABLE event ADD CONSTRAINT event_hold_minutes CHECK (hold_minutes BETWEEN 10 AND 120) NOT VALID;
ALTER TABLE event ADD CONSTRAINT event_offer_minutes CHECK (offer_minutes BETWEEN 15 AND 4320) NOT VALID;
ALTER TABLE event VALIDATE CONSTRAINT event_hold_minutes;
ALTER TABLE event VALIDATE CONSTRAINT event_offer_minutes;

-- Whether a hold was lengthened because a bank had refused: that happens once.
ALTER TABLE registration ADD COLUMN hold_retry_given boolean NOT NULL DEFAULT false;
