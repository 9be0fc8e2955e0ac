package io.cpdevents.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.model.Invoice;
import com.stripe.model.InvoiceLineItem;
import com.stripe.model.InvoicePayment;
import com.stripe.model.PaymentIntent;
import com.stripe.model.StripeError;
import com.stripe.net.RequestOptions;
import com.stripe.param.InvoiceListParams;
import com.stripe.param.InvoicePayParams;
import com.stripe.param.InvoicePaymentListParams;
import com.stripe.param.InvoiceVoidInvoiceParams;
import io.cpdevents.billing.stripe.StripeInvoice.Failure;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.StripeCalls;
import io.cpdevents.platform.stripe.StripeRefused;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Calls Stripe by Stripe's own library, about invoices. */
@Component
class StripeInvoicesSdk implements StripeInvoices {

  private static final int NOT_FOUND = 404;
  private static final String OPEN = "open";
  private static final String VOID = "void";
  private static final String REQUIRES_ACTION = "requires_action";
  private static final String REQUIRES_METHOD = "requires_payment_method";
  private static final String AUTHENTICATION = "authentication_required";

  /**
   * After these Stripe plans retries and counts them, but charges nobody before there is another
   * card: https://docs.stripe.com/billing/revenue-recovery/smart-retries.
   */
  private static final Set<String> HARD_DECLINES =
      Set.of(
          "incorrect_number",
          "lost_card",
          "pickup_card",
          "stolen_card",
          "revocation_of_authorization",
          "revocation_of_all_authorizations",
          AUTHENTICATION,
          "highest_risk_level",
          "transaction_not_allowed");

  /** Why there is an invoice of a month, the first one among them. */
  private static final Set<String> MONTHS = Set.of("subscription_create", "subscription_cycle");

  /** One that is void was waived. */
  private static final Set<String> UNPAID = Set.of("draft", OPEN, "uncollectible");

  /** Of changes within a month there are fewer. */
  private static final long MAX_INVOICES_OF_MONTH = 100;

  /** More than a subscription ever has. */
  private static final long MAX_OPEN_INVOICES = 100;

  private final StripeClient client;
  private final StripeCalls calls;

  StripeInvoicesSdk(StripeClient client, StripeCalls calls) {
    this.client = client;
    this.calls = calls;
  }

  @Override
  public Optional<StripeInvoice> invoice(String invoiceId) {
    try {
      Invoice invoice = calls.make("get invoice", () -> client.v1().invoices().retrieve(invoiceId));
      boolean isTried = OPEN.equals(invoice.getStatus()) && invoice.getAttemptCount() > 0;
      return Optional.of(read(invoice, isTried, isTried ? intentOf(invoiceId).orElse(null) : null));
    } catch (StripeRefused refused) {
      if (refused.status() != NOT_FOUND) {
        throw refused;
      }
      return Optional.empty();
    }
  }

  /** When Stripe really tries again: what is planned after a hard decline charges nobody. */
  private static @Nullable Instant nextAttemptAt(Invoice invoice, @Nullable PaymentIntent tried) {
    Long planned = invoice.getNextPaymentAttempt();
    return planned == null || (tried != null && isHopeless(tried)) ? null : at(planned);
  }

  private static @Nullable String authenticationUrl(
      Invoice invoice, @Nullable PaymentIntent tried) {
    return tried != null
            && collection(tried, invoice.getHostedInvoiceUrl())
                instanceof Collection.NeedsAuthentication(String url)
        ? url
        : null;
  }

  private static boolean isHopeless(PaymentIntent intent) {
    StripeError error = intent.getLastPaymentError();
    return switch (intent.getStatus()) {
      case REQUIRES_ACTION -> true;
      case REQUIRES_METHOD ->
          error != null
              && (isHard(error.getDeclineCode())
                  || (error.getDeclineCode() == null && isHard(error.getCode())));
      default -> false;
    };
  }

