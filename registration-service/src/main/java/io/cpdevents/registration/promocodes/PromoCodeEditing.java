package io.cpdevents.registration.promocodes;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What creating and changing a promo code have in common. */
@Component
class PromoCodeEditing {

  private final PromoCodes promoCodes;
  private final AuditTrail audit;

  PromoCodeEditing(PromoCodes promoCodes, AuditTrail audit) {
    this.promoCodes = promoCodes;
    this.audit = audit;
  }

  /**
   * Requires that a code is for nothing but its own organization's.
   *
   * @throws RuleViolation {@code invalid-request} with {@code not-found}
   */
  void requireOwn(PromoCode code) {
    UUID organizationId = code.organizationId();
    Set<UUID> events = code.terms().eventIds();
    if (events != null && promoCodes.countEvents(organizationId, events) < events.size()) {
      throw FieldProblem.NOT_FOUND.on("eventIds");
    }
    Set<UUID> ticketTypes = code.terms().ticketTypeIds();
    if (ticketTypes != null
        && promoCodes.countTicketTypes(organizationId, ticketTypes) < ticketTypes.size()) {
      throw FieldProblem.NOT_FOUND.on("ticketTypeIds");
    }
  }

  /** Writes the audit entry. */
  void audit(String action, @Nullable PromoCode before, PromoCode after) {
    audit.record(
        action,
        "promo-code",
        after.id().toString(),
        after.organizationId(),
        new Change(before == null ? Map.of() : values(before.terms()), values(after.terms())));
  }

  private static Map<String, String> values(PromoCodeTerms terms) {
    Map<String, String> values = new TreeMap<>();
    put(values, "code", terms.code());
    put(values, "status", terms.status());
    put(values, "percentOff", terms.percentOff());
    put(values, "amountOff", terms.amountOff());
    put(values, "maxUses", terms.maxUses());
    put(values, "maxUsesPerAccount", terms.maxUsesPerAccount());
    put(values, "validFrom", terms.validFrom());
    put(values, "validUntil", terms.validUntil());
    put(values, "events", terms.eventIds() == null ? null : terms.eventIds().size());
    put(values, "ticketTypes", terms.ticketTypeIds() == null ? null : terms.ticketTypeIds().size());
    return values;
  }

  private static void put(Map<String, String> values, String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value.toString());
    }
  }
}
