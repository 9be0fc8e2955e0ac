package io.cpdevents.driver.invariants;

import io.cpdevents.driver.World;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Ids that somebody has; one may be there twice. */
final class Ids {

  /** Equal when there are as many and, but for a chance in 2^48, they are the same. */
  private record Fingerprint(long count, long mixed) {}

  private static final int MAX_TOLD_IDS = 10;
  private static final long LAST_DIGITS = (1L << 48) - 1;

  private final String what;
  private final Supplier<Fingerprint> fingerprint;

  /** Fetched only when fingerprints differ: under load there are hundreds of thousands. */
  private final Supplier<Collection<UUID>> all;

  /**
   * Found when they are compared.
   *
   * @param what what they are, in the plural
   */
  private Ids(String what, Supplier<Fingerprint> fingerprint, Supplier<Collection<UUID>> all) {
    this.what = what;
    this.fingerprint = fingerprint;
    this.all = all;
  }

  /** Those that a query gives as its only column. */
  static Ids in(World world, String what, String database, String query, Object... parameters) {
    return new Ids(
        what,
        () ->
            world
                .databases()
                .rows(
                    database,
                    """
                    SELECT count(*), coalesce(bit_xor(('x' || right(id::text, 12))::bit(48)::bigint), 0)
                    FROM (%s) AS ids(id)
                    """
                        .formatted(query),
                    row -> new Fingerprint(row.getLong(1), row.getLong(2)),
                    parameters)
                .getFirst(),
        () ->
            world
                .databases()
                .rows(database, query, row -> row.getObject(1, UUID.class), parameters));
  }

  /** These. */
  static Ids of(String what, Collection<UUID> ids) {
    return new Ids(
        what,
        () ->
            new Fingerprint(
                ids.size(),
                ids.stream()
                    .mapToLong(id -> id.getLeastSignificantBits() & LAST_DIGITS)
                    .reduce(0, (one, other) -> one ^ other)),
        () -> ids);
  }

  /** Both must be the same ids, each equally often. */
  static void same(Ids one, Ids other, Consumer<String> wrong) {
    if (one.fingerprint.get().equals(other.fingerprint.get())) {
      return;
    }
    Map<UUID, Integer> inOne = counts(one.all.get());
    Map<UUID, Integer> inOther = counts(other.all.get());
    TreeSet<UUID> different = new TreeSet<>(inOne.keySet());
    different.addAll(inOther.keySet());
    different.removeIf(id -> inOne.getOrDefault(id, 0).equals(inOther.getOrDefault(id, 0)));
    List<String> sentences =
        different.stream()
            .map(id ->
                "%s is %d times among the %s and %d times among the %s"
                    .formatted(
                        id,
                        inOne.getOrDefault(id, 0),
                        one.what,
                        inOther.getOrDefault(id, 0),
                        other.what))
            .toList();
    sentences.stream().limit(MAX_TOLD_IDS).forEach(wrong);
    if (sentences.size() > MAX_TOLD_IDS) {
      wrong.accept("and %d more".formatted(sentences.size() - MAX_TOLD_IDS));
    }
  }

  private static Map<UUID, Integer> counts(Collection<UUID> ids) {
    Map<UUID, Integer> counts = new HashMap<>();
    ids.forEach(id -> counts.merge(id, 1, Integer::sum));
    return counts;
  }
}
