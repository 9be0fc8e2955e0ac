package io.cpdevents.billing.subscriptions;

import io.cpdevents.billing.plans.Plan;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.text.OpenWord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a change of plan costs and means.
 *
 * @param id by which the change is asked for at this price
 * @param dueNow what is charged at once
 * @param nextInvoice what the next month costs, and each one after it
 * @param prorationDate the second from which on the new price counts
 * @param effectiveAt when the other plan begins
 * @param expiresAt until when it can be had for that
 * @param lines what is charged and given back at once
 * @param limits what the other plan allows in a calendar month
 * @param exceeds what is used this month beyond that; it stays, and nothing more is published until
 *     the month is over; null when that is not known now
 */
@Schema(name = "PlanChangePreview")
public record PlanChangePreviewView(
    UUID id,
    @Schema(pattern = OpenWord.FORM) String planId,
    Money dueNow,
    Money nextInvoice,
    Instant prorationDate,
    Instant effectiveAt,
    Instant expiresAt,
    List<Line> lines,
    Plan.Limits limits,
    @Nullable List<Exceeded> exceeds) {

  /** A line of the invoice, in Stripe's words; what is given back is below zero. */
  @Schema(name = "PlanChangeLine")
  public record Line(String description, Money amount) {}

  /** A limit that is exceeded. */
  @Schema(name = "ExceededLimit")
  public record Exceeded(Limit limit, int used, int allowed) {}

  /** What is limited. */
  @Schema(name = "PlanLimit")
  public enum Limit {
    PUBLICATIONS,
    REGISTRATIONS
  }
}
