package io.cpdevents.payout;

import io.cpdevents.platform.error.ProblemCode;

/** The codes by which this service alone refuses. */
public enum PayoutProblem implements ProblemCode {
  COUNTRY_FIXED(
      Kind.CONFLICT,
      "The country of a payout account cannot be changed.",
      "Leave the country out."),
  PAYOUT_ACCOUNT_REFUSED(
      Kind.CONFLICT,
      "Stripe does not make this account.",
      "Show the sentence; the owner may have to talk to Stripe.");

  private final Kind kind;
  private final String meaning;
  private final String remedy;

  PayoutProblem(Kind kind, String meaning, String remedy) {
    this.kind = kind;
    this.meaning = meaning;
    this.remedy = remedy;
  }

  @Override
  public Kind kind() {
    return kind;
  }

  @Override
  public String meaning() {
    return meaning;
  }

  @Override
  public String remedy() {
    return remedy;
  }
}
