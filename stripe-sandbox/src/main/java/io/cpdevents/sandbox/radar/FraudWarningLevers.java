package io.cpdevents.sandbox.radar;

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
import org.springframework.web.bind.annotation.RestController;

/** A bank reports a fraud. */
@RestController
class FraudWarningLevers {
  private final StripeObjects objects;
  private final FraudWarnings fraudWarnings;
  private final ObjectViews views;
  private final Work work;

  FraudWarningLevers(
      StripeObjects objects, FraudWarnings fraudWarnings, ObjectViews views, Work work) {
    this.objects = objects;
    this.fraudWarnings = fraudWarnings;
    this.views = views;
    this.work = work;
  }

  /** Body of the lever; may be left out. */
  record Report(@Nullable String fraudType) {}

  @PostMapping(
      path = "/_sandbox/charges/{id}/fraud-warnings",
      produces = MediaType.APPLICATION_JSON_VALUE)
  String report(@PathVariable String id, @RequestBody(required = false) @Nullable Report report) {
    String told = report == null ? null : report.fraudType();
    String type = told == null ? FraudWarnings.TYPE_DEFAULT : told;
    return StripeJson.write(
        work.inTransaction(() -> {
          StripeObject charge =
              objects
                  .lock("charge", id)
                  .orElseThrow(() -> StripeRefusal.noSuch("charge", id, "id"));
          return views.show(fraudWarnings.report(charge, type));
        }));
  }
}
