package io.cpdevents.notification.subscriptions;

/** What plans are called, in every language. */
public enum PlanName {
  FREE("Free"),
  STARTER("Starter"),
  PROFESSIONAL("Professional");

  private final String shown;

  PlanName(String shown) {
    this.shown = shown;
  }

  String shown() {
    return shown;
  }

  /**
   * The constant for what billing-service says.
   *
   * @param planId kebab-case
   */
  public static PlanName of(String planId) {
    return switch (planId) {
      case "free" -> FREE;
      case "starter" -> STARTER;
      case "professional" -> PROFESSIONAL;
      default -> throw new IllegalArgumentException("no plan is called " + planId);
    };
  }
}
