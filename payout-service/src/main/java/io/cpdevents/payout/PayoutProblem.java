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
      "Show the sentence; the owner may have to talk to Stripe."),
  PAYOUT_NOT_FOUND(
      Kind.NOT_FOUND,
      "The payout does not exist, or you may not see it.",
      "Check the id and who is logged in."),
  ACCOUNT_NOT_READY(
      Kind.CONFLICT,
      "The organization cannot be paid in this currency yet.",
      "Read the payout account: its `requirements` and `currencies` say what is missing."),
  PAYOUT_UNDER_WAY(
      Kind.CONFLICT,
      "Another payout of the organization in this currency is under way.",
      "Wait until it is paid, or cancel it."),
  NOTHING_TO_PAY_OUT(
      Kind.CONFLICT,
      "Nothing is available in this currency.",
      "Read the balance: `nextRelease` says when more becomes available."),
  EXCEEDS_AVAILABLE(
      Kind.CONFLICT,
      "Less than that is available.",
      "Ask for at most the balance's `available`, or for all of it by leaving the amount out."),
  MONEY_WITHHELD(
      Kind.CONFLICT,
      "What is available lies on a former payout account of the organization.",
      "Wait: the platform takes it back or finds out where it is, and pays what is due then."),
  NOT_SETTLEABLE(
      Kind.CONFLICT,
      "Nothing about this payout can be settled in this way now.",
      "Read the payout: `unconfirmed` is settled as `paid` or `not-paid`; what a payout that has"
          + " ended has left on an account that cannot be used, as `paid` or `written-off`, once"
          + " Stripe has refused to take it back."),
  NO_SETTLEMENT_PROPOSED(
      Kind.NOT_FOUND,
      "No such settlement of this payout waits for a second person.",
      "Read the settlements again: another one may have taken its place. If none waits, propose one."),
  TOO_LATE_TO_CANCEL(
      Kind.CONFLICT,
      "The payout is on its way to the bank, or over.",
      "Read the payout: its status says how it is."),
  NOT_WAITING(
      Kind.CONFLICT,
      "The payout goes on by itself.",
      "Leave it to its organization to cancel it; what platform finance holds it may cancel."),
  PAYOUT_HELD(
      Kind.CONFLICT,
      "The platform holds the payout while it looks into something.",
      "Wait, or ask the platform's support."),
  TOO_LATE_TO_HOLD(
      Kind.CONFLICT,
      "The payout is on its way to the bank, or over.",
      "Nothing of it can be stopped here any more."),
  RELEASE_DAYS_TOO_SHORT(
      Kind.UNPROCESSABLE,
      "Only the platform may have money released earlier.",
      "Read the schedule: `minReleaseDaysAfterEvent` is the fewest days. For fewer, ask the"
          + " platform's support."),
  NOT_HELD(Kind.CONFLICT, "The payout is not held.", "Read the payout: its status says how it is.");

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
