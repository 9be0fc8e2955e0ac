package io.cpdevents.registration.promocodes;

import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.web.Versioned;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A promo code as its organization sees it.
 *
 * @param version rises with each change of its terms, not with uses
 * @param percentOff in basis points; null when it has an amount
 * @param uses how many registrations that are held or confirmed have it
 */
@Schema(name = "PromoCode")
public record PromoCodeView(
    UUID id,
    long version,
    UUID organizationId,
    @Schema(example = "EARLY-2027") String code,
    PromoCodeStatus status,
    @Nullable Integer percentOff,
    @Nullable Money amountOff,
    @Nullable Integer maxUses,
    @Nullable Integer maxUsesPerAccount,
    int uses,
    @Nullable Instant validFrom,
    @Nullable Instant validUntil,
    @Nullable Set<UUID> eventIds,
    @Nullable Set<UUID> ticketTypeIds,
    Instant createdAt)
    implements Versioned {

  static PromoCodeView of(PromoCode code, int uses) {
    PromoCodeTerms terms = code.terms();
    return new PromoCodeView(
        code.id(),
        code.version(),
        code.organizationId(),
        terms.code(),
        Objects.requireNonNull(terms.status()),
        terms.percentOff(),
        terms.amountOff(),
        terms.maxUses(),
        terms.maxUsesPerAccount(),
        uses,
        terms.validFrom(),
        terms.validUntil(),
        terms.eventIds(),
        terms.ticketTypeIds(),
        code.createdAt());
  }
}
