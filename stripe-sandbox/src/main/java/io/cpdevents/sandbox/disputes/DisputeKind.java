package io.cpdevents.sandbox.disputes;

/** The kinds of disputes. */
enum DisputeKind {
  /** The bank withdraws the money when the dispute is opened. */
  CHARGEBACK("chargeback", "needs_response"),
  /** The bank only asks for information and withdraws nothing. */
  INQUIRY("inquiry", "warning_needs_response"),
  /** Stripe has prevented the dispute: it is closed from the beginning and nothing is withdrawn. */
  PREVENTED("block", "prevented");

  private final String caseType;
  private final String firstStatus;

  DisputeKind(String caseType, String firstStatus) {
    this.caseType = caseType;
    this.firstStatus = firstStatus;
  }

  /** The value in {@code payment_method_details}. */
  String caseType() {
    return caseType;
  }

  String firstStatus() {
    return firstStatus;
  }
}
