package io.cpdevents.billing.erasure;

import io.cpdevents.platform.personaldata.TellsAboutPeople;
import java.util.List;
import org.springframework.stereotype.Component;

/** What this service has about a buyer. */
@Component
class PersonSections implements TellsAboutPeople {

  @Override
  public List<Section> sections() {
    return List.of(
        new Section(
            "customer",
            """
            SELECT a.email, c.email AS "emailAtStripe", c.stripe_customer_id AS "stripeCustomerId"
            FROM account_email a FULL JOIN stripe_customer c ON c.account_id = a.account_id
            WHERE coalesce(a.account_id, c.account_id) = :accountId
            """),
        new Section(
            "payments",
            """
            SELECT id, registration_id AS "registrationId", event_title AS event, currency,
                   amount_minor AS "amountMinor", captured_minor AS "capturedMinor", status,
                   created_at AS "createdAt", captured_at AS "capturedAt"
            FROM payment WHERE account_id = :accountId ORDER BY created_at
            """),
        new Section(
            "refunds",
            """
            SELECT r.id, r.payment_id AS "paymentId", r.cause, r.reason, r.currency,
                   r.amount_minor AS "amountMinor", r.status, r.requested_at AS "requestedAt",
                   ARRAY(SELECT DISTINCT instructions_email FROM refund_attempt
                          WHERE refund_id = r.id AND instructions_email IS NOT NULL) AS "askedAt"
            FROM refund r JOIN payment p ON p.id = r.payment_id
            WHERE p.account_id = :accountId ORDER BY r.requested_at
            """),
        new Section(
            "disputes",
            """
            SELECT d.id, d.payment_id AS "paymentId", d.reason, d.status, d.currency,
                   d.amount_minor AS "amountMinor", d.opened_at AS "openedAt", d.closed_at AS "closedAt"
            FROM dispute d JOIN payment p ON p.id = d.payment_id
            WHERE p.account_id = :accountId ORDER BY d.opened_at
            """));
  }
}
