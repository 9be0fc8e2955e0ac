package io.cpdevents.payout.balances;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an organization could be paid out now, and whether what one of its events earned is a part
 * of that.
 *
 * @param available signed, as in its balance
 * @param released whether what the event earned is available, or payouts have paid some of it: then
 *     what is taken back of it lowers what is available
 * @param pending what of it waits nevertheless and is lowered first, since the event was moved
 *     later after a payout
 * @param releasesAt when what waits becomes available; null when nothing does, or the event is not
 *     known
 */
public record EventMoney(
    Money available, boolean released, Money pending, @Nullable Instant releasesAt) {}
