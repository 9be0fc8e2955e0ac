package io.cpdevents.sandbox.paymentmethods;

import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.front.StripeRefusal;
import io.cpdevents.sandbox.front.Work;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** What banks do with a card that somebody has saved. */
@RestController
@RequestMapping(
    path = "/_sandbox/payment-methods/{id}",
    produces = MediaType.APPLICATION_JSON_VALUE)
class PaymentMethodLevers {
  private static final String NONE = "none";

  private final StripeObjects objects;
  private final ObjectViews views;
  private final Events events;
  private final Work work;

  PaymentMethodLevers(StripeObjects objects, ObjectViews views, Events events, Work work) {
    this.objects = objects;
    this.views = views;
    this.events = events;
    this.work = work;
  }

  /** Body of {@code network-update}: what the new card shows; what is left out stays. */
  record NetworkUpdate(@Nullable Long expMonth, @Nullable Long expYear, @Nullable String last4) {}

  /** Body of {@code behaviour}: a decline code, or {@code none} to behave as its card does. */
  record Behaviour(@Nullable String decline) {}

  /** The bank has replaced the card, and the network tells Stripe. */
  @PostMapping("/network-update")
  String update(@PathVariable String id, @RequestBody NetworkUpdate update) {
    return StripeJson.write(work.inTransaction(() -> views.show(update(lock(id), update))));
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

  /** From now on the bank declines it, or does so no more. */
  @PostMapping("/behaviour")
  String behave(@PathVariable String id, @RequestBody Behaviour behaviour) {
    String decline = behaviour.decline();
    if (decline == null) {
      throw StripeRefusal.missing("decline");
    }
    return StripeJson.write(
        work.inTransaction(() -> {
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

  private StripeObject lock(String id) {
    return objects.lock(PaymentMethods.KIND, id).orElseThrow(() -> PaymentMethods.noSuch(id));
  }
}