  private static boolean isHard(@Nullable String code) {
    return code != null && HARD_DECLINES.contains(code);
  }

  @Override
  public void pay(String invoiceId, String methodId, String idempotencyKey) {
    InvoicePayParams params = InvoicePayParams.builder().setPaymentMethod(methodId).build();
    RequestOptions key = RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
    calls.make("pay invoice", () -> client.v1().invoices().pay(invoiceId, params, key));
  }

  @Override
  public Collection collection(String invoiceId) {
    Invoice invoice = calls.make("get invoice", () -> client.v1().invoices().retrieve(invoiceId));
    if (!OPEN.equals(invoice.getStatus())) {
      return new Collection.UnderWay();
    }
    return intentOf(invoiceId)
        .map(found -> collection(found, invoice.getHostedInvoiceUrl()))
        .orElseGet(() -> new Collection.Declined(null));
  }

  @Override
  public Optional<String> declineOfVoid(String invoiceId) {
    Invoice invoice = calls.make("get invoice", () -> client.v1().invoices().retrieve(invoiceId));
    return VOID.equals(invoice.getStatus())
        ? intentOf(invoiceId)
            .map(PaymentIntent::getLastPaymentError)
            .map(StripeInvoicesSdk::codeOf)
            .filter(code -> !AUTHENTICATION.equals(code))
        : Optional.empty();
  }

  private Optional<PaymentIntent> intentOf(String invoiceId) {
    InvoicePaymentListParams params =
        InvoicePaymentListParams.builder().setInvoice(invoiceId).build();
    return calls
        .make("find payment of invoice", () -> client.v1().invoicePayments().list(params))
        .getData()
        .stream()
        .map(payment -> payment.getPayment().getPaymentIntent())
        .filter(Objects::nonNull)
        .findFirst()
        .map(id -> calls.make("get payment", () -> client.v1().paymentIntents().retrieve(id)));
  }

  private static @Nullable String codeOf(StripeError error) {
    return error.getDeclineCode() == null ? error.getCode() : error.getDeclineCode();
  }

  private static Collection collection(PaymentIntent intent, String page) {
    StripeError error = intent.getLastPaymentError();
    return switch (intent.getStatus()) {
      case REQUIRES_ACTION, "requires_confirmation" -> new Collection.NeedsAuthentication(page);
      case REQUIRES_METHOD -> {
        if (error == null) {
          yield new Collection.Declined(null);
        }
        String code = codeOf(error);
        // Without the person at the browser Stripe declines what the bank wants authenticated.
        yield AUTHENTICATION.equals(code)
            ? new Collection.NeedsAuthentication(page)
            : new Collection.Declined(code);
      }
      default -> new Collection.UnderWay();
    };
  }

  @Override
  public void makeVoid(String invoiceId, String idempotencyKey) {
    RequestOptions key = RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
    calls.make(
        "void invoice",
        () ->
            client
                .v1()
                .invoices()
                .voidInvoice(invoiceId, InvoiceVoidInvoiceParams.builder().build(), key));
  }

  @Override
  public boolean isMonthUnpaid(String subscriptionId) {
    InvoiceListParams params =
        InvoiceListParams.builder()
            .setSubscription(subscriptionId)
            .setLimit(MAX_INVOICES_OF_MONTH)
            .build();
    return calls.make("list invoices", () -> client.v1().invoices().list(params)).getData().stream()
        .filter(invoice -> MONTHS.contains(invoice.getBillingReason()))
        .findFirst()
        .filter(month -> UNPAID.contains(month.getStatus()))
        .isPresent();
  }

  @Override
  public List<String> openInvoicesOf(String subscriptionId) {
    InvoiceListParams params =
        InvoiceListParams.builder()
            .setSubscription(subscriptionId)
            .setStatus(InvoiceListParams.Status.OPEN)
            .setLimit(MAX_OPEN_INVOICES)
            .build();
    return calls
        .make("list open invoices", () -> client.v1().invoices().list(params))
        .getData()
        .stream()
        .map(Invoice::getId)
        .toList();
  }

