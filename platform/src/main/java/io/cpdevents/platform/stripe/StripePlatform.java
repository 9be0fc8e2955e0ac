package io.cpdevents.platform.stripe;

import com.stripe.StripeClient;
import com.stripe.exception.StripeException;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Whose account at Stripe our key is of. It is kept the first time: to a key of another account
 * nothing that a service has stored exists, and no organization's account is connected. Such a key
 * does not start. A Stripe that does not answer stops nobody; then it is asked again.
 */
public final class StripePlatform implements SmartLifecycle {

  /** An account, and whether the key moves real money: test mode has objects of its own. */
  private record Owner(String accountId, boolean live) {

    @Override
    public String toString() {
      return accountId + (live ? "" : " (test mode)");
    }
  }

  private static final Logger log = LoggerFactory.getLogger(StripePlatform.class);

  private final StripeClient client;
  private final StripeSettings settings;
  private final JdbcClient jdbc;
  private volatile boolean known;
  private volatile boolean running;

  /** For a key, and the database that keeps whose it is. */
  public StripePlatform(StripeClient client, StripeSettings settings, JdbcClient jdbc) {
    this.client = client;
    this.settings = settings;
    this.jdbc = jdbc;
  }

  /**
   * Asks Stripe whose key it is.
   *
   * @throws IllegalStateException when it is of another account than before
   */
  @Override
  public void start() {
    try {
      requireSame(ask());
      known = true;
    } catch (StripeUnavailable unanswered) {
      log.warn("Whose account at Stripe the key is of is not known now", unanswered);
    }
    running = true;
  }

  private void requireSame(Owner owner) {
    Owner before = keep(owner);
    if (before.equals(owner)) {
      return;
    }
    if (!owner.accountId().equals(settings.acceptedAccount())) {
      throw new IllegalStateException(
          """
          CPD_STRIPE_API_KEY is a key of Stripe's account %1$s, and this service has worked with %2$s: \
          what it has stored does not exist there, and no organization's payout account is connected. \
          Set CPD_STRIPE_API_KEY to a key of %2$s. If the platform has moved for good, settle what \
          is under way first, and set CPD_STRIPE_ACCEPTED_ACCOUNT=%3$s; organizations then connect \
          new payout accounts. Then start again.\
          """
              .formatted(owner, before, owner.accountId()));
    }
    log.warn("The platform has moved from Stripe's account {} to {}, as accepted", before, owner);
    jdbc.sql("UPDATE stripe_platform SET account_id = :accountId, live = :live")
        .param("accountId", owner.accountId())
        .param("live", owner.live())
        .update();
  }

  /** Asks Stripe whose key it is, unless it has answered that to this process. */
  public void learn() {
    if (known) {
      return;
    }
    try {
      keep(ask());
      known = true;
    } catch (StripeUnavailable unanswered) {
      log.warn("Whose account at Stripe the key is of is not known yet", unanswered);
    }
  }

  /**
   * Whether an organization's account is not connected any more. Stripe says the same of every
   * account to a key of another platform, so that is believed only when our key is still of the
   * account that was kept.
   *
   * @throws StripeUnavailable when Stripe does not tell whose key it is
   */
  public boolean isDisconnected(StripeUnavailable answer) {
    if (!Disconnected.isCauseOf(answer)) {
      return false;
    }
    Owner owner = ask();
    boolean ours = kept().filter(owner::equals).isPresent();
    if (!ours) {
      log.error("CPD_STRIPE_API_KEY is of {}: no account counts as disconnected", owner);
    }
    return ours;
  }

  /** Without {@link StripeCalls}: at the start it is asked before anything is known of Stripe. */
  private Owner ask() {
    try {
      return new Owner(client.v1().accounts().retrieveCurrent().getId(), settings.isLive());
    } catch (StripeException unanswered) {
      throw new StripeUnavailable("get own account", unanswered);
    }
  }

  /** Keeps whose key it is, the first time. Returns whose it was then. */
  private Owner keep(Owner owner) {
    jdbc.sql(
            """
            INSERT INTO stripe_platform (id, account_id, live) VALUES (1, :accountId, :live)
            ON CONFLICT (id) DO NOTHING
            """)
        .param("accountId", owner.accountId())
        .param("live", owner.live())
        .update();
    return kept().orElseThrow();
  }

  private Optional<Owner> kept() {
    return jdbc.sql("SELECT account_id, live FROM stripe_platform")
        .query((row, _) -> new Owner(row.getString("account_id"), row.getBoolean("live")))
        .optional();
  }

  @Override
  public void stop() {
    running = false;
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** Before anything that works: listeners, jobs and the web server. */
  @Override
  public int getPhase() {
    return Integer.MIN_VALUE;
  }
}
