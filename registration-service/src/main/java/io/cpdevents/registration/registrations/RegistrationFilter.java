package io.cpdevents.registration.registrations;

import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.sql.Period;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Which registrations for an event are listed; a filter that is null excludes nothing.
 *
 * @param period in which they were made
 * @param ticketTypeId those with a ticket of this type
 * @param paid whether a payment has confirmed them
 * @param checkedIn whether somebody has come with one of their tickets
 * @param search a part of an attendee's name or address, or the reference
 */
public record RegistrationFilter(
    @Nullable RegistrationStatus status,
    Period period,
    @Nullable UUID ticketTypeId,
    @Nullable Boolean paid,
    @Nullable Boolean checkedIn,
    @Nullable String search) {

  /** All of them. */
  static final RegistrationFilter NONE =
      new RegistrationFilter(null, new Period(null, null), null, null, null, null);

  private static final String WITH_TICKET_TYPE =
      """
       AND EXISTS (SELECT FROM ticket k
                   WHERE k.registration_id = r.id AND k.ticket_type_id = :ticketTypeId)
      """;
  private static final String CHECKED_IN =
      """
       AND EXISTS (SELECT FROM ticket k JOIN check_in c ON c.ticket_id = k.id
                   WHERE k.registration_id = r.id) = :checkedIn
      """;

  /** The reference is made of the lowest bits of the id, which 13 digits of it have. */
  private static final String FOUND =
      """
       AND (EXISTS (SELECT FROM ticket k
                    WHERE k.registration_id = r.id
                      AND (strpos(lower(k.attendee_name), :search) > 0
                        OR strpos(lower(k.attendee_email), :search) > 0))
         OR cast(cast('x' || right(replace(cast(r.id AS text), '-', ''), 13) AS bit(52)) AS bigint)
              & :referenceMask = cast(:reference AS bigint))
      """;

  /** Which rows, as a part of a statement. */
  String condition() {
    return (status == null ? "" : " AND r.status = :status")
        + (paid == null ? "" : " AND (r.payment_id IS NOT NULL) = :paid")
        + (ticketTypeId == null ? "" : WITH_TICKET_TYPE)
        + (checkedIn == null ? "" : CHECKED_IN)
        + (search == null ? "" : FOUND)
        + period.condition("r.created_at");
  }

  /** The parameters of that. */
  Map<String, Object> parameters() {
    Map<String, Object> parameters = new HashMap<>(period.parameters());
    parameters.put("status", Parameters.constant(status));
    if (ticketTypeId != null) {
      parameters.put("ticketTypeId", ticketTypeId);
    }
    if (paid != null) {
      parameters.put("paid", paid);
    }
    if (checkedIn != null) {
      parameters.put("checkedIn", checkedIn);
    }
    if (search != null) {
      parameters.put("search", search.toLowerCase(Locale.ROOT));
      parameters.put("reference", Parameters.bigint(TypedReference.bitsOf(search)));
      parameters.put("referenceMask", TypedReference.MASK);
    }
    return parameters;
  }
}
