package io.cpdevents.registration.registrations;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.platform.text.Reference;
import java.util.Locale;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class TypedReferenceTest {

  @Test
  void a_reference_is_understood_as_it_is_written_and_as_people_type_it() {
    for (int i = 0; i < 100; i++) {
      UUID id = UUID.randomUUID();
      long bits = id.getLeastSignificantBits() & TypedReference.MASK;
      String reference = Reference.of(id);

      assertThat(TypedReference.bitsOf(reference)).isEqualTo(bits);
      assertThat(
              TypedReference.bitsOf(
                  reference.toLowerCase(Locale.ROOT).replace('-', ' ').replace('1', 'l')))
          .isEqualTo(bits);
    }
  }

  @Test
  void what_is_no_reference_is_none() {
    assertThat(TypedReference.bitsOf("Ada Lovelace")).isNull();
    assertThat(TypedReference.bitsOf("7K3QZ-0M4X")).isNull();
    assertThat(TypedReference.bitsOf("7K3QZ-0M4XU")).isNull();
  }
}
