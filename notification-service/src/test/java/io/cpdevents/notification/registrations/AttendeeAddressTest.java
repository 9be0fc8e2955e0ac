package io.cpdevents.notification.registrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.notification.profiles.Recipient;
import io.cpdevents.notification.registrations.RegistrationContent.EventContent;
import io.cpdevents.notification.registrations.RegistrationContent.TicketContent;
import io.cpdevents.platform.money.Money;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AttendeeAddressTest {

  private final UUID guest = UUID.randomUUID();
  private final UUID own = UUID.randomUUID();
  private final RegistrationContent content =
      new RegistrationContent(
          UUID.randomUUID(),
          "R-1",
          "cancelled",
          new EventContent(
              UUID.randomUUID(),
              UUID.randomUUID(),
              3,
              "Wound care",
              Instant.parse("2026-12-05T14:00:00Z"),
              Instant.parse("2026-12-05T22:00:00Z"),
              ZoneId.of("America/Toronto"),
              null,
              "online",
              "Nurses of Ontario"),
          Money.of(0, "CAD"),
          List.of(
              ticket(guest, "Grace", "grace@cpd.example"),
              ticket(own, "(erased)", "erased@erased.invalid")),
          null);

  @Test
  void a_guest_of_a_buyer_who_was_erased_is_written_to() {
    assertThat(addressOf(guest))
        .contains(new Recipient.Known("grace@cpd.example", "Grace", null, null));
  }

  @Test
  void nobody_writes_to_who_was_erased() {
    assertThat(addressOf(own)).contains(new Recipient.Erased());
  }

  private Optional<Recipient> addressOf(UUID ticketId) {
    return AttendeeAddress.of(content, ticketId, Optional.of(new Recipient.Erased()));
  }

  private static TicketContent ticket(UUID id, String name, String email) {
    return new TicketContent(id, "Regular", name, email, Money.of(0, "CAD"), null, null);
  }
}
