package io.cpdevents.billing.broken;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;

/** An aggregate that knows the database and the clock. */
record Invoice(String id, Instant closedAt) {

  static Invoice read(ResultSet row) throws SQLException {
    return new Invoice(row.getString("id"), row.getTimestamp("closed_at").toInstant());
  }

  Invoice closed(Clock clock) {
    return new Invoice(id, clock.instant());
  }
}
