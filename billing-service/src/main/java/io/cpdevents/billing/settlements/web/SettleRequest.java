package io.cpdevents.billing.settlements.web;

import io.cpdevents.billing.settlements.SettlementKind;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;

/** What Stripe is to be asked about. */
@Schema(name = "NewSettlement")
record SettleRequest(
    @NotNull SettlementKind kind,
    @NotBlank @Size(max = SettleRequest.MAX_ID_CHARACTERS) String subjectId) {

  static final int MAX_ID_CHARACTERS = 255;
}
