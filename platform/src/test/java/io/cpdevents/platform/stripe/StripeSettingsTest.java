package io.cpdevents.platform.stripe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StripeSettingsTest {

  @ParameterizedTest
  @CsvSource({
    "https://api.stripe.com, sk_test_local",
    "http://127.0.0.1:8110, sk_live_1",
    "http://127.0.0.1:8110, rk_live_1",
    "https://api.stripe.com.evil.example, sk_live_1",
    "http://127.0.0.1:8110, pk_test_1",
    "http://127.0.0.1:8110, ''",
  })
  void a_key_for_somebody_else_does_not_start(String base, String key) {
    assertThatThrownBy(() -> new StripeSettings(base, key, "", "", "", 20))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "https://api.stripe.com, sk_live_1",
    "https://api.stripe.com, sk_test_51Abc",
    "http://127.0.0.1:8110, sk_test_local",
  })
  void a_key_for_its_owner_starts(String base, String key) {
    assertThat(new StripeSettings(base, key, "", "", "", 20).apiKey()).isEqualTo(key);
  }

  @Test
  void secrets_are_split_and_never_shown() {
    StripeSettings settings =
        new StripeSettings("http://127.0.0.1:1", "sk_test_a", " whsec_1 ,,whsec_2", "", "", 20);
    assertThat(settings.platformSecrets()).containsExactly("whsec_1", "whsec_2");
    assertThat(settings.connectSecrets()).isEmpty();
    assertThat(settings.toString()).doesNotContain("whsec").doesNotContain("sk_test");
  }
}
