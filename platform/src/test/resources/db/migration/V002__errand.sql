CREATE TABLE errand (
    id       text PRIMARY KEY,
    status   text NOT NULL,
    begun_at timestamptz NOT NULL
);
