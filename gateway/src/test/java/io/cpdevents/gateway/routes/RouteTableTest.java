package io.cpdevents.gateway.routes;

import static org.assertj.core.api.Assertions.assertThat;

import io.cpdevents.gateway.routes.Route.Kind;
import io.cpdevents.gateway.upstream.RouteTimeout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RouteTableTest {

  @ParameterizedTest
  @CsvSource({
    "accounts, /api/v1/accounts",
    "accounts, /api/v1/accounts/verification",
    "accounts, /api/v1/sessions/current",
    "accounts, /api/v1/logins",
    "accounts, /api/v1/password-resets/completion",
    "accounts, /api/v1/me/totp/confirmation",
    "accounts, /api/v1/organizations",
    "accounts, /api/v1/organizations/1",
    "accounts, /api/v1/organizations/1/members/2",
    "accounts, /api/v1/invitations/acceptance",
    "accounts, /api/v1/organizations/1/zoom",
    "accounts, /api/v1/organizations/1/audit-log",
    "accounts, /api/v1/audit-log/verification",
    "registration, /api/v1/organizations/1/events",
    "registration, /api/v1/events/1/registrations",
    "registration, /api/v1/ticket-types/1",
    "registration, /api/v1/organizations/1/promo-codes",
    "registration, /api/v1/promo-codes/1",
    "registration, /api/v1/quotas/1",
    "registration, /api/v1/registrations/1/history",
    "registration, /api/v1/tickets/1",
    "registration, /api/v1/waitlist/1/acceptance",
    "registration, /api/v1/organizations/1/usage",
    "billing, /api/v1/payments/1/checkout",
    "billing, /api/v1/organizations/1/payments",
    "billing, /api/v1/refunds/1",
    "billing, /api/v1/organizations/1/refunds",
    "billing, /api/v1/organizations/1/disputes",
    "billing, /api/v1/disputes/1/evidence",
    "billing, /api/v1/disputes/1/files",
    "billing, /api/v1/organizations/1/payment-methods/2/default",
    "billing, /api/v1/plans",
    "billing, /api/v1/organizations/1/subscription/change/cancel",
    "billing, /api/v1/organizations/1/trial",
    "billing, /api/v1/organizations/1/invoices",
    "billing, /api/v1/finance/explanations/payout/1",
    "billing, /finance",
    "billing, /finance/breaks/1",
    "billing, /finance/assets/finance.js",
    "billing, /webhooks/stripe",
    "billing, /webhooks/stripe-connect",
    "payout, /api/v1/organizations/1/payout-account",
    "payout, /api/v1/organizations/1/balance",
    "payout, /api/v1/organizations/1/payout-schedule",
    "payout, /api/v1/organizations/1/payouts",
    "payout, /api/v1/payouts/1/statement",
    "notification, /api/v1/organizations/1/mails",
    "notification, /api/v1/mails/1/resend",
    "notification, /api/v1/suppressions",
    "notification, /api/v1/webhooks/mail-bounces",
    "notification, /api/v1/organizations/1/webhook-endpoints",
    "notification, /api/v1/webhook-endpoints/1/deliveries",
    "notification, /api/v1/deliveries/1/redelivery",
    "payout, /api/v1/ops/payout/parked-messages",
    "notification, /api/v1/ops/notification"
  })
  void each_path_of_the_api_leads_to_its_service(String service, String path) {
    Route route = RouteTable.find("GET", path);

    assertThat(route).isNotNull();
    assertThat(route.upstream().serviceName()).isEqualTo(service);
    assertThat(route.path()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/",
        "/api/v1/",
        "/api/v2/events",
        "/internal/jwks",
        "/api/v1/Events",
        "/api/v1/eventsandmore",
        "/api/v1/organizations/1/internal",
        "/api/v1/ops",
        "/api/v1/ops/",
        "/finances",
        "/webhooks/stripe/",
        "/v3/api-docs",
        "/v3/api-docs/billing"
      })
  void other_paths_have_no_route(String path) {
    assertThat(RouteTable.find("GET", path)).isNull();
  }

  @Test
  void people_without_a_session_can_log_in_and_reset_their_password() {
    assertThat(kind("POST", "/api/v1/sessions")).isEqualTo(Kind.LOG_IN);
    assertThat(kind("POST", "/api/v1/sessions/passkey")).isEqualTo(Kind.LOG_IN);
    assertThat(kind("POST", "/api/v1/sessions/passkey/options")).isEqualTo(Kind.LOG_IN);
    assertThat(kind("POST", "/api/v1/password-resets")).isEqualTo(Kind.SESSIONLESS);
    assertThat(kind("POST", "/api/v1/accounts/verification")).isEqualTo(Kind.SESSIONLESS);
    assertThat(kind("POST", "/api/v1/me/email-changes/revert")).isEqualTo(Kind.SESSIONLESS);
    assertThat(kind("POST", "/api/v1/me/email-changes")).isEqualTo(Kind.API);
    assertThat(kind("POST", "/api/v1/sessions/current/step-up")).isEqualTo(Kind.API);
    assertThat(kind("DELETE", "/api/v1/accounts/1/sessions")).isEqualTo(Kind.API);
    assertThat(kind("GET", "/api/v1/sessions")).isEqualTo(Kind.API);
    assertThat(kind("DELETE", "/api/v1/sessions/current")).isEqualTo(Kind.API);
    assertThat(kind("POST", "/webhooks/stripe")).isEqualTo(Kind.WEBHOOK);
  }

  @Test
  void only_slow_resources_have_the_long_timeout() {
    Route payments = RouteTable.find("GET", "/api/v1/payments");
    Route events = RouteTable.find("GET", "/api/v1/events");

    assertThat(payments).isNotNull();
    assertThat(events).isNotNull();
    assertThat(payments.timeout()).isEqualTo(RouteTimeout.LONG);
    assertThat(events.timeout()).isEqualTo(RouteTimeout.DEFAULT);
  }

  @Test
  void a_body_may_be_large_only_where_files_are_uploaded() {
    assertThat(bodyLimit("/api/v1/disputes/1/files")).isEqualTo(Route.MAX_UPLOAD_BODY_BYTES);
    assertThat(bodyLimit("/api/v1/disputes/1/files/2")).isEqualTo(Route.MAX_API_BODY_BYTES);
    assertThat(bodyLimit("/api/v1/disputes/1/evidence")).isEqualTo(Route.MAX_API_BODY_BYTES);
    assertThat(bodyLimit("/api/v1/payments/1/files")).isEqualTo(Route.MAX_API_BODY_BYTES);
  }

  private static int bodyLimit(String path) {
    Route route = RouteTable.find("POST", path);
    assertThat(route).isNotNull();
    return route.bodyLimitBytes();
  }

  private static Kind kind(String method, String path) {
    Route route = RouteTable.find(method, path);
    assertThat(route).isNotNull();
    return route.kind();
  }
}
