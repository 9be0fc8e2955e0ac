package io.cpdevents.billing.invoices;

import io.cpdevents.billing.stripe.StripeInvoice;
import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An invoice of an organization's plan, as its people see it.
 *
 * @param number as it is printed
 * @param status Stripe's: {@code open}, {@code paid}, {@code void} (it was a mistake) or {@code
 *     uncollectible} (it was given up)
 * @param periodStart of what it is for
 * @param pdfUrl where Stripe shows it
 * @param authenticationUrl where its payment is authenticated; null when no bank asks for that
 */
@Schema(name = "Invoice")
public record InvoiceView(
    UUID id,
    @Nullable String number,
    Status status,
    Money total,
    Money paid,
    Instant periodStart,
    Instant periodEnd,
    @Nullable String pdfUrl,
    @Nullable String authenticationUrl,
    Instant createdAt) {

  /** How it stands. */
  @Schema(name = "InvoiceStatus")
  public enum Status {
    OPEN,
    PAID,
    VOID,
    UNCOLLECTIBLE;

    static Status of(StripeInvoice.Status status) {
      return switch (status) {
        case PAID -> PAID;
        case VOID -> VOID;
        case UNCOLLECTIBLE -> UNCOLLECTIBLE;
        case OPEN, DRAFT -> OPEN;
      };
    }
  }
}
