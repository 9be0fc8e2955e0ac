package io.cpdevents.sandbox.payouts;

import io.cpdevents.sandbox.accounts.ExternalAccounts;
import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.Set;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Reverses a payout of a connected account, by debiting the bank account that received it. */
@Component
class ReversePayout {
  private static final Set<String> COUNTRIES = Set.of("CA", "US");
  private static final Set<String> STATUSES = Set.of(Payouts.IN_TRANSIT, Payouts.PAID);

  private final CreatePayout createPayout;
  private final ExternalAccounts externalAccounts;
  private final StripeObjects objects;
  private final Events events;

  ReversePayout(
      CreatePayout createPayout,
      ExternalAccounts externalAccounts,
      StripeObjects objects,
      Events events) {
    this.createPayout = createPayout;
    this.externalAccounts = externalAccounts;
    this.objects = objects;
    this.events = events;
  }

  /** Reverses a locked payout; returns the payout that reverses it. */
  StripeObject handle(StripeObject payout, ObjectNode metadata) {
    if (payout.account().equals(StripeAccounts.PLATFORM)) {
      throw StripeRefusal.wrongState(
          null, null, "You can only reverse payouts of connected accounts.");
    }
    if (!STATUSES.contains(payout.requiredText("status"))
        || payout.text("reversed_by") != null
        || payout.text("original_payout") != null) {
      throw StripeRefusal.wrongState(
          null,
          null,
          "This payout cannot be reversed: it has a status of %s, or it was reversed before."
              .formatted(payout.text("status")));
    }
    boolean debitable =
        externalAccounts
            .find(payout.account(), payout.requiredText("destination"))
            .filter(bank -> COUNTRIES.contains(bank.requiredText("country")))
            .isPresent();
    if (!debitable) {
      throw StripeRefusal.wrongState(
          null, null, "You can only reverse payouts to US and Canadian bank accounts.");
    }
    ObjectNode before = payout.body().deepCopy();
    StripeObject reversal = createPayout.createReversal(payout, metadata);
    payout.body().put("reversed_by", reversal.id());
    objects.save(payout);
    events.recordChange("payout.updated", payout, before);
    return reversal;
  }
}
