package io.cpdevents.gateway.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class RevocationsTest {

  private final Revocations revocations = new Revocations();
  private final UUID account = UUID.randomUUID();
  private final UUID session = UUID.randomUUID();

  @Test
  void a_token_of_a_revoked_session_is_refused_whenever_its_exchange_began() {
    long before = System.nanoTime();
    revocations.revoke(session);

    assertThat(revocations.allow(account, session, before)).isFalse();
    assertThat(revocations.allow(account, session, System.nanoTime())).isFalse();
    assertThat(revocations.allow(account, UUID.randomUUID(), before)).isTrue();
  }

  @Test
  void a_token_whose_exchange_began_before_its_roles_changed_is_not_used() {
    long before = System.nanoTime();
    revocations.invalidateTokensOf(account);

    assertThat(revocations.allow(account, session, before)).isFalse();
    assertThat(revocations.allow(account, session, System.nanoTime() + 1)).isTrue();
    assertThat(revocations.allow(UUID.randomUUID(), session, before)).isTrue();
  }
}
