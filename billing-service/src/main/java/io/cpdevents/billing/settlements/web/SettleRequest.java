package io.cpdevents.billing.settlements.web;

import io.cpdevents.billing.settlements.SettlementKind;
import io.cpdevents.platform.text.OneLine;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;

/** What Stripe is to be asked about. */
record SettleRequest(
    @NotNull SettlementKind kind,
    @NotBlank @OneLine(max = SettleRequest.MAX_ID_CHARACTERS) String subjectId) {

  static final int MAX_ID_CHARACTERS = 255;
}