  @Override
  public Optional<String> invoiceOfPaymentIntent(String paymentIntentId) {
    InvoicePaymentListParams params =
        InvoicePaymentListParams.builder()
            .setPayment(
                InvoicePaymentListParams.Payment.builder()
                    .setType(InvoicePaymentListParams.Payment.Type.PAYMENT_INTENT)
                    .setPaymentIntent(paymentIntentId)
                    .build())
            .build();
    return calls
        .make("find invoice", () -> client.v1().invoicePayments().list(params))
        .getData()
        .stream()
        .map(InvoicePayment::getInvoice)
        .findFirst();
  }

  private static @Nullable Failure failure(@Nullable PaymentIntent tried) {
    if (tried == null
        || (REQUIRES_METHOD.equals(tried.getStatus()) && tried.getLastPaymentError() == null)) {
      return new Failure(null, Failure.NO_CARD, true);
    }
    if (REQUIRES_ACTION.equals(tried.getStatus())) {
      return new Failure(tried.getPaymentMethod(), AUTHENTICATION, true);
    }
    StripeError error = tried.getLastPaymentError();
    String code = error == null ? null : codeOf(error);
    return error == null || code == null || error.getPaymentMethod() == null
        ? null
        : new Failure(error.getPaymentMethod().getId(), code, isHopeless(tried));
  }

  /**
   * Reads an invoice.
   *
   * @param isTried whether it is open although Stripe has tried to charge it
   * @param tried what Stripe has tried to charge; null when there was no card
   */
  private static StripeInvoice read(
      Invoice invoice, boolean isTried, @Nullable PaymentIntent tried) {
    String currency = invoice.getCurrency().toUpperCase(Locale.ROOT);
    List<InvoiceLineItem> lines = invoice.getLines().getData();
    return new StripeInvoice(
        invoice.getId(),
        invoice.getCustomer(),
        subscriptionOf(invoice),
        invoice.getNumber(),
        status(invoice.getStatus()),
        Money.of(invoice.getTotal(), currency),
        Money.of(invoice.getAmountPaid(), currency),
        Money.of(invoice.getAmountRemaining(), currency),
        // What an invoice calls its period is that of usage: the month before.
        lines.stream()
            .map(line -> at(line.getPeriod().getStart()))
            .min(Instant::compareTo)
            .orElseGet(() -> at(invoice.getPeriodStart())),
        lines.stream()
            .map(line -> at(line.getPeriod().getEnd()))
            .max(Instant::compareTo)
            .orElseGet(() -> at(invoice.getPeriodEnd())),
        invoice.getInvoicePdf(),
        at(invoice.getCreated()),
        Math.toIntExact(invoice.getAttemptCount()),
        nextAttemptAt(invoice, tried),
        authenticationUrl(invoice, tried),
        isTried ? failure(tried) : null,
        Objects.requireNonNullElse(invoice.getBillingReason(), "manual"));
  }

  private static @Nullable String subscriptionOf(Invoice invoice) {
    Invoice.Parent parent = invoice.getParent();
    Invoice.Parent.SubscriptionDetails details =
        parent == null ? null : parent.getSubscriptionDetails();
    return details == null ? null : details.getSubscription();
  }

  private static StripeInvoice.Status status(String status) {
    return switch (status) {
      case "draft" -> StripeInvoice.Status.DRAFT;
      case "paid" -> StripeInvoice.Status.PAID;
      case VOID -> StripeInvoice.Status.VOID;
      case "uncollectible" -> StripeInvoice.Status.UNCOLLECTIBLE;
      default -> StripeInvoice.Status.OPEN;
    };
  }

  private static Instant at(long epochSecond) {
    return Instant.ofEpochSecond(epochSecond);
  }
}
