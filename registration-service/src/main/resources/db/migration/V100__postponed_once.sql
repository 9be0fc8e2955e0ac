-- An event that has begun is postponed once whatever the plan allows; after that it is another publication.
ALTER TABLE event_move ADD COLUMN begins_again boolean NOT NULL DEFAULT false;
COMMENT ON COLUMN event_move.begins_again IS 'it had begun, or was over, and is held once more';
