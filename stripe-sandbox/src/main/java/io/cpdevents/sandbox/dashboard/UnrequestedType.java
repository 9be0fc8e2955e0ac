package io.cpdevents.sandbox.dashboard;

import io.cpdevents.sandbox.api.StripeRefusal;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The types of balance transactions that the platform has not caused. */
enum UnrequestedType {
  ADJUSTMENT("other_adjustment"),
  ADVANCE("advance"),
  CONTRIBUTION("contribution"),
  PAYOUT("payout"),
  RESERVE_TRANSACTION("risk_reserved_funds"),
  STRIPE_FEE("fee"),
  STRIPE_FX_FEE("fee"),
  TAX_FEE("tax"),
  TOPUP("topup"),
  TOPUP_REVERSAL("topup_reversal");

  private final String category;

  UnrequestedType(String category) {
    this.category = category;
  }

  String category() {
    return category;
  }

  /** Stripe's name of the type. */
  String stripeName() {
    return name().toLowerCase(Locale.ROOT);
  }

  static UnrequestedType of(@Nullable String name) {
    return Arrays.stream(values())
        .filter(type -> type.stripeName().equals(name))
        .findFirst()
        .orElseThrow(() ->
            StripeRefusal.invalid(
                null,
                "type",
                "Invalid type: must be one of "
                    + Arrays.stream(values())
                        .map(UnrequestedType::stripeName)
                        .collect(Collectors.joining(", "))));
  }
}
