package io.cpdevents.accounts.apikeys;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.secrets.OpaqueToken;
import io.cpdevents.accounts.secrets.TokenKey;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class ApiKeySecretsTest {

  private static final String BEFORE = "the-token-key-of-before-of-32-characters";
  private static final TokenKey NOW = new TokenKey("the-token-key-of-now-of-32-characters");

  @Test
  void a_repetition_has_the_key_of_the_first_time_though_the_token_key_was_changed() {
    UUID id = UUID.randomUUID();
    OpaqueToken first = new ApiKeySecrets(new TokenKey(BEFORE), List.of()).of(id);

    OpaqueToken again = new ApiKeySecrets(NOW, List.of(BEFORE)).madeBefore(id, first.sha256());

    assertThat(again.sha256()).isEqualTo(first.sha256());
    assertThatThrownBy(() -> new ApiKeySecrets(NOW, List.of()).madeBefore(id, first.sha256()))
        .isInstanceOf(IllegalStateException.class);
  }
}
