-- Which request a key belongs to: a test can see that every one that moves money has a key of the service's own.
ALTER TABLE stored_answer ADD COLUMN path text NOT NULL DEFAULT '';
COMMENT ON COLUMN stored_answer.path IS 'of the route, with {id} for ids';

-- Requests that break the rules of Stripe's API, whatever state its objects are in: the caller has to be mended.
CREATE TABLE illegal_request (
    id           bigint PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
    method       text NOT NULL,
    path         text NOT NULL,
    status       int  NOT NULL,
    error        jsonb NOT NULL,
    requested_at timestamptz NOT NULL
);
