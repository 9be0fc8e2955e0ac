package io.cpdevents.accounts.exports;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.accounts.secrets.TokenKey;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ArchiveEncryptionTest {

  private static final String BEFORE = "the-token-key-of-before-of-32-characters";
  private static final TokenKey NOW = new TokenKey("the-token-key-of-now-of-32-characters");

  @Test
  void what_was_sealed_before_the_key_was_changed_is_opened_still() {
    UUID id = UUID.randomUUID();
    byte[] archive = "all that is known".getBytes(UTF_8);
    byte[] sealed = new ArchiveEncryption(new TokenKey(BEFORE), List.of()).encrypt(id, archive);

    assertThat(new ArchiveEncryption(NOW, List.of(BEFORE)).decrypt(id, sealed)).contains(archive);
    assertThat(new ArchiveEncryption(NOW, List.of()).decrypt(id, sealed)).isEmpty();
  }
}
