package io.cpdevents.billing;

import io.cpdevents.platform.error.ProblemCode;
import java.util.Map;

/** The codes by which this service alone refuses. */
public enum BillingProblem implements ProblemCode {
  SIGNATURE_INVALID(
      Kind.INVALID, "Stripe has not signed this.", "Nothing: only Stripe calls this address."),
  PAYLOAD_INVALID(
      Kind.INVALID,
      "The body is not an event of Stripe.",
      "Nothing: only Stripe calls this address."),
  PAYMENT_NOT_FOUND(
      Kind.NOT_FOUND,
      "The payment does not exist, or you may not see it.",
      "Check the id and who is logged in."),
  STRIPE_EVENT_NOT_FOUND(
      Kind.NOT_FOUND,
      "There is no such event of Stripe that is parked.",
      "List the parked events again."),
  WEBHOOK_DISABLED(
      Kind.NOT_FOUND,
      "No signing secret is configured for this endpoint.",
      "Configure the endpoint's secret."),
  PAYMENT_CAPTURED(
      Kind.CONFLICT,
      "The registration is paid already.",
      "Show the registration; nothing is to be paid."),
  PAYMENT_PROCESSING(
      Kind.CONFLICT,
      "The bank is handling the payment.",
      "Wait; the payment's status will change."),
  PAYMENT_CANCELLED(
      Kind.CONFLICT, "The registration has ended and cannot be paid any more.", "Register again."),
  HOLD_EXPIRED(Kind.CONFLICT, "The places are not held any more.", "Register again."),
  CHECKOUT_REFUSED(
      Kind.CONFLICT,
      "The payment cannot be taken this way.",
      "Tell the person; the organization may help."),
  EXCEEDS_REFUNDABLE(
      Kind.CONFLICT,
      "No more than what is left of the payment can be given back.",
      "Ask for at most the payment's `refundable`."),
  CURRENCY_NOT_SUPPORTED(
      Kind.UNPROCESSABLE, "No plan has a fee in this currency.", "Choose another currency."),
  NOT_CAPTURED(
      Kind.CONFLICT,
      "There is nothing to give back.",
      "Read the payment: its status says how it is."),
  REFUND_NOT_FOUND(
      Kind.NOT_FOUND,
      "The refund does not exist, or you may not see it.",
      "Check the id and who is logged in."),
  NOTHING_TO_REFUND(
      Kind.CONFLICT,
      "All of the payment has gone back.",
      "Read the payment: its `refundable` is zero."),
  DISPUTED(
      Kind.CONFLICT,
      "Nothing can be given back while the payment is disputed.",
      "Wait until the dispute has ended."),
  DISPUTE_NOT_FOUND(
      Kind.NOT_FOUND,
      "The dispute does not exist, or you may not see it.",
      "Check the id and who is logged in."),
  DISPUTE_CLOSED(
      Kind.CONFLICT, "The dispute has ended.", "Read the dispute: its status says how it ended."),
  ALREADY_SUBMITTED(
      Kind.CONFLICT,
      "Evidence was submitted, which is final: the bank reviews it.",
      "Wait for the bank's decision."),
  NO_RESPONSE_ALLOWED(
      Kind.CONFLICT,
      "The bank takes no evidence in this dispute.",
      "Nothing: the dispute ends without an answer."),
  TOO_MANY_FILES(
      Kind.CONFLICT, "A dispute has a limited number of files.", "Use the files that are there."),
  FILE_REFUSED(Kind.CONFLICT, "Stripe does not take this file.", "Send another file."),
  EVIDENCE_REFUSED(
      Kind.CONFLICT,
      "Stripe does not take this answer.",
      "Read the dispute again and change the evidence."),
  ACCEPTANCE_REFUSED(Kind.CONFLICT, "Stripe does not take this answer.", "Read the dispute again."),
  SETTLEMENT_NOT_FOUND(
      Kind.NOT_FOUND, "There is no such settlement.", "List the settlements again."),
  RECONCILIATION_NOT_FOUND(
      Kind.NOT_FOUND,
      "The day is before the first movement of Stripe's balance, or has not come.",
      "List the reconciliations: they begin with the first day."),
  DAY_OPEN(
      Kind.CONFLICT,
      "The day is not closed, so its lines may still change.",
      "Read the reconciliation: `waitsFor` says what keeps it open."),
  BREAK_NOT_FOUND(Kind.NOT_FOUND, "There is no such break.", "List the breaks again."),
  BREAK_RESOLVED(
      Kind.CONFLICT, "The break is resolved.", "Nothing: read it again to see what became of it."),
  BREAK_NOT_RESOLVABLE(
      Kind.CONFLICT,
      "Nothing of this break can be posted now: Stripe has it under way, or it is not decided.",
      "Do what its `suggestedAction` says, and read it again."),
  RESOLUTION_PROPOSED(
      Kind.CONFLICT,
      "Another resolution of this break waits for a second person.",
      "Approve or reject it, or let it be taken back."),
  NO_RESOLUTION_PROPOSED(
      Kind.NOT_FOUND,
      "No such resolution of this break waits for a decision.",
      "Read the break again: it may be decided, or resolved by itself."),
  BREAK_CHANGED(
      Kind.CONFLICT,
      "The break's money is not as it was when the resolution was proposed.",
      "Take the resolution back, look at the break again, and propose anew."),
  EXPLANATION_NOT_FOUND(
      Kind.NOT_FOUND,
      "There is, or was then, nothing of that id, or you may not see it.",
      "Check the kind, the id and the time."),
  TRIAL_USED(
      Kind.CONFLICT,
      "The organization or its owner has tried a plan before.",
      "Show the plans and their prices."),
  TRIAL_REFUSED(
      Kind.CONFLICT,
      "Stripe does not begin the trial. It is not used.",
      "Try it again later, or tell the platform's support."),
  SAME_PLAN(Kind.CONFLICT, "The organization has this plan.", "Read the subscription again."),
  CHANGE_PENDING(
      Kind.CONFLICT,
      "Another change of the plan is not over.",
      "Wait for it, or call it off: `scheduledChange` and `pendingChange` of the subscription show it."),
  PREVIEW_EXPIRED(
      Kind.CONFLICT,
      "The preview is too old, or was of another change.",
      "Preview the change again, and show what it costs now."),
  CURRENCY_FIXED(
      Kind.CONFLICT,
      "The organization pays in another currency, for good.",
      "Leave the currency out."),
  PAYMENT_METHOD_REQUIRED(
      Kind.PAYMENT_REQUIRED,
      "There is no valid card that could pay.",
      "Let the organization save a card, and try again."),
  AUTHENTICATION_REQUIRED(
      Kind.PAYMENT_REQUIRED,
      "The bank wants whoever has the card to authenticate the payment. Nothing is changed until then.",
      "Open `url` in a browser."),
  PAYMENT_FAILED(
      Kind.PAYMENT_REQUIRED,
      "The card was declined. Nothing was changed.",
      "Let the organization save or choose another card; `declineCode` says why."),
  PAYMENT_METHOD_NOT_FOUND(
      Kind.NOT_FOUND,
      "The card does not exist, was removed, or you may not see it.",
      "List the organization's cards again."),
  PAYMENT_METHOD_EXPIRED(
      Kind.CONFLICT, "The card is not valid any more.", "Save another card, or choose one."),
  PAYMENT_METHOD_REFUSED(
      Kind.CONFLICT,
      "Stripe does not do this with the organization's cards.",
      "List the organization's cards again. If it is refused again, tell the platform's support."),
  SUBJECT_NOT_FOUND(Kind.NOT_FOUND, "Stripe has no such object.", "Check the id of the object.");

  private final Kind kind;
  private final String meaning;
  private final String remedy;

  BillingProblem(Kind kind, String meaning, String remedy) {
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

  @Override
  public Map<String, String> members() {
    return switch (this) {
      case AUTHENTICATION_REQUIRED -> Map.of("url", "where the payment is authenticated.");
      case PAYMENT_FAILED -> Map.of("declineCode", "why, in Stripe's word.");
      default -> Map.of();
    };
  }

  /** A signature that is not Stripe's is one, though its status is that of any bad request. */
  @Override
  public boolean isSecurityEvent() {
    return this == SIGNATURE_INVALID || ProblemCode.super.isSecurityEvent();
  }
}
