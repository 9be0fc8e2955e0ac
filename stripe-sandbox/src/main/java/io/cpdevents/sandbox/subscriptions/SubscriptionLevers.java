package io.cpdevents.sandbox.subscriptions;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.function.Consumer;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people do to subscriptions in the dashboard, and Stripe by settings of the account. */
@RestController
@RequestMapping(path = "/_sandbox/subscriptions/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
class SubscriptionLevers {
  private final StripeObjects objects;
  private final ObjectViews views;
  private final Subscriptions subscriptions;
  private final PauseSubscription pause;
  private final ApiTransaction transaction;

  SubscriptionLevers(
      StripeObjects objects,
      ObjectViews views,
      Subscriptions subscriptions,
      PauseSubscription pause,
      ApiTransaction transaction) {
    this.objects = objects;
    this.views = views;
    this.subscriptions = subscriptions;
    this.pause = pause;
    this.transaction = transaction;
  }

  /** Stops it from being charged, until it is resumed. */
  @PostMapping("/pause")
  String pause(@PathVariable String id) {
    return changed(id, pause::handle);
  }

  /** Lets a paused one go on. */
  @PostMapping("/resumption")
  String resume(@PathVariable String id) {
    return changed(id, pause::resume);
  }

  /** Cancels it because it is not paid, as a setting for failed payments does. */
  @PostMapping("/delinquency")
  String giveUp(@PathVariable String id) {
    return changed(id, subscriptions::giveUp);
  }

  private String changed(String id, Consumer<StripeObject> change) {
    return StripeJson.write(
        transaction.run(() -> {
          StripeObject subscription =
              objects
                  .lock(Subscriptions.KIND, id)
                  .filter(found -> !Subscriptions.isOver(found))
                  .orElseThrow(() -> StripeRefusal.noSuch(Subscriptions.KIND, id, "id"));
          change.accept(subscription);
          return views.show(subscription);
        }));
  }
}
