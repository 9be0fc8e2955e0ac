package io.cpdevents.registration.promocodes;

import io.cpdevents.platform.audit.AuditTrail;
import io.cpdevents.platform.audit.AuditTrail.Change;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.RuleViolation;
import java.util.HashSet;
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
   * Requires that a code is for nothing but its own organization's. What it was for before may have
   * been removed meanwhile, which must keep nobody from ending it.
   *
   * @throws RuleViolation {@code invalid-request} with {@code not-found}
   */
  void requireOwn(@Nullable PromoCode before, PromoCode code) {
    UUID organizationId = code.organizationId();
    PromoCodeTerms old = before == null ? null : before.terms();
    Set<UUID> events = added(old == null ? null : old.eventIds(), code.terms().eventIds());
    if (promoCodes.countEvents(organizationId, events) < events.size()) {
      throw FieldProblem.NOT_FOUND.on("eventIds");
    }
    Set<UUID> ticketTypes =
        added(old == null ? null : old.ticketTypeIds(), code.terms().ticketTypeIds());
    if (promoCodes.countTicketTypes(organizationId, ticketTypes) < ticketTypes.size()) {
      throw FieldProblem.NOT_FOUND.on("ticketTypeIds");
    }
  }

  private static Set<UUID> added(@Nullable Set<UUID> before, @Nullable Set<UUID> after) {
    Set<UUID> added = new HashSet<>(after == null ? Set.of() : after);
    added.removeAll(before == null ? Set.of() : before);
    return added;
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
    put(values, "eventIds", terms.eventIds());
    put(values, "ticketTypeIds", terms.ticketTypeIds());
    return values;
  }

  private static void put(Map<String, String> values, String name, @Nullable Object value) {
    if (value != null) {
      values.put(name, value.toString());
    }
  }
}
