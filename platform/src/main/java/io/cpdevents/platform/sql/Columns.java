package io.cpdevents.platform.sql;

import io.cpdevents.platform.money.Money;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Currency;
import java.util.Locale;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads Java values from PostgreSQL columns; {@link Parameters} writes them. */
public final class Columns {

  private Columns() {}

  /** The id in a column that is never null. */
  public static UUID uuid(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  /** The id in a column that may be null. */
  public static @Nullable UUID uuidOrNull(ResultSet row, String column) throws SQLException {
    return row.getObject(column, UUID.class);
  }

  /** The ids in an array that may be null, each once. */
  public static @Nullable Set<UUID> uuidsOrNull(ResultSet row, String column) throws SQLException {
    Array array = row.getArray(column);
    return array == null ? null : Set.of((UUID[]) array.getArray());
  }

  /** The instant in a {@code timestamptz} column that is never null. */
  public static Instant instant(ResultSet row, String column) throws SQLException {
    return row.getObject(column, OffsetDateTime.class).toInstant();
  }

  /** The instant in a {@code timestamptz} column that may be null. */
  public static @Nullable Instant instantOrNull(ResultSet row, String column) throws SQLException {
    OffsetDateTime value = row.getObject(column, OffsetDateTime.class);
    return value == null ? null : value.toInstant();
  }

  /** The number in a column that may be null. */
  public static @Nullable Integer integerOrNull(ResultSet row, String column) throws SQLException {
    return row.getObject(column, Integer.class);
  }

  /** The constant whose kebab-case name is in a column that is never null. */
  public static <E extends Enum<E>> E constant(Class<E> type, ResultSet row, String column)
      throws SQLException {
    return constant(type, row.getString(column));
  }

  /** The constant whose kebab-case name is in a column that may be null. */
  public static <E extends Enum<E>> @Nullable E constantOrNull(
      Class<E> type, ResultSet row, String column) throws SQLException {
    String name = row.getString(column);
    return name == null ? null : constant(type, name);
  }

  /** The constant with this kebab-case name. */
  public static <E extends Enum<E>> E constant(Class<E> type, String kebabCase) {
    return Enum.valueOf(type, kebabCase.toUpperCase(Locale.ROOT).replace('-', '_'));
  }

  /** The currency whose ISO 4217 code is in a column. */
  public static Currency currency(ResultSet row, String column) throws SQLException {
    return Currency.getInstance(row.getString(column));
  }

  /** The amount in a column of minor units, in the currency of the column {@code currency}. */
  public static Money money(ResultSet row, String amountColumn) throws SQLException {
    return new Money(row.getLong(amountColumn), currency(row, "currency"));
  }

  /** The value of this type in a {@code jsonb} column that is never null. */
  public static <T> T json(Class<T> type, ResultSet row, String column) throws SQLException {
    return DatabaseJson.read(row.getString(column), type);
  }
}
