package io.cpdevents.accounts.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.RuleViolation;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class PasswordHashingTest {

  private final PasswordHashing hashing = new PasswordHashing(1, Duration.ofSeconds(2));
  private final Password password = Password.typed(new SecretText("correct horse battery"));

  @Test
  void a_hash_has_owasps_least_parameters_and_its_own_salt() {
    String hash = hashing.hash(password);

    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(hashing.hash(password)).isNotEqualTo(hash);
    assertThat(hashing.matches(password, hash)).isTrue();
    assertThat(hashing.matches(Password.typed(new SecretText("something else")), hash)).isFalse();
  }

  @Test
  void nobodys_password_takes_the_same_work_and_never_matches() {
    assertThat(hashing.matches(password, null)).isFalse();
    assertThat(hashing.matches(Password.typed(new SecretText("")), null)).isFalse();
  }

  @Test
  void who_cannot_start_in_time_is_sent_away() {
    PasswordHashing full = new PasswordHashing(0, Duration.ofMillis(10));

    assertThatThrownBy(() -> full.hash(password))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("server-busy");
              assertThat(refusal.kind()).isEqualTo(RuleViolation.Kind.TOO_MANY_REQUESTS);
              assertThat(refusal.retryAfter()).isNotNull();
            });
  }
}
