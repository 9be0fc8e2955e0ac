package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.disputes.OpenDispute.Wanted;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.products.Prices;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Opens, decides and escalates disputes as banks do. */
@RestController
@RequestMapping(path = "/_sandbox", produces = MediaType.APPLICATION_JSON_VALUE)
class DisputeLevers {
  private final StripeObjects objects;
  private final OpenDispute openDispute;
  private final DecideDispute decideDispute;
  private final EscalateInquiry escalateInquiry;
  private final ObjectViews views;
  private final ApiTransaction transaction;

  DisputeLevers(
      StripeObjects objects,
      OpenDispute openDispute,
      DecideDispute decideDispute,
      EscalateInquiry escalateInquiry,
      ObjectViews views,
      ApiTransaction transaction) {
    this.objects = objects;
    this.openDispute = openDispute;
    this.decideDispute = decideDispute;
    this.escalateInquiry = escalateInquiry;
    this.views = views;
    this.transaction = transaction;
  }

  /**
   * Body of {@code charges/{id}/disputes}.
   *
   * @param amountMinor by default all that is not refunded; may be more than the charge
   * @param currency by default the charge's
   * @param reason {@code fraudulent} by default
   * @param inquiry whether it is an inquiry
   * @param prevented whether Stripe has prevented it
   * @param dueInDays 7 to 21 days; by default the network's time
   * @param respondable whether the bank accepts a response
   */
  record NewDispute(
      @Nullable Long amountMinor,
      @Nullable String currency,
      @Nullable String reason,
      @Nullable Boolean inquiry,
      @Nullable Boolean prevented,
      @Nullable Integer dueInDays,
      @Nullable Boolean respondable) {}

  /**
   * Body of {@code decision}.
   *
   * @param reinstatedMinor how much of a won dispute is reinstated; by default all
   */
  record Decision(@Nullable String outcome, @Nullable Long reinstatedMinor) {}

  @PostMapping("/charges/{id}/disputes")
  String open(
      @PathVariable String id, @RequestBody(required = false) @Nullable NewDispute dispute) {
    Wanted wanted =
        wanted(
            dispute == null ? new NewDispute(null, null, null, null, null, null, null) : dispute);
    return show(() -> openDispute.handle(lockCharge(id), wanted));
  }

  private static Wanted wanted(NewDispute dispute) {
    Integer days = dispute.dueInDays();
    if (days != null && (days < DueDates.MIN_DAYS || days > DueDates.MAX_DAYS)) {
      throw StripeRefusal.invalid(
          "parameter_invalid_integer",
          "dueInDays",
          "This value must be between %d and %d (inclusive)."
              .formatted(DueDates.MIN_DAYS, DueDates.MAX_DAYS));
    }
    String currency = dispute.currency();
    if (currency != null) {
      Prices.requireCurrency(currency, "currency");
    }
    String reason = dispute.reason();
    return new Wanted(
        kind(dispute),
        DisputeReason.of(reason == null ? DisputeReason.FRAUDULENT.word() : reason),
        dispute.amountMinor(),
        currency,
        days,
        !Boolean.FALSE.equals(dispute.respondable()));
  }

  private static DisputeKind kind(NewDispute dispute) {
    boolean inquiry = Boolean.TRUE.equals(dispute.inquiry());
    boolean prevented = Boolean.TRUE.equals(dispute.prevented());
    if (inquiry && prevented) {
      throw StripeRefusal.invalid(
          null, "prevented", "A dispute is an inquiry, or it is prevented, or neither.");
    }
    return inquiry
        ? DisputeKind.INQUIRY
        : prevented ? DisputeKind.PREVENTED : DisputeKind.CHARGEBACK;
  }

  private StripeObject lockCharge(String id) {
    return objects.lock("charge", id).orElseThrow(() -> StripeRefusal.noSuch("charge", id, "id"));
  }

  @PostMapping("/disputes/{id}/decision")
  String decide(@PathVariable String id, @RequestBody Decision decision) {
    return switch (decision.outcome()) {
      case "won" -> show(() -> decideDispute.win(id, decision.reinstatedMinor()));
      case "lost" -> show(() -> decideDispute.lose(id));
      case null, default ->
          throw StripeRefusal.invalid(null, "outcome", "Invalid outcome: must be one of won, lost");
    };
  }

  @PostMapping("/disputes/{id}/escalation")
  String escalate(@PathVariable String id) {
    return show(() -> escalateInquiry.handle(id));
  }

  private String show(Supplier<StripeObject> what) {
    return StripeJson.write(transaction.run(() -> views.show(what.get())));
  }
}
