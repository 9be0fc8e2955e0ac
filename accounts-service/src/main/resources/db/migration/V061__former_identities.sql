-- What somebody was called before: tickets were booked under it, and when the person is erased it has to be found.
CREATE TABLE former_identity (
  account_id uuid NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  kind       text NOT NULL CHECK (kind IN ('email', 'name')),
  value      text NOT NULL,
  PRIMARY KEY (account_id, kind, value)
);

SELECT declare_columns('not personal', 'former_identity', 'kind');
SELECT declare_columns('personal: export, erase', 'former_identity', 'value');
