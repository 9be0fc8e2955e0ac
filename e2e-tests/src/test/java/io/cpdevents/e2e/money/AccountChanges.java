package io.cpdevents.e2e.money;

import java.util.Optional;

/** Stripe stops to pay the organization until it has answered something, or it answers. */
record AccountChanges() implements Step {

  @Override
  public Optional<Act> choose(Scenario scenario) {
    boolean disabled = scenario.random().nextInt(3) == 0;
    return Optional.of(
        disabled
            ? new Act(
                "the organization's account is disabled",
                () -> scenario.world().stripe().disables(scenario.account().stripeId()))
            : new Act("the organization's account is put in order", () -> putInOrder(scenario)));
  }

  /** Nothing is missing, and every bank account can be paid to. */
  static void putInOrder(Scenario scenario) {
    String accountId = scenario.account().stripeId();
    scenario.world().stripe().replacesBankAccounts(accountId);
    scenario.world().stripe().completesOnboarding(accountId);
  }
}
