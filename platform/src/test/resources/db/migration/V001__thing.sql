CREATE TABLE thing (
    id   uuid PRIMARY KEY,
    name text NOT NULL
);
CREATE TABLE handled (
    id             bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    key            text NOT NULL,
    sequence       integer NOT NULL
);
