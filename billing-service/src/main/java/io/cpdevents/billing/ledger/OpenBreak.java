package io.cpdevents.billing.ledger;

import io.cpdevents.platform.money.Money;
import java.time.Clock;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Propagation;
import org.springframework.transaction.annotation.Transactional;

/** Something does not match, and a person is asked to look at it. */
@Component
public class OpenBreak {

  /**
   * What does not match.
   *
   * @param stripeId the object of Stripe that it is about; an account of the ledger with its
   *     currency when it is about an organization
   * @param happenedAt on whose day it is; null: now
   */
  public record Command(
      BreakKind kind,
      String stripeId,
      @Nullable UUID paymentId,
      Money amount,
      @Nullable Instant happenedAt) {

    /** Something that is noticed when it happens. */
    public Command(BreakKind kind, String stripeId, @Nullable UUID paymentId, Money amount) {
      this(kind, stripeId, paymentId, amount, null);
    }
  }

  private static final Logger log = LoggerFactory.getLogger(OpenBreak.class);

  private final Breaks breaks;
  private final Clock clock;

  OpenBreak(Breaks breaks, Clock clock) {
    this.breaks = breaks;
    this.clock = clock;
  }

  /**
   * Opens a break, one for each kind and object of Stripe; one that was resolved opens again, and
   * one that is open is about the amount of now.
   */
  @Transactional(propagation = Propagation.MANDATORY)
  public void handle(Command command) {
    if (breaks.insert(command, clock.instant())) {
      log.warn(
          "A break was opened: {} {} payment {}",
          command.kind(),
          command.stripeId(),
          command.paymentId());
    } else {
      breaks.correct(command.kind(), command.stripeId(), command.amount());
    }
  }
}
