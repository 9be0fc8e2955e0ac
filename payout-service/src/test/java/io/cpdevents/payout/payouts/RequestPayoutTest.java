package io.cpdevents.payout.payouts;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verifyNoInteractions;

import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.OrganizationRole;
import java.util.Currency;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class RequestPayoutTest {

  private final UUID organizationId = UUID.randomUUID();
  private final PlacePayout placePayout = mock(PlacePayout.class);

  @Test
  void nothing_is_placed_for_whoever_has_not_logged_in_lately() {
    RuleViolation logInAgain = CommonProblem.SESSION_INVALID.violation();
    RequestPayout requestPayout =
        new RequestPayout(
            placePayout,
            _ -> {
              throw logInAgain;
            });

    assertThatThrownBy(() ->
            requestPayout.handle(
                new RequestPayout.Command(
                    UUID.randomUUID(), organizationId, Currency.getInstance("CAD"), null),
                owner()))
        .isSameAs(logInAgain);
    verifyNoInteractions(placePayout);
  }

  private Caller owner() {
    return new Caller(
        UUID.randomUUID(),
        UUID.randomUUID(),
        Set.of(),
        Map.of(organizationId, OrganizationRole.OWNER));
  }
}
