package io.cpdevents.accounts.factors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.factors.SealingKeys.Sealed;
import io.cpdevents.accounts.secrets.TokenKey;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class SealingKeysTest {

  private static final String FORMER = "the-key-of-last-year-which-is-long-enough";
  private static final UUID SOMEBODY = UUID.randomUUID();

  private final TotpSecret secret = TotpSecret.next();
  private final SealingKeys lastYear = new SealingKeys(new TokenKey(FORMER), List.of());
  private final Sealed sealed = lastYear.seal(SOMEBODY, secret);

  @Test
  void what_is_sealed_is_opened_and_shows_nothing() {
    assertThat(lastYear.open(SOMEBODY, sealed).bytes()).isEqualTo(secret.bytes());
    assertThat(sealed.bytes()).hasSizeGreaterThan(40);
    assertThat(lastYear.seal(SOMEBODY, secret).bytes()).isNotEqualTo(sealed.bytes());
  }

  @Test
  void a_former_key_opens_what_it_sealed_and_an_unknown_one_nothing() {
    TokenKey today = new TokenKey("the-key-of-this-year-which-is-long-enough");

    assertThat(new SealingKeys(today, List.of(FORMER)).open(SOMEBODY, sealed).bytes())
        .isEqualTo(secret.bytes());
    assertThat(new SealingKeys(today, List.of(FORMER)).currentId()).isNotEqualTo(sealed.keyId());
    assertThatThrownBy(() -> new SealingKeys(today, List.of()).open(SOMEBODY, sealed))
        .hasMessageContaining("CPD_FORMER_TOKEN_KEYS");
  }

  @Test
  void what_was_sealed_for_one_account_is_worth_nothing_in_the_row_of_another() {
    assertThatThrownBy(() -> lastYear.open(UUID.randomUUID(), sealed))
        .hasMessageContaining("not sealed by us");
  }
}
