package io.cpdevents.accounts.passwords;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.AccountsProblem;
import io.cpdevents.accounts.secrets.SecretText;
import io.cpdevents.platform.error.RuleViolation;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

class PasswordHashingTest {

  private final PasswordHashing hashing = new PasswordHashing(BulkheadRegistry.ofDefaults());
  private final Password password = Password.typed(new SecretText("correct horse battery"));

  @Test
  void a_hash_has_owasps_minimum_parameters_and_a_salt_of_its_own() {
    String hash = hashing.hash(password);

    assertThat(hash).startsWith("$argon2id$v=19$m=19456,t=2,p=1$");
    assertThat(hashing.hash(password)).isNotEqualTo(hash);
    assertThat(hashing.matches(password, hash)).isTrue();
    assertThat(hashing.matches(Password.typed(new SecretText("something else")), hash)).isFalse();
  }

  @Test
  void what_a_stored_hash_was_made_with_is_read_back_from_it() {
    String ours = hashing.hash(password);
    String lessMemory =
        new Argon2PasswordEncoder(16, 32, 1, PasswordHashing.MEMORY_KIB / 2, 2)
            .encode("a password");
    String fewerIterations =
        new Argon2PasswordEncoder(16, 32, 1, PasswordHashing.MEMORY_KIB, 1).encode("a password");
    String more =
        new Argon2PasswordEncoder(16, 32, 1, PasswordHashing.MEMORY_KIB, 3).encode("a password");

    assertThat(HashParameters.areOutdatedIn(ours)).isFalse();
    assertThat(HashParameters.areOutdatedIn(more)).isFalse();
    assertThat(HashParameters.areOutdatedIn(lessMemory)).isTrue();
    assertThat(HashParameters.areOutdatedIn(fewerIterations)).isTrue();
    assertThat(HashParameters.areOutdatedIn("$2a$10$of-another-kind")).isTrue();
  }

  @Test
  void a_password_without_an_account_takes_the_same_work_and_never_matches() {
    assertThat(hashing.matches(password, null)).isFalse();
    assertThat(hashing.matches(Password.typed(new SecretText("")), null)).isFalse();
  }

  @Test
  void a_hash_that_cannot_start_in_time_is_refused() {
    BulkheadRegistry bulkheads = BulkheadRegistry.ofDefaults();
    PasswordHashing full = new PasswordHashing(bulkheads);
    bulkheads
        .bulkhead("password-hashing")
        .changeConfig(
            BulkheadConfig.custom().maxConcurrentCalls(0).maxWaitDuration(Duration.ZERO).build());

    assertThatThrownBy(() -> full.hash(password))
        .isInstanceOfSatisfying(
            RuleViolation.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo("server-busy");
              assertThat(refusal.problem()).isEqualTo(AccountsProblem.SERVER_BUSY);
              assertThat(refusal.retryAfter()).isNotNull();
            });
  }
}
