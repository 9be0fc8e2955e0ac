-- Events and their ticket types.
--
-- `taken` of an event or ticket type counts the places of registrations that are held or confirmed. Only guarded
-- statements change it (see Registrations and Places in the code); the CHECK constraints stand behind those guards.
-- A hot event's counter rises hundreds of times a second. Such an update stays a HOT update, which writes no index, as
-- long as its page has room (hence the fillfactor) and no index contains `taken`.

CREATE TABLE event (
    id                uuid PRIMARY KEY,
    organization_id   uuid NOT NULL,
    status            text NOT NULL CHECK (status IN ('draft', 'published', 'cancelled')),
    version           bigint NOT NULL CHECK (version > 0),
    title             text NOT NULL,
    mode              text NOT NULL CHECK (mode IN ('in-person', 'online', 'hybrid')),
    starts_at         timestamptz NOT NULL,
    ends_at           timestamptz NOT NULL CHECK (ends_at > starts_at),
    -- The latest of all ends since somebody registered: moving an event to an earlier day does not release money earlier.
    latest_ends_at    timestamptz NOT NULL CHECK (latest_ends_at >= ends_at),
    time_zone         text NOT NULL,
    currency          text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    capacity          integer NOT NULL,
    taken             integer NOT NULL DEFAULT 0,
    per_account_limit integer CHECK (per_account_limit > 0),
    venue             text,
    refund_policy     jsonb NOT NULL,
    hold_limits       jsonb NOT NULL,
    cpd_credits       numeric(6, 2) CHECK (cpd_credits >= 0),
    created_at        timestamptz NOT NULL,
    published_at      timestamptz CHECK ((published_at IS NULL) = (status = 'draft')),
    cancelled_at      timestamptz CHECK ((cancelled_at IS NOT NULL) = (status = 'cancelled')),
    CONSTRAINT event_taken_within_capacity CHECK (taken >= 0 AND taken <= capacity)
) WITH (fillfactor = 50);

-- A row of its own: it is long, and each change of `event.taken` would copy it.
CREATE TABLE event_description (
    event_id    uuid PRIMARY KEY REFERENCES event,
    description text NOT NULL
);

-- The words of title and venue, as SearchWords makes them. A row of its own for the same reason.
CREATE TABLE event_search (
    event_id uuid PRIMARY KEY REFERENCES event,
    words    tsvector NOT NULL
);

CREATE INDEX event_search_words ON event_search USING gin (words);

CREATE INDEX event_of_organization ON event (organization_id, created_at DESC, id DESC);
-- The public list: events that are not over, the soonest to end first.
CREATE INDEX event_on_sale ON event (ends_at, id) WHERE status = 'published';

CREATE TABLE ticket_type (
    id                   uuid PRIMARY KEY,
    event_id             uuid NOT NULL REFERENCES event,
    version              bigint NOT NULL DEFAULT 1 CHECK (version > 0),
    name                 text NOT NULL,
    price_minor          bigint NOT NULL CHECK (price_minor >= 0),
    quota                integer,
    taken                integer NOT NULL DEFAULT 0,
    sale_opens_at        timestamptz,
    sale_closes_at       timestamptz CHECK (sale_closes_at > sale_opens_at),
    min_per_registration integer NOT NULL CHECK (min_per_registration >= 1),
    max_per_registration integer NOT NULL CHECK (max_per_registration >= min_per_registration),
    created_at           timestamptz NOT NULL,
    CONSTRAINT ticket_type_taken_within_quota CHECK (taken >= 0 AND (quota IS NULL OR taken <= quota))
) WITH (fillfactor = 50);

CREATE INDEX ticket_type_of_event ON ticket_type (event_id, created_at, id);

-- How many registrations that are held or confirmed an account has for an event that limits them. The rows are counted
-- when the event gets its limit and removed when it loses it. Whoever writes them has locked the event's row.
CREATE TABLE account_limit_use (
    event_id      uuid NOT NULL REFERENCES event,
    account_id    uuid NOT NULL,
    registrations integer NOT NULL CHECK (registrations >= 0),
    PRIMARY KEY (event_id, account_id)
);

-- What was asked for when an event was cancelled, and how far the job that cancels its registrations has come.
CREATE TABLE event_cancellation (
    id                    uuid PRIMARY KEY,
    event_id              uuid NOT NULL UNIQUE REFERENCES event,
    reason                text NOT NULL,
    keep_fee_basis_points integer NOT NULL CHECK (keep_fee_basis_points BETWEEN 0 AND 10000),
    registrations         integer NOT NULL,
    cancelled             integer NOT NULL DEFAULT 0 CHECK (cancelled >= 0 AND cancelled <= registrations),
    requested_at          timestamptz NOT NULL,
    done_at               timestamptz
);

CREATE INDEX event_cancellation_running ON event_cancellation (requested_at) WHERE done_at IS NULL;

-- Registrations. Prices, currency, refund policy and `event_starts_at` are copies of what was agreed: a later change of
-- the event does not change them.

