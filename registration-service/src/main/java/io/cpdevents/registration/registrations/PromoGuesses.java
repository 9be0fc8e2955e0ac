package io.cpdevents.registration.registrations;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.http.CallerNetwork;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.Parameters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Bounds how many wrong codes of one organization come from one account, or from one network
 * without a log-in (and ten times as many from one /48 of IPv6, which anybody gets for nothing): so
 * nobody keeps those who are logged in there from using theirs. Codes are words that organizers
 * think of and strangers may ask what they are worth, so without a bound they could be tried one
 * after the other. All SQL about it. Right codes are not counted, but are refused as well once too
 * many were wrong, or the refusals would tell which is right.
 */
@Component
class PromoGuesses {

  /** People who mistype do so a few times. Those under way at once may be some more. */
  static final int MAX_WRONG_CODES = 30;

  /** From one /48, in which there may be many subscribers. */
  static final int MAX_WRONG_CODES_OF_ALLOTMENT = 10 * MAX_WRONG_CODES;

  static final Duration WINDOW = Duration.ofHours(1);

  private static final Duration MIN_RETRY_AFTER = Duration.ofSeconds(1);

  /** Whose wrong codes count together, and how many they may be. */
  record Guesser(String who, int maxWrongCodes) {}

  private final JdbcClient jdbc;
  private final Clock clock;

  PromoGuesses(JdbcClient jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /**
   * As whom somebody is counted who types codes: as the account, or as the network where nobody is
   * logged in.
   *
   * @param network null when that is not known
   */
  static List<Guesser> guessers(@Nullable UUID accountId, @Nullable CallerNetwork network) {
    if (accountId != null) {
      return List.of(new Guesser(accountId.toString(), MAX_WRONG_CODES));
    }
    if (network == null) {
      return List.of();
    }
    Guesser subscriber = new Guesser(network.subscriber(), MAX_WRONG_CODES);
    return network.isShared()
        ? List.of(subscriber, new Guesser(network.allotment(), MAX_WRONG_CODES_OF_ALLOTMENT))
        : List.of(subscriber);
  }

  /**
   * Does what needs the codes, and counts when one is wrong; outside a transaction, as the count
   * stays when all else is undone.
   *
   * @param organizationId whose codes they are
   * @param guessers as whom it is counted; nobody: it is not
   * @throws RuleViolation 429 {@code too-many-requests}, or what it is refused by
   */
  <T> T count(UUID organizationId, TypedCodes codes, List<Guesser> guessers, Supplier<T> task) {
    if (codes.areNone()) {
      return task.get();
    }
    guessers.forEach(guesser -> requireFew(organizationId, guesser));
    try {
      return task.get();
    } catch (RuleViolation refusal) {
      if (codes.areWrongBy(refusal.problem())) {
        guessers.forEach(guesser -> add(organizationId, guesser));
      }
      throw refusal;
    }
  }

  private void requireFew(UUID organizationId, Guesser guesser) {
    Instant now = clock.instant();
    jdbc.sql(
            """
            SELECT window_ends_at FROM promo_guess
            WHERE guesser = :guesser AND wrong >= :most AND window_ends_at > :now
            """)
        .param("guesser", NetworkDigest.of(organizationId, guesser.who()))
        .param("most", guesser.maxWrongCodes())
        .param("now", Parameters.instant(now))
        .query((row, _) -> Columns.instant(row, "window_ends_at"))
        .optional()
        .map(end -> Duration.between(now, end))
        .ifPresent(left -> {
          throw CommonProblem.TOO_MANY_REQUESTS.violation(
              left.compareTo(MIN_RETRY_AFTER) > 0 ? left : MIN_RETRY_AFTER);
        });
  }

  private void add(UUID organizationId, Guesser guesser) {
    Instant now = clock.instant();
    jdbc.sql(
            """
            INSERT INTO promo_guess AS g (guesser, wrong, window_ends_at)
            VALUES (:guesser, 1, :newEnd)
            ON CONFLICT (guesser) DO UPDATE
               SET wrong = CASE WHEN g.window_ends_at <= :now THEN 1 ELSE g.wrong + 1 END,
                   window_ends_at =
                       CASE WHEN g.window_ends_at <= :now THEN :newEnd ELSE g.window_ends_at END
            """)
        .param("guesser", NetworkDigest.of(organizationId, guesser.who()))
        .param("newEnd", Parameters.instant(now.plus(WINDOW)))
        .param("now", Parameters.instant(now))
        .update();
  }

  /** Removes one batch of those whose time is over; returns how many. */
  int removeOld(Instant now, int batchRows) {
    return jdbc.sql(
            """
            DELETE FROM promo_guess
            WHERE guesser = ANY (ARRAY(
                SELECT guesser FROM promo_guess WHERE window_ends_at <= :now
                LIMIT :batchRows FOR UPDATE SKIP LOCKED))
            """)
        .param("now", Parameters.instant(now))
        .param("batchRows", batchRows)
        .update();
  }
}
