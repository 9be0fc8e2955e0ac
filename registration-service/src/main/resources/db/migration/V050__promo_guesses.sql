-- Wrong promo codes from one network for one organization: codes are words, and could be guessed.
CREATE TABLE promo_guess (
    guesser        bytea PRIMARY KEY CHECK (length(guesser) = 32),
    wrong          integer NOT NULL CHECK (wrong > 0),
    window_ends_at timestamptz NOT NULL
);
COMMENT ON COLUMN promo_guess.guesser IS 'SHA-256 of the organization and the network: it is not compared across organizations';
CREATE INDEX promo_guess_old ON promo_guess (window_ends_at);
SELECT declare_columns('personal: no export, passing', 'promo_guess', 'guesser');
