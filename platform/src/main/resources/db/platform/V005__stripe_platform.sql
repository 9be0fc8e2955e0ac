-- Whose account at Stripe the key was of when a service asked first; one row, in services that have a key.
CREATE TABLE stripe_platform (
    id         smallint PRIMARY KEY CHECK (id = 1),
    account_id text NOT NULL,
    live       boolean NOT NULL
);
COMMENT ON COLUMN stripe_platform.live IS 'false: in test mode, which has objects of its own';
