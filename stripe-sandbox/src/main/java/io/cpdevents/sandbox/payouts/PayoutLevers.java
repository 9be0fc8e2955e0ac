package io.cpdevents.sandbox.payouts;

import io.cpdevents.sandbox.api.ApiTransaction;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Lets payouts fail, as banks do. */
@RestController
@RequestMapping(path = "/_sandbox/payouts", produces = MediaType.APPLICATION_JSON_VALUE)
class PayoutLevers {
  private final FailPayout failPayout;
  private final ObjectViews views;
  private final ApiTransaction transaction;

  PayoutLevers(FailPayout failPayout, ObjectViews views, ApiTransaction transaction) {
    this.failPayout = failPayout;
    this.views = views;
    this.transaction = transaction;
  }

  /** Body of {@code failure}, which is optional. */
  record Failure(@Nullable String code) {}

  /** Fails the payout, even after it was paid. */
  @PostMapping("/{id}/failure")
  String fail(@PathVariable String id, @RequestBody(required = false) @Nullable Failure failure) {
    String given = failure == null ? null : failure.code();
    String code = given == null ? FailPayout.DEFAULT_CODE : given;
    if (!FailPayout.codes().contains(code)) {
      throw StripeRefusal.invalid(
          null, "code", "Invalid code: must be one of " + String.join(", ", FailPayout.codes()));
    }
    return StripeJson.write(transaction.run(() -> views.show(failPayout.handle(id, code))));
  }
}
