package io.cpdevents.registration.sql;

import io.cpdevents.platform.web.Cursor;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Between Java's values and PostgreSQL's columns: instants, enumerations, cursors. */
public final class Columns {

  private Columns() {}

  /** An instant as a {@code timestamptz} parameter. */
  public static OffsetDateTime utc(Instant instant) {
    return instant.atOffset(ZoneOffset.UTC);
  }

  /** An instant, or none, as a {@code timestamptz} parameter. */
  public static @Nullable OffsetDateTime utcOrNull(@Nullable Instant instant) {
    return instant == null ? null : utc(instant);
  }

  /** The time of the last row that the reader has seen. */
  public static @Nullable OffsetDateTime afterAt(Optional<Cursor> after) {
    return utcOrNull(after.map(Cursor::at).orElse(null));
  }

  /** The id of the last row that the reader has seen. */
  public static @Nullable UUID afterId(Optional<Cursor> after) {
    return after.map(Cursor::id).orElse(null);
  }

  /** The instant of a column that is never null. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** The instant of a column that may be null. */
  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /** The constant whose kebab-case name stands in a column. */
  public static <E extends Enum<E>> E constant(Class<E> type, ResultSet row, String column)
      throws SQLException {
    return constant(type, row.getString(column));
  }

  /** The constant of this kebab-case name. */
  public static <E extends Enum<E>> E constant(Class<E> type, String kebabCase) {
    return Enum.valueOf(type, kebabCase.toUpperCase(Locale.ROOT).replace('-', '_'));
  }
}
