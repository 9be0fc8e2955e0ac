-- How far Stripe's lists of balance transactions have been read. A pass that was cut goes on where it stopped.
CREATE TABLE balance_progress (
    list           text PRIMARY KEY,
    followed_until timestamptz,
    pass_began_at  timestamptz,
    pass_reached   timestamptz,
    pass_held_at   timestamptz,
    CHECK ((pass_began_at IS NULL) = (pass_reached IS NULL))
);
COMMENT ON COLUMN balance_progress.list IS 'platform: what is new; platform-whole: everything, each night; or the same of a connected account, by its id';
COMMENT ON COLUMN balance_progress.followed_until IS 'everything before has been handled; null before the first pass has ended';
COMMENT ON COLUMN balance_progress.pass_began_at IS 'of the pass under way, which ends there; null when there is none';
COMMENT ON COLUMN balance_progress.pass_held_at IS 'the oldest transaction that this pass could not settle: followed_until does not pass it';
