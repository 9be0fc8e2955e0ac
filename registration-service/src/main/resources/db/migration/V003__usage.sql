-- What an organization's plan allows within a calendar month (UTC), as billing-service has told last; null: no limit.
CREATE TABLE entitlements (
    organization_id   uuid PRIMARY KEY,
    version           bigint NOT NULL,
    plan_id           text NOT NULL,
    max_publications  integer CHECK (max_publications >= 0),
    max_registrations integer CHECK (max_registrations >= 0),
    next_look_at      timestamptz CHECK (next_look_at IS NULL OR max_registrations IS NOT NULL)
);
COMMENT ON COLUMN entitlements.next_look_at IS 'when it is looked at again how many registrations are used; null when they have no limit';
CREATE INDEX entitlements_to_look_at ON entitlements (next_look_at) WHERE next_look_at IS NOT NULL;

-- Which organizations were told that so much of their registrations of a month is used; of another limit they are told anew.
CREATE TABLE usage_mark (
    organization_id   uuid NOT NULL,
    period_start      timestamptz NOT NULL,
    max_registrations integer NOT NULL,
    percent           integer NOT NULL CHECK (percent IN (80, 100)),
    reached_at        timestamptz NOT NULL,
    PRIMARY KEY (organization_id, period_start, max_registrations, percent)
);

-- How many events an organization has published in a month. A row for each month: nothing is ever reset.
CREATE TABLE publication_use (
    organization_id uuid NOT NULL,
    period_start    timestamptz NOT NULL,
    publications    integer NOT NULL CHECK (publications > 0),
    PRIMARY KEY (organization_id, period_start)
);

-- Registrations are counted when that is needed: a counter would make all buyers of an organization wait for one row.
CREATE INDEX registration_confirmed ON registration (organization_id, confirmed_at) WHERE confirmed_at IS NOT NULL;
