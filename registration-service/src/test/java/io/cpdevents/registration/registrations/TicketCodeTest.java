package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.text.Reference;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class TicketCodeTest {

  private static final int MANY = 10_000;

  @Test
  void codes_are_long_and_none_is_like_another() {
    var codes = Stream.generate(TicketCode::next).limit(MANY).collect(Collectors.toSet());
    assertThat(codes).hasSize(MANY).allMatch(code -> code.matches("[0-9A-HJKMNP-TV-Z]{26}"));
  }

  @Test
  void a_reference_follows_from_the_id() {
    UUID id = UUID.fromString("01957f3e-5a4b-7c3d-8e2f-0123456789ab");
    assertThat(Reference.of(id)).matches("[0-9A-HJKMNP-TV-Z]{5}-[0-9A-HJKMNP-TV-Z]{5}");
    assertThat(Reference.of(id)).isEqualTo(Reference.of(id));
    assertThat(Reference.of(id)).isNotEqualTo(Reference.of(UUID.randomUUID()));
  }
}
