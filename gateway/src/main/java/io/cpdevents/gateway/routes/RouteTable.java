package io.cpdevents.gateway.routes;

import static io.cpdevents.gateway.upstream.Upstream.ACCOUNTS;
import static io.cpdevents.gateway.upstream.Upstream.BILLING;
import static io.cpdevents.gateway.upstream.Upstream.NOTIFICATION;
import static io.cpdevents.gateway.upstream.Upstream.PAYOUT;
import static io.cpdevents.gateway.upstream.Upstream.REGISTRATION;

import io.cpdevents.gateway.routes.Route.Kind;
import io.cpdevents.gateway.upstream.RouteTimeout;
import io.cpdevents.gateway.upstream.Upstream;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * All routes. The first path segment after {@code /api/v1/} decides the service; below {@code
 * /organizations/{id}/} it is the segment after the id. A path without a route, such as {@code
 * /internal/**}, cannot be reached.
 */
public final class RouteTable {

  private static final String API = "/api/v1/";
  private static final String FINANCE_PAGES = "/finance";
  private static final String ORGANIZATIONS = "organizations";
  private static final String OPERATIONS = "ops";

  /** {@code /api/v1/<first segment>} and everything below it. */
  private static final Map<String, Upstream> BY_FIRST_SEGMENT =
      Map.ofEntries(
          Map.entry("accounts", ACCOUNTS),
          Map.entry("sessions", ACCOUNTS),
          Map.entry("logins", ACCOUNTS),
          Map.entry("password-resets", ACCOUNTS),
          Map.entry("me", ACCOUNTS),
          Map.entry("invitations", ACCOUNTS),
          Map.entry("audit-log", ACCOUNTS),
          Map.entry("zoom", ACCOUNTS),
          Map.entry("events", REGISTRATION),
          Map.entry("ticket-types", REGISTRATION),
          Map.entry("promo-codes", REGISTRATION),
          Map.entry("quotas", REGISTRATION),
          Map.entry("registrations", REGISTRATION),
          Map.entry("tickets", REGISTRATION),
          Map.entry("waitlist", REGISTRATION),
          Map.entry("payments", BILLING),
          Map.entry("refunds", BILLING),
          Map.entry("disputes", BILLING),
          Map.entry("plans", BILLING),
          Map.entry("finance", BILLING),
          Map.entry("payouts", PAYOUT),
          Map.entry("mails", NOTIFICATION),
          Map.entry("suppressions", NOTIFICATION),
          Map.entry("webhooks", NOTIFICATION),
          Map.entry("webhook-endpoints", NOTIFICATION),
          Map.entry("deliveries", NOTIFICATION));

  /** {@code /api/v1/organizations/{id}/<segment>} and everything below it. */
  private static final Map<String, Upstream> BY_ORGANIZATION_SEGMENT =
      Map.ofEntries(
          Map.entry("members", ACCOUNTS),
          Map.entry("invitations", ACCOUNTS),
          Map.entry("ownership", ACCOUNTS),
          Map.entry("api-keys", ACCOUNTS),
          Map.entry("zoom", ACCOUNTS),
          Map.entry("audit-log", ACCOUNTS),
          Map.entry("events", REGISTRATION),
          Map.entry("promo-codes", REGISTRATION),
          Map.entry("usage", REGISTRATION),
          Map.entry("payments", BILLING),
          Map.entry("refunds", BILLING),
          Map.entry("disputes", BILLING),
          Map.entry("payment-methods", BILLING),
          Map.entry("subscription", BILLING),
          Map.entry("trial", BILLING),
          Map.entry("invoices", BILLING),
          Map.entry("explanations", BILLING),
          Map.entry("payout-account", PAYOUT),
          Map.entry("balance", PAYOUT),
          Map.entry("payout-schedule", PAYOUT),
          Map.entry("payouts", PAYOUT),
          Map.entry("mails", NOTIFICATION),
          Map.entry("webhook-endpoints", NOTIFICATION));

  /** Addresses outside {@code /api/v1}, which are registered with other systems. */
  private static final Map<String, Upstream> WEBHOOKS =
      Map.of("/webhooks/stripe", BILLING, "/webhooks/stripe-connect", BILLING);

  /** Resources whose answer may have to wait for Stripe or Zoom, or for a payment to appear. */
  private static final Set<String> SLOW_RESOURCES =
      Set.of(
          "payments",
          "refunds",
          "disputes",
          "finance",
          "payment-methods",
          "subscription",
          "trial",
          "payout-account",
          "zoom");

  /** Where files are uploaded. */
  private static final Pattern UPLOADS = Pattern.compile("/api/v1/disputes/[^/]+/files");

  /** What people do without a session, and with one that has ended: it does not count. */
  private static final Pattern SESSIONLESS =
      Pattern.compile(
          "/api/v1/(accounts|accounts/verification|accounts/verification-mails|password-resets"
              + "|password-resets/completion|me/email-changes/(confirmation|revert))");

  /** Logging in, by whatever means. */
  private static final Set<String> LOG_INS =
      Set.of(API + "sessions", API + "sessions/passkey", API + "sessions/passkey/options");

  private RouteTable() {}

  /**
   * The route of a request.
   *
   * @param path as it was sent, not decoded, because it is forwarded like that
   * @return null when there is no route
   */
  public static @Nullable Route find(String method, String path) {
    if (path.startsWith(API)) {
      return api(method, path);
    }
    Upstream webhook = WEBHOOKS.get(path);
    if (webhook != null) {
      return new Route(
          webhook, path, RouteTimeout.DEFAULT, Kind.WEBHOOK, Route.MAX_WEBHOOK_BODY_BYTES);
    }
    if (isFinancePage(path)) {
      return new Route(BILLING, path, RouteTimeout.DEFAULT, Kind.PAGE, 0);
    }
    return null;
  }

  /** Whether it is the address of a page for platform finance, or of its script or style. */
  public static boolean isFinancePage(String path) {
    return path.equals(FINANCE_PAGES) || path.startsWith(FINANCE_PAGES + "/");
  }

  private static @Nullable Route api(String method, String path) {
    int start = API.length();
    int end = endOfSegment(path, start);
    String segment = path.substring(start, end);
    Upstream upstream = BY_FIRST_SEGMENT.get(segment);
    if (upstream == null && segment.equals(ORGANIZATIONS)) {
      int idEnd = endOfSegment(path, Math.min(end + 1, path.length()));
      if (idEnd == path.length()) {
        upstream = ACCOUNTS;
      } else {
        segment = path.substring(idEnd + 1, endOfSegment(path, idEnd + 1));
        upstream = BY_ORGANIZATION_SEGMENT.get(segment);
      }
    } else if (upstream == null && segment.equals(OPERATIONS) && end < path.length()) {
      upstream = Upstream.named(path.substring(end + 1, endOfSegment(path, end + 1)));
    }
    if (upstream == null) {
      return null;
    }
    return new Route(
        upstream,
        path,
        SLOW_RESOURCES.contains(segment) ? RouteTimeout.LONG : RouteTimeout.DEFAULT,
        kind(method, path),
        UPLOADS.matcher(path).matches() ? Route.MAX_UPLOAD_BODY_BYTES : Route.MAX_API_BODY_BYTES);
  }

  private static Kind kind(String method, String path) {
    if (LOG_INS.contains(path) && method.equals("POST")) {
      return Kind.LOG_IN;
    }
    return SESSIONLESS.matcher(path).matches() ? Kind.SESSIONLESS : Kind.API;
  }

  private static int endOfSegment(String path, int start) {
    int slash = path.indexOf('/', start);
    return slash < 0 ? path.length() : slash;
  }
}
