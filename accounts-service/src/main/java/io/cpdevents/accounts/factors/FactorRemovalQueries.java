package io.cpdevents.accounts.factors;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.UUID;
import org.springframework.stereotype.Component;

/** Reads how the removal of somebody's factors stands. */
@Component
public class FactorRemovalQueries {

  private final FactorRemovals removals;

  FactorRemovalQueries(FactorRemovals removals) {
    this.removals = removals;
  }

  /**
   * The latest of an account.
   *
   * @throws RuleViolation 404 {@code factor-removal-not-found}
   */
  public FactorRemovalView of(UUID accountId) {
    return removals
        .latest(accountId)
        .orElseThrow(() -> AccountsProblem.FACTOR_REMOVAL_NOT_FOUND.violation());
  }
}
