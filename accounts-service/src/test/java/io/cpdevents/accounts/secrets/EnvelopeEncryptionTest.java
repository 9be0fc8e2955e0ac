package io.cpdevents.accounts.secrets;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnvelopeEncryptionTest {

  private static final byte[] PLAIN = "a refresh token".getBytes(StandardCharsets.UTF_8);
  private static final String NEW = "2027-01:" + "0f".repeat(32);
  private static final String OLD = "2026-01:" + "e1".repeat(32);

  @TempDir Path directory;

  private static EnvelopeEncryption with(String keys) {
    return new EnvelopeEncryption(EncryptionKeys.of(keys, ""));
  }

  @Test
  void what_is_sealed_for_its_owner_opens_for_nobody_else() {
    EnvelopeEncryption encryption = with(NEW);

    Sealed sealed = encryption.seal("mine", PLAIN);

    assertThat(encryption.open("mine", sealed)).isEqualTo(PLAIN);
    assertThatIllegalStateException().isThrownBy(() -> encryption.open("yours", sealed));
    assertThat(new String(sealed.content(), StandardCharsets.ISO_8859_1))
        .doesNotContain("refresh token");
  }

  @Test
  void the_same_is_never_sealed_twice_in_the_same_way() {
    EnvelopeEncryption encryption = with(NEW);

    Sealed first = encryption.seal("mine", PLAIN);
    Sealed second = encryption.seal("mine", PLAIN);

    assertThat(second.content()).isNotEqualTo(first.content());
    assertThatIllegalStateException()
        .as("each has a key of its own")
        .isThrownBy(() ->
            encryption.open("mine", new Sealed(first.keyId(), first.dataKey(), second.content())));
  }

  @Test
  void a_changed_byte_is_noticed_wherever_it_is() {
    EnvelopeEncryption encryption = with(NEW);
    Sealed sealed = encryption.seal("mine", PLAIN);
    for (byte[] part : new byte[][] {sealed.dataKey(), sealed.content()}) {
      for (int i = 0; i < part.length; i++) {
        part[i] ^= 1;
        assertThatIllegalStateException().isThrownBy(() -> encryption.open("mine", sealed));
        part[i] ^= 1;
      }
    }
    assertThat(encryption.open("mine", sealed)).isEqualTo(PLAIN);
  }

  @Test
  void a_new_key_takes_over_from_the_one_before() {
    Sealed old = with(OLD).seal("mine", PLAIN);
    EnvelopeEncryption both = with(NEW + "," + OLD);

    Sealed rewrapped = both.rewrapped("mine", old);

    assertThat(both.open("mine", old)).isEqualTo(PLAIN);
    assertThat(rewrapped.keyId()).isEqualTo("2027-01");
    assertThat(rewrapped.content()).isEqualTo(old.content());
    assertThat(with(NEW).open("mine", rewrapped)).isEqualTo(PLAIN);
    assertThatIllegalStateException()
        .isThrownBy(() -> with(NEW).open("mine", old))
        .withMessageContaining("2026-01");
  }

  @Test
  void a_file_counts_before_the_variable_and_has_a_key_on_each_line() throws IOException {
    Path file = Files.writeString(directory.resolve("keys"), NEW + "\n" + OLD + "\n");

    assertThat(new EnvelopeEncryption(EncryptionKeys.of("", file.toString())).keyIds())
        .containsExactly("2027-01", "2026-01");
    assertThat(new EnvelopeEncryption(EncryptionKeys.of(OLD, file.toString())).keyIds())
        .containsExactly("2027-01", "2026-01");
  }

  @Test
  void keys_of_another_form_are_refused_without_being_told() {
    for (String wrong : new String[] {"0f".repeat(32), "x:" + "0f".repeat(31), NEW + "," + NEW}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> with(wrong))
          .satisfies(
              refused -> assertThat(String.valueOf(refused.getMessage())).doesNotContain("0f0f"));
    }
    assertThat(with("").isPossible()).isFalse();
    assertThatIllegalStateException().isThrownBy(() -> with("").seal("mine", PLAIN));
  }
}
