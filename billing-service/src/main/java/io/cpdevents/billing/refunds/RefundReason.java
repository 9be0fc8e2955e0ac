package io.cpdevents.billing.refunds;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Why a refund was made, for the mail about it.
 *
 * @param reason what the person who asked for it typed; null when it was no person
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RefundReason(UUID refundId, UUID registrationId, @Nullable String reason) {

  /** Without the reason, which must not be logged. */
  @Override
  public String toString() {
    return "RefundReason[%s]".formatted(refundId);
  }
}
