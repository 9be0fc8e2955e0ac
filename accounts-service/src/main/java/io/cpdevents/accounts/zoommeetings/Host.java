package io.cpdevents.accounts.zoommeetings;

import io.cpdevents.platform.sql.Columns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.UUID;

/**
 * For whom an organization is connected with Zoom now.
 *
 * @param userId who has allowed it, as Zoom calls them
 * @param accountId the member who they are here
 */
record Host(UUID connectionId, UUID organizationId, String userId, UUID accountId) {

  /** By the columns of a connection. */
  static Host of(ResultSet row) throws SQLException {
    return new Host(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "organization_id"),
        row.getString("zoom_user_id"),
        Columns.uuid(row, "connected_by"));
  }
}
