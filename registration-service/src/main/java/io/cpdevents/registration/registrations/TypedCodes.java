package io.cpdevents.registration.registrations;

import io.cpdevents.platform.error.ProblemCode;
import io.cpdevents.registration.RegistrationProblem;
import io.cpdevents.registration.events.TicketTypeTerms;
import org.jspecify.annotations.Nullable;

/**
 * The codes that somebody typed; null where none was.
 *
 * @param promoCode for a lower price
 * @param accessCode for ticket types that are hidden
 */
public record TypedCodes(@Nullable String promoCode, @Nullable String accessCode) {

  /** Nothing was typed. */
  public static final TypedCodes NONE = new TypedCodes(null, null);

  /** Whether nothing was typed that could be a guess. */
  boolean areNone() {
    return promoCode == null && accessCode == null;
  }

  /** Whether this refusal shows that one of them is wrong. */
  boolean areWrongBy(ProblemCode refusal) {
    return (promoCode != null && refusal == RegistrationProblem.PROMO_INVALID)
        || (accessCode != null && refusal == RegistrationProblem.TICKET_TYPE_NOT_FOUND);
  }

  /** The access code as codes are stored. */
  @Nullable String canonicalAccessCode() {
    return accessCode == null ? null : TicketTypeTerms.canonical(accessCode);
  }
}
