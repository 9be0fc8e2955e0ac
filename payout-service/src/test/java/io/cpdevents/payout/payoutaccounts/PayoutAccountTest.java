package io.cpdevents.payout.payoutaccounts;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.contracts.payout.PayoutAccountEvent;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutAccountReady;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutAccountRestricted;
import io.cpdevents.contracts.payout.PayoutAccountEvent.PayoutInformationRequired;
import io.cpdevents.payout.payoutaccounts.PayoutAccount.Learned;
import io.cpdevents.payout.stripe.ConnectedAccount;
import io.cpdevents.payout.stripe.ConnectedAccount.Requirement;
import io.cpdevents.platform.test.HouseDocs;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PayoutAccountTest {

  private static final Instant NOW = Instant.parse("2026-11-01T12:00:00Z");
  private static final Instant DEADLINE = NOW.plus(Duration.ofDays(14));

  private final PayoutAccount requested =
      PayoutAccount.requested(UUID.randomUUID(), UUID.randomUUID(), "CA", NOW);

  @Test
  void the_diagram_is_the_table() {
    HouseDocs.assertDiagram(
        PayoutAccountStatus.TRANSITIONS.name(), PayoutAccountStatus.TRANSITIONS.toMermaid());
  }

  @Test
  void what_the_form_asks_for_is_no_news_to_whoever_fills_it_in() {
    Learned made = requested.found(incomplete("company.name"), NOW);

    assertThat(made.account().status()).isEqualTo(PayoutAccountStatus.ONBOARDING);
    assertThat(made.account().stripeId()).isEqualTo("acct_1");
    assertThat(made.told()).isEmpty();
    assertThat(made.account().found(incomplete("company.name", "company.phone"), NOW).told())
        .isEmpty();
  }

  @Test
  void an_account_that_becomes_ready_is_told_once() {
    PayoutAccount onboarding = requested.found(incomplete("company.name"), NOW).account();

    Learned ready = onboarding.found(ready(), NOW);

    assertThat(ready.told())
        .contains(
            new PayoutAccountReady(
                requested.id(), requested.organizationId(), List.of("CAD"), NOW));
    assertThat(ready.account().found(ready(), NOW).told()).isEmpty();
  }

  @Test
  void an_account_that_may_not_receive_transfers_is_not_ready_though_it_pays_out() {
    ConnectedAccount paysOut =
        new ConnectedAccount("acct_1", true, false, true, null, List.of(), List.of("CAD"));
    ConnectedAccount disabled =
        new ConnectedAccount("acct_1", true, true, true, "listed", List.of(), List.of("CAD"));

    assertThat(requested.found(paysOut, NOW).account().status())
        .isEqualTo(PayoutAccountStatus.RESTRICTED);
    assertThat(requested.found(disabled, NOW).account().status())
        .isEqualTo(PayoutAccountStatus.RESTRICTED);
  }

  @Test
  void each_new_requirement_is_told_and_the_same_is_not_told_again() {
    PayoutAccount ready = requested.found(ready(), NOW).account();

    Learned asked = ready.found(ready("company.tax_id"), NOW);
    Learned again = asked.account().found(ready("company.tax_id"), NOW);
    Learned more = again.account().found(ready("company.tax_id", "company.phone"), NOW);

    assertThat(asked.told())
        .contains(
            new PayoutInformationRequired(
                requested.id(),
                requested.organizationId(),
                List.of("company.tax_id"),
                DEADLINE,
                NOW));
    assertThat(again.told()).isEmpty();
    assertThat(more.told())
        .map(PayoutAccountTest::requirementsOf)
        .contains(List.of("company.tax_id", "company.phone"));
    assertThat(more.account().found(ready("company.phone"), NOW).told()).isEmpty();
  }

  @Test
  void stopping_to_be_ready_is_one_piece_of_news_with_what_is_missing() {
    PayoutAccount ready = requested.found(ready(), NOW).account();

    Learned restricted = ready.found(restricted("company.tax_id"), NOW);

    assertThat(restricted.told())
        .contains(
            new PayoutAccountRestricted(
                requested.id(),
                requested.organizationId(),
                "requirements.past_due",
                List.of("company.tax_id"),
                false,
                NOW));
    assertThat(restricted.account().found(ready(), NOW).told())
        .get()
        .isInstanceOf(PayoutAccountReady.class);
  }

  @Test
  void whoever_has_completed_the_form_hears_what_is_still_missing() {
    PayoutAccount onboarding = requested.found(incomplete("company.tax_id"), NOW).account();

    assertThat(onboarding.found(restricted("company.tax_id"), NOW).told())
        .get()
        .isInstanceOf(PayoutInformationRequired.class);
    assertThat(onboarding.found(restricted(), NOW).told()).isEmpty();
  }

  @Test
  void a_disconnected_account_never_comes_back() {
    PayoutAccount ready = requested.found(ready(), NOW).account();

    Learned gone = ready.disconnected(NOW);

    assertThat(gone.told())
        .map(PayoutAccountRestricted.class::cast)
        .map(PayoutAccountRestricted::disconnected)
        .contains(true);
    assertThat(gone.account().disconnected(NOW).told()).isEmpty();
    assertThat(gone.account().found(ready(), NOW).account()).isEqualTo(gone.account());
  }

  @Test
  void a_key_is_used_for_less_than_a_day() {
    assertThat(requested.isKeyRemembered(NOW.plus(Duration.ofHours(22)))).isTrue();
    assertThat(requested.isKeyRemembered(NOW.plus(Duration.ofHours(23)))).isFalse();
  }

  private static List<String> requirementsOf(PayoutAccountEvent event) {
    return ((PayoutInformationRequired) event).requirements();
  }

  private static ConnectedAccount incomplete(String... due) {
    return account(false, false, "requirements.past_due", due);
  }

  private static ConnectedAccount restricted(String... due) {
    return account(true, false, "requirements.past_due", due);
  }

  private static ConnectedAccount ready(String... due) {
    return account(true, true, null, due);
  }

  private static ConnectedAccount account(
      boolean submitted, boolean enabled, @Nullable String reason, String... due) {
    return new ConnectedAccount(
        "acct_1",
        submitted,
        enabled,
        enabled,
        reason,
        Arrays.stream(due)
            .map(field -> new Requirement(field, Requirement.State.DUE, DEADLINE, null))
            .toList(),
        List.of("CAD"));
  }
}
