package io.cpdevents.billing.checkouts;

import io.cpdevents.billing.BillingProblem;
import io.cpdevents.billing.customers.EnsureCustomer;
import io.cpdevents.billing.payments.LockPayment;
import io.cpdevents.billing.payments.Payment;
import io.cpdevents.billing.payments.PaymentQueries;
import io.cpdevents.billing.payments.PaymentStatus;
import io.cpdevents.billing.stripe.StripeApi;
import io.cpdevents.billing.stripe.StripeApi.CheckoutLine;
import io.cpdevents.billing.stripe.StripeApi.CheckoutRequest;
import io.cpdevents.billing.stripe.StripeCheckoutSession;
import io.cpdevents.platform.Ids;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.RuleViolation;
import io.cpdevents.platform.stripe.StripeFailed;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import io.cpdevents.platform.time.SystemTime;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The buyer asks for the page on which to pay. However many ask at once, one page is open: the
 * first has Stripe make it, the others wait for Stripe's answer. Who wants to return to other
 * addresses gets another page, and the first is closed: by one of them, and not without end, as
 * each page is two calls to Stripe, which allows all buyers together so many.
 */
@Component
public class StartCheckout {

  /** What a buyer asks for. */
  public record Command(UUID accountId, UUID paymentId, String successUrl, String cancelUrl) {}

  /** Where to pay, and until when the places are held. */
  @Schema(name = "Checkout")
  public record Page(String url, Instant expiresAt) {}

  /**
   * Stripe's answer is saved.
   *
   * @param isGivenUp whether the attempt was given up before that: another one takes its place
   */
  private record Answered(Payment payment, boolean isGivenUp) {}

  /** What has to be done next, as the database stands. */
  private sealed interface Step {
    /** The page is open. */
    record Answer(Page page) implements Step {}

    /**
     * Stripe has to make the page.
     *
     * @param repeated whether the same was sent before, and its answer did not come
     */
    record Send(Payment payment, Checkout checkout, boolean repeated) implements Step {}

    /** The page's time is over: Stripe knows what became of it. */
    record Settle(String sessionId) implements Step {}

    /** The page is open and would send the buyer back to other addresses: another replaces it. */
    record Replace(UUID checkoutId) implements Step {}

    /** Somebody else is sending the request. */
    record Wait() implements Step {}
  }

  /**
   * Stripe wants 30 minutes at least from its own creation: the rest is for clocks that differ and
   * for the repeat of a request that was not answered. Where places are held for longer, the page
   * lasts as long as they do. Where they are held for less, the hold's end closes it.
   */
  private static final Duration MIN_SESSION_LIFE = Duration.ofMinutes(40);

  /** After this whoever sent it counts as dead; if not, the repeat has the same key. */
  private static final Duration CLAIM_TIME = Duration.ofSeconds(15);

  /** Each ran out or was replaced before the next: people need one or two. */
  private static final int MAX_PAGES_AN_HOUR = 10;

  private static final Duration PAGE_COUNT_TIME = Duration.ofHours(1);
  private static final Duration RETRY_AFTER_MANY_PAGES = Duration.ofMinutes(5);
  private static final Duration RETRY_AFTER = Duration.ofSeconds(1);
  private static final int MAX_DESCRIPTION_CHARACTERS = 250;

  private final LockPayment lockPayment;
  private final PaymentQueries payments;
  private final Checkouts checkouts;
  private final EnsureCustomer ensureCustomer;
  private final SettleCheckoutSession settleCheckoutSession;
  private final ExpireCheckout expireCheckout;
  private final CheckoutTasks tasks;
  private final CheckoutTurns turns;
  private final StripeApi stripe;
  private final TransactionTemplate transaction;
  private final Clock clock;
  private final SystemTime systemTime;

  StartCheckout(
      LockPayment lockPayment,
      PaymentQueries payments,
      Checkouts checkouts,
      EnsureCustomer ensureCustomer,
      SettleCheckoutSession settleCheckoutSession,
      ExpireCheckout expireCheckout,
      CheckoutTasks tasks,
      CheckoutTurns turns,
      StripeApi stripe,
      TransactionTemplate transaction,
      Clock clock,
      SystemTime systemTime) {
    this.lockPayment = lockPayment;
    this.payments = payments;
    this.checkouts = checkouts;
    this.ensureCustomer = ensureCustomer;
    this.settleCheckoutSession = settleCheckoutSession;
    this.expireCheckout = expireCheckout;
    this.tasks = tasks;
    this.turns = turns;
    this.stripe = stripe;
    this.transaction = transaction;
    this.clock = clock;
    this.systemTime = systemTime;
  }

