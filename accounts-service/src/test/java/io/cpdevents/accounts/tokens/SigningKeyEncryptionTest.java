package io.cpdevents.accounts.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.secrets.TokenKey;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SigningKeyEncryptionTest {

  private final SigningKeyEncryption encryption = with("a-token-key-for-tests-of-32-characters");

  @Test
  void what_was_encrypted_can_be_read_with_the_same_key_only() {
    byte[] sealed = encryption.encrypt("key-1", "the private key");

    assertThat(encryption.decrypt("key-1", sealed)).contains("the private key");
    assertThat(encryption.decrypt("key-2", sealed)).isEmpty();
    assertThat(with("another-token-key-of-32-characters-or-more").decrypt("key-1", sealed))
        .isEmpty();
    assertThat(new String(sealed, StandardCharsets.ISO_8859_1)).doesNotContain("private");
    assertThat(encryption.encrypt("key-1", "the private key")).isNotEqualTo(sealed);
  }

  @Test
  void what_is_too_short_to_be_encrypted_is_not_ours() {
    byte[] sealed = encryption.encrypt("key-1", "the private key");

    for (int bytes = 0; bytes < sealed.length; bytes++) {
      assertThat(encryption.decrypt("key-1", Arrays.copyOf(sealed, bytes))).isEmpty();
    }
  }

  @Test
  void a_token_key_that_can_be_guessed_is_refused() {
    assertThatThrownBy(() -> new TokenKey("short"))
        .hasMessageContaining("CPD_TOKEN_KEY")
        .hasMessageNotContaining("short\"");
    assertThat(new TokenKey("a-token-key-for-tests-of-32-characters").toString())
        .isEqualTo("(hidden)");
  }

  private static SigningKeyEncryption with(String tokenKey) {
    return new SigningKeyEncryption(new TokenKey(tokenKey));
  }
}
