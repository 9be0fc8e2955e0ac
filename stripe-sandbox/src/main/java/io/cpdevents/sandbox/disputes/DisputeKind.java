package io.cpdevents.sandbox.disputes;

/** How a bank comes to Stripe about a charge. */
enum DisputeKind {
  /** It takes the money first. */
  CHARGEBACK("chargeback", "needs_response"),
  /** It asks, and takes nothing. */
  INQUIRY("inquiry", "warning_needs_response"),
  /** It would have, had Stripe not prevented it: over before it began, and nothing is taken. */
  PREVENTED("block", "prevented");

  private final String caseType;
  private final String firstStatus;

  DisputeKind(String caseType, String firstStatus) {
    this.caseType = caseType;
    this.firstStatus = firstStatus;
  }

  /** Stripe's word in {@code payment_method_details}. */
  String caseType() {
    return caseType;
  }

  String firstStatus() {
    return firstStatus;
  }
}
