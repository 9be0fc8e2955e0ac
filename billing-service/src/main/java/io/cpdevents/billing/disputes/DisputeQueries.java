package io.cpdevents.billing.disputes;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.payments.MoneyReaders;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.sql.Columns;
import io.cpdevents.platform.sql.KeysetPage;
import io.cpdevents.platform.sql.Period;
import io.cpdevents.platform.web.Cursor;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Disputes as organizations and the platform see them. */
@Component
public class DisputeQueries {

  /**
   * Which disputes of an organization; null means any.
   *
   * @param status Stripe's, in kebab-case
   * @param period of their opening
   */
  public record Filter(
      @Nullable String status,
      DisputeView.@Nullable Kind kind,
      @Nullable UUID eventId,
      Period period) {

    /** Which rows, as a part of a statement. */
    private String condition() {
      return (status == null ? "" : " AND dispute.stripe_status = :status")
          + (kind == null
              ? ""
              : " AND (dispute.status IN ('inquiry', 'inquiry-closed')) = :isInquiry")
          + (eventId == null ? "" : " AND dispute.event_id = :eventId")
          + period.condition("dispute.opened_at");
    }

    /** The parameters of that. */
    private Map<String, Object> parameters() {
      Map<String, Object> parameters = new HashMap<>(period.parameters());
      if (status != null) {
        parameters.put("status", status.replace('-', '_'));
      }
      if (kind != null) {
        parameters.put("isInquiry", kind == DisputeView.Kind.INQUIRY);
      }
      if (eventId != null) {
        parameters.put("eventId", eventId);
      }
      return parameters;
    }
  }

  private static final String SELECT =
      """
      SELECT dispute.*, payment.currency AS payment_currency,
             (SELECT coalesce(
                  jsonb_agg(
                      jsonb_build_object('id', id, 'purpose', purpose, 'sizeBytes', size_bytes)
                      ORDER BY id),
                  '[]')
              FROM dispute_file WHERE dispute_file.dispute_id = dispute.id) AS files
      FROM dispute JOIN payment ON payment.id = dispute.payment_id
      """;

  private final JdbcClient jdbc;

  DisputeQueries(JdbcClient jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * One dispute, for the organization's finance or the platform's, and for its support.
   *
   * @throws RuleViolation 404 {@code dispute-not-found}, 403 {@code role-missing}
   */
  public DisputeView one(Caller caller, UUID id) {
    DisputeView dispute =
        jdbc.sql(SELECT + " WHERE dispute.id = :id")
            .param("id", id)
            .query(DisputeQueries::read)
            .optional()
            .orElseThrow(() -> BillingProblem.DISPUTE_NOT_FOUND.violation());
    MoneyReaders.require(caller, dispute.organizationId(), BillingProblem.DISPUTE_NOT_FOUND);
    return dispute;
  }

  /**
   * An organization's disputes, newest first.
   *
   * @throws RuleViolation 404 {@code organization-not-found}, 403 {@code role-missing}
   */
  public Page<DisputeView> ofOrganization(
      Caller caller, UUID organizationId, Filter filter, PageRequest page) {
    MoneyReaders.require(caller, organizationId);
    KeysetPage keyset = KeysetPage.descending("dispute.opened_at", "dispute.id", page);
    List<DisputeView> rows =
        jdbc.sql(
                SELECT
                    + " WHERE dispute.organization_id = :organizationId"
                    + filter.condition()
                    + keyset.condition()
                    + keyset.orderAndLimit())
            .param("organizationId", organizationId)
            .params(filter.parameters())
            .params(keyset.parameters())
            .query(DisputeQueries::read)
            .list();
    return Page.of(rows, page, view -> new Cursor(view.openedAt(), view.id()));
  }

  private static DisputeView read(ResultSet row, int number) throws SQLException {
    DisputeStatus status = Columns.constant(DisputeStatus.class, row, "status");
    return new DisputeView(
        Columns.uuid(row, "id"),
        Columns.uuid(row, "payment_id"),
        Columns.uuid(row, "registration_id"),
        Columns.uuid(row, "event_id"),
        Columns.uuid(row, "organization_id"),
        row.getString("stripe_status").replace('_', '-'),
        status.isInquiry() ? DisputeView.Kind.INQUIRY : DisputeView.Kind.CHARGEBACK,
        row.getString("reason"),
        Columns.money(row, "amount_minor"),
        Money.of(row.getLong("at_stake_minor"), row.getString("payment_currency")),
        Columns.instantOrNull(row, "due_by"),
        evidence(row),
        Columns.instant(row, "opened_at"),
        Columns.instantOrNull(row, "closed_at"));
  }

  private static DisputeView.EvidenceView evidence(ResultSet row) throws SQLException {
    return new DisputeView.EvidenceView(
        Columns.instantOrNull(row, "submitted_at"),
        Columns.json(EvidenceDrafts.Texts.class, row, "evidence"),
        List.of((UUID[]) row.getArray("evidence_file_ids").getArray()),
        List.of(Columns.json(DisputeView.FileView[].class, row, "files")));
  }
}
