package io.cpdevents.billing.payments;

import io.cpdevents.billing.customers.Customers;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeApi.CheckoutRequest;
import io.cpdevents.billing.stripe.StripeCheckoutSession;
import io.cpdevents.billing.stripe.StripeRefused;
import io.cpdevents.billing.stripe.StripeUnavailable;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.time.SystemTime;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The buyer asks for the page on which to pay. However often and however parallel the question, one
 * page is open: the first asks Stripe, the others wait for its answer.
 */
@Component
public class StartCheckout {

  /** A buyer's question. */
  public record Command(UUID accountId, UUID paymentId, String successUrl, String cancelUrl) {}

  /** Where to pay, and until when the places are held. */
  public record Page(String url, Instant expiresAt) {}

  /** What the state of the database asks for. */
  private sealed interface Step {
    record Answer(Page page) implements Step {}

    /** Repeated is what was sent before, and whose answer did not come. */
    record Send(Payment payment, Checkout checkout, boolean repeated) implements Step {}

    record Ask(String sessionId) implements Step {}

    record Wait() implements Step {}
  }

  /**
   * Stripe wants 30 minutes at least from its own creation: the rest is for clocks that differ and
   * for the repeat of a request that was not answered. The hold's end closes it earlier.
   */
  private static final Duration SESSION_LIFE = Duration.ofMinutes(40);

  /** After this whoever sent it counts as dead; if not, the repeat has the same key. */
  private static final Duration CLAIM = Duration.ofSeconds(15);

  private static final Duration MAX_WAIT = Duration.ofSeconds(20);
  private static final Duration WAIT_STEP = Duration.ofMillis(100);
  private static final int MAX_DESCRIPTION_CHARACTERS = 250;

  private final Payments payments;
  private final Checkouts checkouts;
  private final Customers customers;
  private final ReturnAddresses returnAddresses;
  private final SettleCheckoutSession settleCheckoutSession;
  private final CheckoutTasks tasks;
  private final StripeApi stripe;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final SystemTime systemTime;