  /**
   * Answers with the open page.
   *
   * @throws RuleViolation 404 {@code payment-not-found}, 409 when it cannot be paid (see {@link
   *     Payment#requirePayable}), {@code checkout-refused} or {@code in-progress}, 429 {@code
   *     too-many-requests} after many pages, 503 {@code stripe-unavailable}
   */
  public Page handle(Command command) {
    try (CheckoutTurns.Turn turn = turns.of(command.accountId())) {
      return page(command, turn);
    }
  }

  private Page page(Command command, CheckoutTurns.Turn turn) {
    while (true) {
      Step step = Objects.requireNonNull(transaction.execute(_ -> nextStep(command)));
      switch (step) {
        case Step.Answer answer -> {
          return answer.page();
        }
        case Step.Send send -> {
          Optional<Page> page = send(send.payment(), send.checkout(), send.repeated());
          if (page.isPresent() && send.checkout().returnsTo(command)) {
            return page.get();
          }
        }
        case Step.Settle settle -> settle(settle.sessionId());
        case Step.Replace replace -> close(replace.checkoutId());
        case Step.Wait _ -> turn.await();
      }
    }
  }

  private Step nextStep(Command command) {
    Payment payment =
        lockPayment
            .handle(command.paymentId())
            .filter(found -> found.registration().accountId().equals(command.accountId()))
            .orElseThrow(() -> BillingProblem.PAYMENT_NOT_FOUND.violation());
    Instant now = clock.instant();
    payment.requirePayable(now);
    Optional<Checkout> last = checkouts.lockLast(payment.id());
    Optional<Checkout> live = last.filter(Checkout::isLive);
    if (live.isEmpty()) {
      requireFewPages(payment.id(), now);
      int attempt = last.map(Checkout::attempt).orElse(0) + 1;
      return new Step.Send(payment, request(payment, attempt, command, now), false);
    }
    Checkout checkout = live.get();
    String sessionId = checkout.progress().sessionId();
    String url = checkout.progress().url();
    if (sessionId != null && url != null) {
      if (!now.isBefore(checkout.expiresAt())) {
        return new Step.Settle(sessionId);
      }
      return checkout.returnsTo(command)
          ? new Step.Answer(page(url, payment))
          : replace(checkout, now);
    }
    if (checkout.isClaimed(systemTime.now())) {
      return new Step.Wait();
    }
    checkouts.save(checkout.claimed(systemTime.now().plus(CLAIM_TIME)));
    return new Step.Send(payment, checkout, true);
  }

  /** One of those who want another page closes this one; the others wait for that. */
  private Step replace(Checkout checkout, Instant now) {
    if (checkout.isClaimed(systemTime.now())) {
      return new Step.Wait();
    }
    requireFewPages(checkout.paymentId(), now);
    checkouts.save(checkout.claimed(systemTime.now().plus(CLAIM_TIME)));
    return new Step.Replace(checkout.id());
  }

  private void requireFewPages(UUID paymentId, Instant now) {
    if (checkouts.countMade(paymentId, now.minus(PAGE_COUNT_TIME)) >= MAX_PAGES_AN_HOUR) {
      throw CommonProblem.TOO_MANY_REQUESTS.violation(RETRY_AFTER_MANY_PAGES);
    }
  }

  private Checkout request(Payment payment, int attempt, Command command, Instant now) {
    Checkout checkout =
        Checkout.requested(
            Ids.next(),
            payment.id(),
            attempt,
            command.successUrl(),
            command.cancelUrl(),
            sessionEnd(payment, now),
            systemTime.now().plus(CLAIM_TIME));
    checkouts.insert(checkout, now);
    return checkout;
  }

  private static Instant sessionEnd(Payment payment, Instant now) {
    Instant soonest = now.plus(MIN_SESSION_LIFE);
    Instant holdEnd = payment.registration().holdExpiresAt();
    return holdEnd.isAfter(soonest) ? holdEnd : soonest;
  }

