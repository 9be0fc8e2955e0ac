package io.cpdevents.sandbox.radar;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** Creates early fraud warnings, as banks report them. */
@RestController
class FraudWarningLevers {
  private final StripeObjects objects;
  private final FraudWarnings fraudWarnings;
  private final ObjectViews views;
  private final ApiTransaction transaction;

  FraudWarningLevers(
      StripeObjects objects,
      FraudWarnings fraudWarnings,
      ObjectViews views,
      ApiTransaction transaction) {
    this.objects = objects;
    this.fraudWarnings = fraudWarnings;
    this.views = views;
    this.transaction = transaction;
  }

  /** Body of the lever, which is optional. */
  record Report(@Nullable String fraudType) {}

  @PostMapping(
      path = "/_sandbox/charges/{id}/fraud-warnings",
      produces = MediaType.APPLICATION_JSON_VALUE)
  String report(@PathVariable String id, @RequestBody(required = false) @Nullable Report report) {
    String given = report == null ? null : report.fraudType();
    String type = given == null ? FraudWarnings.DEFAULT_TYPE : given;
    return StripeJson.write(
        transaction.run(() -> {
          StripeObject charge =
              objects
                  .lock("charge", id)
                  .orElseThrow(() -> StripeRefusal.noSuch("charge", id, "id"));
          return views.show(fraudWarnings.report(charge, type));
        }));
  }
}
