package io.cpdevents.payout.statements;

import io.cpdevents.payout.payouts.PayoutView;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What exactly a payout pays.
 *
 * @param organizationName null when it is not known yet
 * @param lines what was carried over first, then oldest first
 */
@Schema(name = "Statement")
public record StatementView(
    PayoutView payout,
    @Nullable String organizationName,
    List<StatementLine> lines,
    StatementTotals totals) {}