CREATE TABLE registration (
    id              uuid PRIMARY KEY,
    event_id        uuid NOT NULL REFERENCES event,
    organization_id uuid NOT NULL,
    account_id      uuid NOT NULL,
    status          text NOT NULL CHECK (status IN ('held', 'confirmed', 'expired', 'cancelled')),
    currency        text NOT NULL CHECK (currency ~ '^[A-Z]{3}$'),
    price_minor     bigint NOT NULL CHECK (price_minor >= 0),
    discount_minor  bigint NOT NULL CHECK (discount_minor >= 0),
    total_minor     bigint NOT NULL CHECK (total_minor >= 0),
    refund_policy   jsonb NOT NULL,
    event_starts_at timestamptz NOT NULL,
    payment_id      uuid,
    created_at      timestamptz NOT NULL,
    hold_expires_at timestamptz CHECK (status <> 'held' OR hold_expires_at IS NOT NULL),
    -- When the hold would have ended, if it was extended for a slow bank; null when it was not.
    hold_extended_from timestamptz,
    confirmed_at    timestamptz CHECK (status <> 'confirmed' OR confirmed_at IS NOT NULL),
    expired_at      timestamptz CHECK (status <> 'expired' OR expired_at IS NOT NULL),
    cancelled_at    timestamptz CHECK ((cancelled_at IS NOT NULL) = (status = 'cancelled')),
    CHECK (total_minor = price_minor - discount_minor)
) WITH (fillfactor = 90);

CREATE INDEX registration_of_account ON registration (account_id, created_at DESC, id DESC);
CREATE INDEX registration_of_event ON registration (event_id, created_at DESC, id DESC);
-- What an account has not paid for an event is counted whenever it registers, however much it has booked before.
CREATE INDEX registration_unpaid ON registration (account_id, event_id) WHERE status IN ('held', 'expired');
-- Contains nothing but holds, so that the sweep costs the same however many registrations there have been.
CREATE INDEX registration_hold_due ON registration (hold_expires_at) WHERE status = 'held';

CREATE TABLE ticket (
    id               uuid PRIMARY KEY,
    registration_id  uuid NOT NULL REFERENCES registration,
    position         integer NOT NULL,
    ticket_type_id   uuid NOT NULL REFERENCES ticket_type,
    ticket_type_name text NOT NULL,
    attendee_name    text NOT NULL,
    attendee_email   text NOT NULL,
    -- The secret that is shown at the entrance: 128 random bits that only the buyer and the organization are shown.
    code             text NOT NULL,
    price_minor      bigint NOT NULL CHECK (price_minor >= 0),
    discount_minor   bigint NOT NULL CHECK (discount_minor >= 0),
    total_minor      bigint NOT NULL CHECK (total_minor >= 0),
    status           text NOT NULL CHECK (status IN ('valid', 'cancelled')),
    cancelled_at     timestamptz CHECK ((cancelled_at IS NOT NULL) = (status = 'cancelled')),
    -- What is refunded for it because it was cancelled.
    refund_minor     bigint CHECK (refund_minor >= 0 AND refund_minor <= total_minor),
    CHECK (total_minor = price_minor - discount_minor),
    CHECK ((refund_minor IS NOT NULL) = (status = 'cancelled'))
);

CREATE INDEX ticket_of_registration ON ticket (registration_id, position);
-- A ticket type can be removed only if it has no tickets.
CREATE INDEX ticket_of_ticket_type ON ticket (ticket_type_id);

-- One row for the creation of a registration, and one for each state change after it.
CREATE TABLE registration_history (
    registration_id uuid NOT NULL REFERENCES registration,
    id              uuid NOT NULL,
    occurred_at     timestamptz NOT NULL,
    from_status     text,
    trigger         text NOT NULL,
    to_status       text NOT NULL,
    payment_id      uuid,
    -- Who cancelled, and why; null for everything but cancellations.
    cause           text CHECK (cause IN ('attendee', 'organization', 'event')),
    reason          text,
    PRIMARY KEY (registration_id, occurred_at, id)
);
REVOKE UPDATE, DELETE, TRUNCATE ON registration_history FROM ${runtimeRole};

-- Refunds that were requested of billing-service, and what has become of them. The runtime role can change nothing but the status.
CREATE TABLE refund_request (
    refund_id         uuid PRIMARY KEY,
    payment_id        uuid NOT NULL,
    registration_id   uuid NOT NULL REFERENCES registration,
    event_id          uuid NOT NULL,
    cause             text NOT NULL CHECK (cause IN ('attendee-cancelled', 'organization-cancelled',
                          'event-cancelled', 'payment-too-late', 'paid-twice')),
    -- What goes back for which ticket; empty: all that is left of the payment.
    lines             jsonb NOT NULL,
    status            text NOT NULL CHECK (status IN ('requested', 'succeeded', 'failed', 'cancelled')),
    requested_at      timestamptz NOT NULL,
    status_changed_at timestamptz NOT NULL
);
REVOKE UPDATE, DELETE, TRUNCATE ON refund_request FROM ${runtimeRole};
GRANT UPDATE (status, status_changed_at) ON refund_request TO ${runtimeRole};
CREATE INDEX refund_request_of_registration ON refund_request (registration_id);
-- A payment that bought nothing (late, or a second one) is refunded once.
CREATE UNIQUE INDEX refund_request_of_useless_payment ON refund_request (payment_id)
    WHERE cause IN ('payment-too-late', 'paid-twice');
-- The cancellation of an event returns the money of a registration once.
CREATE UNIQUE INDEX refund_request_of_cancelled_event ON refund_request (event_id, registration_id)
    WHERE cause = 'event-cancelled';

-- Disputes of payments. The tickets of a payment let nobody in while a bank takes all of its money back.
CREATE TABLE dispute (
    id              uuid PRIMARY KEY,
    payment_id      uuid NOT NULL,
    registration_id uuid NOT NULL REFERENCES registration,
    status          text NOT NULL CHECK (status IN ('inquiry', 'open', 'lost', 'over')),
    whole_payment   boolean NOT NULL,
    opened_at       timestamptz NOT NULL,
    changed_at      timestamptz NOT NULL
);
CREATE INDEX dispute_of_payment ON dispute (payment_id);
