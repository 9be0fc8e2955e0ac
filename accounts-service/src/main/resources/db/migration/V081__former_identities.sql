-- What an account was called before, and what its verified address was: tickets may still say so, and are found by it when
-- the person is exported or erased. It goes with the account.
CREATE TABLE former_identity (
  account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  email      text NOT NULL CHECK (email = lower(email) AND length(email) BETWEEN 3 AND 254),
  name       text NOT NULL CHECK (length(name) BETWEEN 1 AND 200),
  until      timestamptz NOT NULL,
  PRIMARY KEY (account_id, email, name)
);

INSERT INTO former_identity (account_id, email, name, until)
SELECT a.id, r.old_email, a.name, max(r.changed_at)
  FROM email_revert r
  JOIN account a ON a.id = r.account_id
 GROUP BY a.id, r.old_email, a.name;

SELECT declare_columns('personal: export, erase', 'former_identity', 'email', 'name');
