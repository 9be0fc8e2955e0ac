package io.cpdevents.payout.balances;

import io.cpdevents.platform.money.Money;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What an organization could be paid out now, and whether what one of its events earned is a part
 * of that.
 *
 * @param available signed, as in its balance
 * @param released whether what the event earned is available
 * @param releasesAt when it becomes so; null when it is, or the event is not known
 */
public record EventMoney(Money available, boolean released, @Nullable Instant releasesAt) {}
