package io.cpdevents.accounts.secrets;

import io.cpdevents.platform.sql.Columns;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;

/** Reads the contents of mails with links from the rows of whatever they are about. */
public final class LinkMailRows {

  private LinkMailRows() {}

  /** From a row that has a column for each field but the link. */
  public static LinkMail of(ResultSet row, URI link) throws SQLException {
    return new LinkMail(
        row.getString("email"),
        row.getString("name"),
        row.getString("locale"),
        row.getString("time_zone"),
        link.toString(),
        Columns.instant(row, "requested_at"),
        row.getString("ip_address"),
        row.getString("device"),
        Columns.instant(row, "expires_at"));
  }
}
