-- Promo codes. A use of one lives and dies with its registration: both are written by the statement that takes the
-- places, and given back with them.

CREATE TABLE promo_code (
    id               uuid PRIMARY KEY,
    organization_id  uuid NOT NULL,
    -- In capitals, so that a code can be typed in either case.
    code             text NOT NULL CHECK (code ~ '^[A-Z0-9][A-Z0-9_-]{1,63}$'),
    status           text NOT NULL CHECK (status IN ('active', 'ended')),
    percent_off      integer CHECK (percent_off BETWEEN 1 AND 10000),
    currency         text CHECK (currency ~ '^[A-Z]{3}$'),
    amount_off_minor bigint CHECK (amount_off_minor > 0),
    valid_from       timestamptz,
    valid_until      timestamptz CHECK (valid_until > valid_from),
    -- Null: all of the organization, also those that come later.
    event_ids        uuid[],
    ticket_type_ids  uuid[],
    created_at       timestamptz NOT NULL,
    CHECK ((percent_off IS NULL) <> (amount_off_minor IS NULL)),
    CHECK ((currency IS NULL) = (amount_off_minor IS NULL)),
    UNIQUE (organization_id, code)
);

CREATE INDEX promo_code_of_organization ON promo_code (organization_id, created_at DESC, id DESC);

-- What every registration with a code locks, so it is narrow and in no index: the counter, and all that a use is
-- guarded by. The version rises with every change of the code. There is no CHECK that uses stay within the limit,
-- because a limit may be lowered below them: then there is no further use.
CREATE TABLE promo_code_use (
    promo_code_id        uuid PRIMARY KEY REFERENCES promo_code,
    version              bigint NOT NULL CHECK (version > 0),
    max_uses             integer CHECK (max_uses > 0),
    max_uses_per_account integer CHECK (max_uses_per_account > 0),
    uses                 integer NOT NULL DEFAULT 0 CHECK (uses >= 0)
) WITH (fillfactor = 50);

-- Whoever writes these has locked the code's row above.
CREATE TABLE promo_code_account_use (
    promo_code_id uuid NOT NULL REFERENCES promo_code,
    account_id    uuid NOT NULL,
    uses          integer NOT NULL CHECK (uses >= 0),
    PRIMARY KEY (promo_code_id, account_id)
);

ALTER TABLE registration ADD COLUMN promo_code_id uuid REFERENCES promo_code;

-- The uses that live, to be counted beside the counters.
CREATE INDEX registration_with_promo_code ON registration (promo_code_id) INCLUDE (account_id)
    WHERE promo_code_id IS NOT NULL AND status IN ('held', 'confirmed');

SELECT declare_columns('not personal', 'promo_code', 'code', 'status', 'currency');
