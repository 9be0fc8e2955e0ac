package io.cpdevents.billing.finance;

import io.cpdevents.platform.money.Money;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;

/**
 * The accounts of the ledger over a month (UTC), those of organizations added up by kind. In each
 * currency all openings sum to zero, and so do all closings; debits equal credits.
 *
 * @param month for example {@code 2027-03}
 * @param closed whether every day of the month is closed
 */
@Schema(name = "TrialBalance")
public record TrialBalanceView(
    @Schema(pattern = TrialBalanceView.MONTH) String month, boolean closed, List<Line> accounts) {

  /** The form of a month. */
  public static final String MONTH = "(19[7-9][0-9]|2[0-9]{3})-(0[1-9]|1[0-2])";

  /**
   * An account in one currency.
   *
   * @param account for example {@code stripe}, or {@code organization} for those of all
   *     organizations
   * @param opening at the beginning of the month, debit positive
   * @param debits of the month
   * @param credits of the month, positive
   * @param closing at its end, debit positive
   */
  @Schema(name = "TrialBalanceLine")
  public record Line(String account, Money opening, Money debits, Money credits, Money closing) {}
}