  StartCheckout(
      Payments payments,
      Checkouts checkouts,
      Customers customers,
      ReturnAddresses returnAddresses,
      SettleCheckoutSession settleCheckoutSession,
      CheckoutTasks tasks,
      StripeApi stripe,
      TransactionTemplate transaction,
      Clock clock,
      SystemTime systemTime) {
    this.payments = payments;
    this.checkouts = checkouts;
    this.customers = customers;
    this.returnAddresses = returnAddresses;
    this.settleCheckoutSession = settleCheckoutSession;
    this.tasks = tasks;
    this.stripe = stripe;
    this.transaction = transaction;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /**
   * Answers with the open page.
   *
   * @throws RuleViolation 404 {@code payment-not-found}, 409 when it cannot be paid (see {@link
   *     Payment#requirePayable}), {@code checkout-refused} or {@code in-progress}, 503 {@code
   *     stripe-unavailable}
   */
  public Page handle(Command command) {
    returnAddresses.require(command.successUrl(), command.cancelUrl());
    Instant deadline = systemTime.now().plus(MAX_WAIT);
    while (true) {
      Step step = Objects.requireNonNull(transaction.execute(status -> nextStep(command)));
      switch (step) {
        case Step.Answer answer -> {
          return answer.page();
        }
        case Step.Send send -> {
          Optional<Page> page = send(send.payment(), send.checkout(), send.repeated());
          if (page.isPresent()) {
            return page.get();
          }
        }
        case Step.Ask ask -> ask(ask.sessionId());
        case Step.Wait _ -> {
          if (systemTime.now().isAfter(deadline)) {
            throw RuleViolation.conflict("in-progress", "The page is still being made. Ask again.");
          }
          pause();
        }
      }
    }
  }

  private Step nextStep(Command command) {
    Payment payment =
        payments
            .lock(command.paymentId())
            .filter(found -> found.accountId().equals(command.accountId()))
            .orElseThrow(() -> RuleViolation.notFound("payment-not-found"));
    Instant now = clock.instant();
    payment.requirePayable(now);
    Checkout checkout = checkouts.last(payment.id()).orElse(null);
    if (checkout == null || !checkout.isLive()) {
      int attempt = checkout == null ? 1 : checkout.attempt() + 1;
      return new Step.Send(payment, begin(payment, attempt, command, now), false);
    }
    String sessionId = checkout.sessionId();
    String url = checkout.url();
    if (sessionId != null && url != null) {
      return now.isBefore(checkout.expiresAt())
          ? new Step.Answer(new Page(url, payment.holdExpiresAt()))
          : new Step.Ask(sessionId);
    }
    Instant claimedUntil = checkout.claimedUntil();
    if (claimedUntil != null && systemTime.now().isBefore(claimedUntil)) {
      return new Step.Wait();
    }
    checkouts.claim(checkout.id(), systemTime.now().plus(CLAIM));
    return new Step.Send(payment, checkout, true);
  }

  private Checkout begin(Payment payment, int attempt, Command command, Instant now) {
    Checkout checkout =
        new Checkout(
            Ids.next(),
            payment.id(),
            attempt,
            CheckoutStatus.REQUESTED,
            command.successUrl(),
            command.cancelUrl(),
            now.plus(SESSION_LIFE),
            null,
            null,
            null,
            0);
    checkouts.insert(checkout, systemTime.now().plus(CLAIM), now);
    return checkout;
  }

  /** Empty when the next attempt is due: Stripe does not take what was saved any more. */
  private Optional<Page> send(Payment payment, Checkout checkout, boolean repeated) {
    StripeCheckoutSession session;
    try {
      session = stripe.createCheckoutSession(request(payment, checkout));
    } catch (StripeRefused refused) {
      transaction.executeWithoutResult(
          status -> checkouts.fail(checkout.id(), String.valueOf(refused.code())));
      if (repeated) {
        return Optional.empty();
      }
      throw RuleViolation.conflict("checkout-refused", "The payment cannot be taken this way.");
    } catch (StripeUnavailable unavailable) {
      transaction.executeWithoutResult(status -> checkouts.release(checkout.id()));
      throw stripeUnavailable();
    }
    Payment now = Objects.requireNonNull(transaction.execute(status -> keep(checkout, session)));
    now.requirePayable(clock.instant());
    String url = session.url();
    if (url == null) {
      throw RuleViolation.conflict("in-progress", "The page has ended. Ask again.");
    }
    return Optional.of(new Page(url, now.holdExpiresAt()));
  }

  private CheckoutRequest request(Payment payment, Checkout checkout) {
    return new CheckoutRequest(
        payment.id(),
        payment.registrationId(),
        checkout.attempt(),
        customers.stripeIdOf(payment.accountId()),
        description(payment.eventTitle()),
        payment.amount().amountMinor(),
        payment.amount().currency().getCurrencyCode(),
        checkout.successUrl(),
        checkout.cancelUrl(),
        checkout.expiresAt(),
        checkout.idempotencyKey());
  }

  private Payment keep(Checkout checkout, StripeCheckoutSession session) {
    Payment payment = payments.lock(checkout.paymentId()).orElseThrow();
    Instant firstCheckAt = clock.instant().plus(CheckPassingStates.FIRST_CHECK);
    checkouts.open(checkout.id(), session.id(), session.url(), firstCheckAt);
    if (session.url() == null) {
      // The repeat of a request whose page has ended meanwhile.
      checkouts.end(checkout.id(), CheckoutStatus.EXPIRED);
    } else if (payment.status() != PaymentStatus.AWAITING_PAYMENT) {
      // The registration ended while Stripe was asked: nobody may pay on this page.
      tasks.expire(checkout.id());
    }
    return payment;
  }

  private void ask(String sessionId) {
    try {
      settleCheckoutSession.handle(sessionId);
    } catch (StripeUnavailable unavailable) {
      throw stripeUnavailable();
    }
  }

  private static RuleViolation stripeUnavailable() {
    return RuleViolation.unavailable(
        "stripe-unavailable",
        "Payments cannot be taken at the moment. Ask again.",
        Duration.ofSeconds(1));
  }

  private static String description(String eventTitle) {
    int characters = eventTitle.codePointCount(0, eventTitle.length());
    String shortened =
        eventTitle.substring(
            0, eventTitle.offsetByCodePoints(0, Math.min(characters, MAX_DESCRIPTION_CHARACTERS)));
    return shortened.isBlank() ? "Registration" : shortened;
  }

  private static void pause() {
    try {
      Thread.sleep(WAIT_STEP);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StripeUnavailable("checkout", e);
    }
  }
}
