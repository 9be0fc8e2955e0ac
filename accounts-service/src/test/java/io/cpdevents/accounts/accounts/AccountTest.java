package io.cpdevents.accounts.accounts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.accounts.accounts.Account.Proposal;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class AccountTest {

  private static final Instant NOW = Instant.parse("2027-03-01T15:00:00Z");
  private static final Preferences NONE = new Preferences(null, null);
  private static final Proposal FIRST = new Proposal("Ada", NONE, "first hash");
  private static final Proposal SECOND = new Proposal("Eve", NONE, "second hash");

  private final Account signedUp =
      Account.signedUp(UUID.randomUUID(), "ada@example.org", FIRST, NOW);

  @Test
  void the_proposal_whose_link_is_followed_becomes_true() {
    Account verified = signedUp.signedUpAgain(SECOND, NOW).verified(FIRST, NOW);

    assertThat(verified.name()).isEqualTo("Ada");
    assertThat(verified.passwordHash()).isEqualTo("first hash");
    assertThat(verified.version()).isEqualTo(3);
    assertThat(verified.toEvent().emailVerified()).isTrue();
  }

  @Test
  void a_verified_account_takes_no_more_proposals() {
    Account verified = signedUp.verified(FIRST, NOW);

    assertThatThrownBy(() -> verified.signedUpAgain(SECOND, NOW))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> verified.verified(SECOND, NOW))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void another_mail_can_be_asked_for_while_there_is_one_sign_up_only() {
    Account contested = signedUp.signedUpAgain(SECOND, NOW);

    assertThat(signedUp.canRequestAnotherMail()).isTrue();
    assertThat(contested.canRequestAnotherMail()).isFalse();
    assertThat(contested.verified(FIRST, NOW).contested()).isTrue();
    assertThat(signedUp.verified(FIRST, NOW).canRequestAnotherMail()).isFalse();
  }

  @Test
  void an_account_prints_neither_person_nor_hash() {
    assertThat(signedUp.toString()).doesNotContain("ada@", "Ada", "hash");
    assertThat(FIRST.toString()).doesNotContain("Ada", "hash");
  }
}
