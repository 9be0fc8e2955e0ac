package io.cpdevents.billing.invoices;

import io.cpdevents.billing.paymentmethods.DefaultCardListener;
import io.cpdevents.platform.error.CommonProblem;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;

/**
 * What an earlier card has not paid is to be paid by the one in its place, at once; and by the same
 * one when somebody asks for that.
 */
@Component
class FollowReplacedCards implements DefaultCardListener {

  private static final int MAX_DECLINES = 5;
  private static final Duration MAX_DECLINES_TIME = Duration.ofDays(1);

  private final Invoices invoices;
  private final Clock clock;

  FollowReplacedCards(Invoices invoices, Clock clock) {
    this.invoices = invoices;
    this.clock = clock;
  }

  /** What banks answer is not for those who try which stolen card still works. */
  @Override
  public void toBeChosen(UUID organizationId) {
    rest(organizationId)
        .ifPresent(rest -> {
          throw CommonProblem.TOO_MANY_REQUESTS.violation(rest);
        });
  }

  /** How long no other card is tried; empty when one may be. */
  private Optional<Duration> rest(UUID organizationId) {
    Instant now = clock.instant();
    return invoices
        .declined(organizationId, MAX_DECLINES)
        .map(first -> Duration.between(now, first.plus(MAX_DECLINES_TIME)))
        .filter(Duration::isPositive);
  }

  @Override
  public void chosenAgain(UUID organizationId, String methodId) {
    invoices.payAgainWith(organizationId, methodId);
  }

  @Override
  public void replaced(UUID organizationId, String methodId) {
    // Also who removes one card after the other has no more of them tried.
    if (rest(organizationId).isEmpty()) {
      invoices.payWith(organizationId, methodId);
    }
  }
}
