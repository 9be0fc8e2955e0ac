-- Plans are data. Only what a fee needs is here; prices and limits come with subscriptions.
CREATE TABLE plan (
    id   text PRIMARY KEY,
    name text NOT NULL
);

-- What the platform keeps of payments: the rule of a plan that began last holds.
CREATE TABLE fee_rule (
    plan_id      text NOT NULL REFERENCES plan (id),
    valid_from   timestamptz NOT NULL,
    basis_points integer NOT NULL CHECK (basis_points BETWEEN 0 AND 10000),
    PRIMARY KEY (plan_id, valid_from)
);

-- The fixed part for each paid ticket, by currency, in Stripe's minor unit.
CREATE TABLE fee_rule_amount (
    plan_id                text NOT NULL,
    valid_from             timestamptz NOT NULL,
    currency               char(3) NOT NULL,
    fixed_per_ticket_minor bigint NOT NULL CHECK (fixed_per_ticket_minor >= 0),
    PRIMARY KEY (plan_id, valid_from, currency),
    FOREIGN KEY (plan_id, valid_from) REFERENCES fee_rule (plan_id, valid_from)
);

INSERT INTO plan (id, name)
VALUES ('free', 'Free'), ('starter', 'Starter'), ('professional', 'Professional');

INSERT INTO fee_rule (plan_id, valid_from, basis_points)
VALUES ('free', '-infinity', 500), ('starter', '-infinity', 300), ('professional', '-infinity', 150);

INSERT INTO fee_rule_amount (plan_id, valid_from, currency, fixed_per_ticket_minor)
SELECT plan_id, '-infinity', currency, fixed_per_ticket_minor
FROM (VALUES
          ('free', 'CAD', 50), ('free', 'USD', 50), ('free', 'EUR', 50), ('free', 'GBP', 50), ('free', 'AUD', 50),
          ('free', 'JPY', 50), ('free', 'KWD', 150),
          ('starter', 'CAD', 30), ('starter', 'USD', 30), ('starter', 'EUR', 30), ('starter', 'GBP', 30), ('starter', 'AUD', 30),
          ('starter', 'JPY', 30), ('starter', 'KWD', 90),
          ('professional', 'CAD', 20), ('professional', 'USD', 20), ('professional', 'EUR', 20), ('professional', 'GBP', 20),
          ('professional', 'AUD', 20), ('professional', 'JPY', 20), ('professional', 'KWD', 60))
     AS amount (plan_id, currency, fixed_per_ticket_minor);
