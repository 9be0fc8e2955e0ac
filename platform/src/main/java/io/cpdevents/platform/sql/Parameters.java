package io.cpdevents.platform.sql;

import io.cpdevents.contracts.ContractsJson;
import java.math.BigDecimal;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Currency;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.SqlParameterValue;

/**
 * Writes Java values as parameters of PostgreSQL types; {@link Columns} reads them. Each parameter
 * has an explicit type, so that null works everywhere. Ids, texts and numbers that are never null
 * need none of these methods, because JDBC knows their types.
 */
public final class Parameters {

  private Parameters() {}

  /** A {@code timestamptz}, or null. */
  public static SqlParameterValue instant(@Nullable Instant value) {
    return new SqlParameterValue(
        Types.TIMESTAMP_WITH_TIMEZONE, value == null ? null : value.atOffset(ZoneOffset.UTC));
  }

  /** A {@code text}, or null. */
  public static SqlParameterValue text(@Nullable String value) {
    return new SqlParameterValue(Types.VARCHAR, value);
  }

  /** A {@code uuid}, or null. */
  public static SqlParameterValue uuid(@Nullable UUID value) {
    return new SqlParameterValue(Types.OTHER, value);
  }

  /** An {@code integer}, or null. */
  public static SqlParameterValue integer(@Nullable Integer value) {
    return new SqlParameterValue(Types.INTEGER, value);
  }

  /** A {@code bigint}, or null. */
  public static SqlParameterValue bigint(@Nullable Long value) {
    return new SqlParameterValue(Types.BIGINT, value);
  }

  /** A {@code numeric}, or null. */
  public static SqlParameterValue numeric(@Nullable BigDecimal value) {
    return new SqlParameterValue(Types.NUMERIC, value);
  }

  /** A {@code bytea}, or null. */
  public static SqlParameterValue bytes(byte @Nullable [] value) {
    return new SqlParameterValue(Types.BINARY, value);
  }

  /** An enumeration constant by its kebab-case name, or null. */
  public static SqlParameterValue constant(@Nullable Enum<?> value) {
    return text(value == null ? null : ContractsJson.kebabCase(value));
  }

  /** A currency by its ISO 4217 code. */
  public static String currency(Currency value) {
    return value.getCurrencyCode();
  }

  /** A value as {@code jsonb}. */
  public static SqlParameterValue json(Object value) {
    return new SqlParameterValue(Types.OTHER, DatabaseJson.write(value));
  }

  /** A {@code uuid[]}, with null where there is none; the statement casts it. */
  public static <T> @Nullable UUID[] uuids(
      Collection<T> of, Function<T, ? extends @Nullable UUID> id) {
    return of.stream().map(id).toArray(UUID[]::new);
  }

  /** A {@code timestamptz[]}, with null where there is none; the statement casts it from texts. */
  public static <T> @Nullable String[] instants(
      Collection<T> of, Function<T, ? extends @Nullable Instant> instant) {
    return of.stream().map(instant).map(Parameters::iso).toArray(String[]::new);
  }

  /** A {@code text[]} of kebab-case names, with null where there is none. */
  public static <T> @Nullable String[] constants(
      Collection<T> of, Function<T, ? extends @Nullable Enum<?>> constant) {
    return of.stream().map(constant).map(Parameters::kebabCase).toArray(String[]::new);
  }

  /** A {@code text[]}, with null where there is none; the statement casts it. */
  public static <T> @Nullable String[] texts(
      Collection<T> of, Function<T, ? extends @Nullable String> text) {
    return of.stream().map(text).toArray(String[]::new);
  }

  /** Values as a {@code jsonb[]}; the statement casts it from texts. */
  public static <T> String[] jsons(Collection<T> of, Function<T, ?> value) {
    return of.stream().map(value).map(DatabaseJson::text).toArray(String[]::new);
  }

  /** A {@code bigint[]}. */
  public static <T> Long[] bigints(Collection<T> of, ToLongFunction<T> number) {
    return of.stream().map(number::applyAsLong).toArray(Long[]::new);
  }

  /** An {@code integer[]}. */
  public static <T> Integer[] integers(Collection<T> of, ToIntFunction<T> number) {
    return of.stream().map(number::applyAsInt).toArray(Integer[]::new);
  }

  private static @Nullable String kebabCase(@Nullable Enum<?> constant) {
    return constant == null ? null : ContractsJson.kebabCase(constant);
  }

  private static @Nullable String iso(@Nullable Instant instant) {
    return instant == null ? null : instant.toString();
  }
}
