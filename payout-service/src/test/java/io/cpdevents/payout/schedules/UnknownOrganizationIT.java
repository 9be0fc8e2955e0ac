package io.cpdevents.payout.schedules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.test.sandbox.WithStripeSandbox;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;

@CpdIntegrationTest
@WithStripeSandbox
class UnknownOrganizationIT {

  @Autowired private ApiClient api;
  @Autowired private Facts facts;
  @Autowired private JdbcClient jdbc;

  private final UUID organizationId = UUID.randomUUID();

  @Test
  void the_platform_decides_about_organizations_that_exist_alone() {
    decide().refused(404, "organization-not-found");
    assertThat(schedules()).isZero();

    facts.tell(
        new OrganizationChanged(
            organizationId, 1, "Nurses of Ontario", UUID.randomUUID(), null, null));

    await().untilAsserted(() -> assertThat(decide().status()).isEqualTo(200));
    assertThat(schedules()).isOne();
  }

  private Answer decide() {
    return api.as(TestTokens.bearer(UUID.randomUUID(), Set.of("platform-finance"), Map.of()))
        .put(
            "/api/v1/organizations/" + organizationId + "/payout-schedule",
            Map.of("interval", "weekly", "minimums", List.of(), "releaseDaysAfterEvent", 7));
  }

  private long schedules() {
    return jdbc.sql("SELECT count(*) FROM payout_schedule WHERE organization_id = :id")
        .param("id", organizationId)
        .query(Long.class)
        .single();
  }
}