  /** Empty when the next attempt is due: Stripe does not take what was saved any more. */
  private Optional<Page> send(Payment payment, Checkout checkout, boolean repeated) {
    StripeCheckoutSession session;
    try {
      session = stripe.createCheckoutSession(sessionOf(payment, checkout));
    } catch (StripeRefused refused) {
      giveUp(checkout, String.valueOf(refused.code()));
      if (repeated) {
        return Optional.empty();
      }
      throw BillingProblem.CHECKOUT_REFUSED.violation();
    } catch (StripeFailed failed) {
      // Stripe may have stored the failure under the key. If there is a page, nobody knows where.
      giveUp(checkout, "server_error");
      throw stripeUnavailable();
    } catch (StripeUnavailable unavailable) {
      release(checkout.id());
      throw stripeUnavailable();
    }
    Answered answered =
        Objects.requireNonNull(transaction.execute(_ -> saveAnswer(checkout, session)));
    answered.payment().requirePayable(clock.instant());
    if (answered.isGivenUp()) {
      return Optional.empty();
    }
    String url = session.url();
    if (url == null) {
      throw CommonProblem.IN_PROGRESS.violation("The page has ended. Ask again.");
    }
    return Optional.of(page(url, answered.payment()));
  }

  /** The next attempt is another request, under another key. */
  private void giveUp(Checkout checkout, String failure) {
    transaction.executeWithoutResult(
        _ -> checkouts.lock(checkout.id()).refused(failure).ifPresent(checkouts::save));
  }

  private CheckoutRequest sessionOf(Payment payment, Checkout checkout) {
    return new CheckoutRequest(
        payment.id(),
        payment.registration().id(),
        checkout.attempt(),
        ensureCustomer.handle(payment.registration().accountId()),
        description(payment.registration().eventTitle()),
        payments.bought(payment.id()).stream()
            .map(tickets ->
                new CheckoutLine(
                    tickets.ticketTypeName(), tickets.number(), tickets.totalMinorOfEach()))
            .toList(),
        payment.amount().currency().getCurrencyCode(),
        checkout.successUrl(),
        checkout.cancelUrl(),
        checkout.expiresAt(),
        checkout.idempotencyKey());
  }

  private Answered saveAnswer(Checkout sent, StripeCheckoutSession session) {
    Payment payment = lockPayment.handle(sent.paymentId()).orElseThrow();
    Instant firstCheckAt = clock.instant().plus(AskAboutOpenCheckouts.INTERVALS.first());
    Checkout checkout = checkouts.lock(sent.id()).opened(session, firstCheckAt);
    checkouts.save(checkout);
    boolean canBePaid = payment.status() == PaymentStatus.AWAITING_PAYMENT;
    boolean isGivenUp = checkout.progress().status() == CheckoutStatus.FAILED;
    if (session.url() != null && (!canBePaid || isGivenUp)) {
      // While Stripe was asked the registration ended, or somebody else who asked the same was
      // answered with a failure: nobody may pay on this page.
      tasks.expire(checkout.id());
    }
    return new Answered(payment, isGivenUp);
  }

  private void settle(String sessionId) {
    try {
      settleCheckoutSession.handle(sessionId);
    } catch (StripeUnavailable unavailable) {
      throw stripeUnavailable();
    }
  }

  private void close(UUID checkoutId) {
    try {
      expireCheckout.handle(checkoutId);
    } catch (StripeUnavailable unavailable) {
      release(checkoutId);
      throw stripeUnavailable();
    }
  }

  /** Whoever comes next does it. */
  private void release(UUID checkoutId) {
    transaction.executeWithoutResult(_ -> checkouts.save(checkouts.lock(checkoutId).released()));
  }

  private static Page page(String url, Payment payment) {
    return new Page(url, payment.registration().holdExpiresAt());
  }

  private static RuleViolation stripeUnavailable() {
    return CommonProblem.STRIPE_UNAVAILABLE.violation(RETRY_AFTER);
  }

  private static String description(String eventTitle) {
    int characters = eventTitle.codePointCount(0, eventTitle.length());
    String shortened =
        eventTitle.substring(
            0, eventTitle.offsetByCodePoints(0, Math.min(characters, MAX_DESCRIPTION_CHARACTERS)));
    return shortened.isBlank() ? "Registration" : shortened;
  }
}
