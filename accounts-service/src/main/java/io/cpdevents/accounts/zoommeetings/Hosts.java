package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads hosts from rows of statements that join connections. */
final class Hosts {

  private Hosts() {}

  /** By the columns of a connection. */
  static Host of(ResultSet row) throws SQLException {
    return new Host(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        row.getString("zoom_user_id"),
        Columns.uuid(row, "connected_by"));
  }
}
