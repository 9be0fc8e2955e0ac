package io.cpdevents.sandbox.paymentmethods;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** Changes saved payment methods as banks do. */
@RestController
@RequestMapping(
    path = "/_sandbox/payment-methods/{id}",
    produces = MediaType.APPLICATION_JSON_VALUE)
class PaymentMethodLevers {
  private static final String NONE = "none";

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Events events;
  private final ApiTransaction transaction;
  private final SandboxClock clock;

  PaymentMethodLevers(
      StripeObjects objects,
      ObjectViews views,
      Events events,
      ApiTransaction transaction,
      SandboxClock clock) {
    this.clock = clock;
    this.objects = objects;
    this.views = views;
    this.events = events;
    this.transaction = transaction;
  }

  /** Body of {@code network-update}: the values of the new card; absent values stay. */
  record NetworkUpdate(@Nullable Long expMonth, @Nullable Long expYear, @Nullable String last4) {}

  /** Body of {@code behaviour}: a decline code, or {@code none} for the behaviour of its card. */
  record Behaviour(@Nullable String decline) {}

  /** Updates the card automatically, as when the bank has replaced it. */
  @PostMapping("/network-update")
  String update(@PathVariable String id, @RequestBody NetworkUpdate update) {
    return StripeJson.write(transaction.run(() -> views.show(update(lock(id), update))));
  }

  private StripeObject update(StripeObject method, NetworkUpdate update) {
    if (!method.is("type", "card") || method.text("customer") == null) {
      throw StripeRefusal.wrongState(
          null, null, "Networks update cards that are attached to a customer.");
    }
    ObjectNode before = method.body().deepCopy();
    ObjectNode card = method.body().withObjectProperty("card");
    if (update.expMonth() != null) {
      card.put("exp_month", update.expMonth());
    }
    if (update.expYear() != null) {
      card.put("exp_year", update.expYear());
    }
    if (update.last4() != null) {
      card.put("last4", update.last4());
    }
    objects.save(method);
    events.recordChange("payment_method.automatically_updated", method, before);
    return method;
  }

  /** Makes the bank decline the payment method from now on, or no longer. */
  @PostMapping("/behaviour")
  String behave(@PathVariable String id, @RequestBody Behaviour behaviour) {
    String decline = behaviour.decline();
    if (decline == null) {
      throw StripeRefusal.missing("decline");
    }
    return StripeJson.write(
        transaction.run(() -> {
          StripeObject method = lock(id);
          if (decline.equals(NONE)) {
            method.inner().remove("decline");
          } else {
            method.inner().put("decline", decline);
          }
          objects.save(method);
          return views.show(method);
        }));
  }

  /** The bank tells that the mandate of a debit does not count any more. */
  @PostMapping("/mandate-revocation")
  String revokeMandate(@PathVariable String id) {
    return StripeJson.write(
        transaction.run(() -> {
          StripeObject method = lock(id);
          if (!method.is("type", "sepa_debit")) {
            throw StripeRefusal.wrongState(null, null, "Mandates are of debits.");
          }
          StripeObject mandate =
              StripeObject.shaped(
                  method.account(), "mandate", StripeIds.next("mandate"), clock.epochSecond());
          ObjectNode body = mandate.body();
          body.withObjectProperty("customer_acceptance")
              .set("accepted_at", method.body().get("created"));
          body.put("payment_method", method.id());
          ObjectNode details = body.putObject("payment_method_details");
          details.put("type", "sepa_debit");
          ObjectNode debit = details.putObject("sepa_debit");
          debit.put("reference", mandate.id());
          debit.put("url", "https://hooks.stripe.com/mandates/" + mandate.id());
          body.put("status", "inactive");
          events.record("mandate.updated", mandate);
          return body;
        }));
  }

  private StripeObject lock(String id) {
    return objects.lock(PaymentMethods.KIND, id).orElseThrow(() -> PaymentMethods.noSuch(id));
  }
}
