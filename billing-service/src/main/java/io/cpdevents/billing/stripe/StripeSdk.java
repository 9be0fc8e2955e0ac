package io.cpdevents.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.PaymentIntent;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.model.checkout.Session;
import com.stripe.net.RequestOptions;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.RefundRetrieveParams;
import com.stripe.param.checkout.SessionCreateParams;
import io.cpdevents.platform.stripe.StripeCalls;
import io.cpdevents.platform.stripe.StripeRefused;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Calls Stripe by Stripe's own library: the only class that knows its types. */
@Component
class StripeSdk implements StripeApi {

  private static final String PAYMENT_ID = "paymentId";
  private static final String REGISTRATION_ID = "registrationId";
  private static final String REFUND_ID = "refundId";
  private static final String ACCOUNT_ID = "accountId";
  private static final String ATTEMPT = "attempt";
  private static final String BALANCE_TRANSACTION = "balance_transaction";
  private static final String FAILURE_BALANCE_TRANSACTION = "failure_balance_transaction";
  private static final long MAX_REFUNDS_OF_A_PAYMENT = 100;
  private static final int SESSION_HAS_ENDED = 400;

  private final StripeClient client;
  private final StripeCalls calls;

  StripeSdk(StripeClient client, StripeCalls calls) {
    this.client = client;
    this.calls = calls;
  }

  @Override
  public String createCustomer(CustomerRequest request) {
    CustomerCreateParams.Builder params =
        CustomerCreateParams.builder().putMetadata(ACCOUNT_ID, request.accountId().toString());
    String email = request.email();
    if (email != null) {
      params.setEmail(email);
    }
    return calls.make(
        "create customer",
        () ->
            client.v1().customers().create(params.build(), key(request.idempotencyKey())).getId());
  }

  @Override
  public StripeCheckoutSession createCheckoutSession(CheckoutRequest request) {
    Map<String, String> metadata =
        Map.of(
            PAYMENT_ID, request.paymentId().toString(),
            REGISTRATION_ID, request.registrationId().toString(),
            ATTEMPT, Integer.toString(request.attempt()));
    SessionCreateParams.Builder params =
        SessionCreateParams.builder()
            .setMode(SessionCreateParams.Mode.PAYMENT)
            .addPaymentMethodType(SessionCreateParams.PaymentMethodType.CARD)
            .setCustomer(request.customerId())
            .setClientReferenceId(request.paymentId().toString())
            .setSuccessUrl(request.successUrl())
            .setCancelUrl(request.cancelUrl())
            .setExpiresAt(request.expiresAt().getEpochSecond())
            .putAllMetadata(metadata)
            .setPaymentIntentData(
                SessionCreateParams.PaymentIntentData.builder()
                    .setTransferGroup("payment:" + request.paymentId())
                    .putAllMetadata(metadata)
                    .build());
    request.lines().forEach(line -> params.addLineItem(lineItem(request, line)));
    return session(
        calls.make(
            "create checkout session",
            () ->
                client
                    .v1()
                    .checkout()
                    .sessions()
                    .create(params.build(), key(request.idempotencyKey()))));
  }

  private static SessionCreateParams.LineItem lineItem(CheckoutRequest request, CheckoutLine line) {
    return SessionCreateParams.LineItem.builder()
        .setQuantity(line.tickets())
        .setPriceData(
            SessionCreateParams.LineItem.PriceData.builder()
                .setCurrency(request.currency().toLowerCase(Locale.ROOT))
                .setUnitAmount(line.unitAmountMinor())
                .setProductData(
                    SessionCreateParams.LineItem.PriceData.ProductData.builder()
                        .setName(line.ticketTypeName())
                        .setDescription(request.description())
                        .build())
                .build())
        .build();
  }

  @Override
  public StripeCheckoutSession checkoutSession(String sessionId) {
    return session(
        calls.make(
            "get checkout session", () -> client.v1().checkout().sessions().retrieve(sessionId)));
  }

  @Override
  public StripeCheckoutSession expireCheckoutSession(String sessionId) {
    try {
      return session(
          calls.make(
              "expire checkout session",
              () -> client.v1().checkout().sessions().expire(sessionId)));
    } catch (StripeRefused refused) {
      if (refused.status() != SESSION_HAS_ENDED) {
        throw refused;
      }
      return checkoutSession(sessionId);
    }
  }

  @Override
  public StripePaymentIntent paymentIntent(String paymentIntentId) {
    PaymentIntentRetrieveParams params =
        PaymentIntentRetrieveParams.builder()
            .addExpand("latest_charge." + BALANCE_TRANSACTION)
            .build();
    return paymentIntent(
        calls.make(
            "get payment intent",
            () -> client.v1().paymentIntents().retrieve(paymentIntentId, params)));
  }

  @Override
  public @Nullable String paymentIntentOfCharge(String chargeId) {
    Charge charge = calls.make("get charge", () -> client.v1().charges().retrieve(chargeId));
    return charge.getPaymentIntent();
  }

  @Override
  public StripeRefund createRefund(RefundRequest request) {
    RefundCreateParams params =
        RefundCreateParams.builder()
            .setPaymentIntent(request.paymentIntentId())
            .setAmount(request.amountMinor())
            .putMetadata(REFUND_ID, request.refundId().toString())
            .putMetadata(PAYMENT_ID, request.paymentId().toString())
            .putMetadata(ATTEMPT, Integer.toString(request.attempt()))
            .addExpand(BALANCE_TRANSACTION)
            .build();
    return refund(
        calls.make(
            "create refund",
            () -> client.v1().refunds().create(params, key(request.idempotencyKey()))));
  }

  @Override
  public StripeRefund refund(String refundId) {
    RefundRetrieveParams params =
        RefundRetrieveParams.builder()
            .addExpand(BALANCE_TRANSACTION)
            .addExpand(FAILURE_BALANCE_TRANSACTION)
            .build();
    return refund(calls.make("get refund", () -> client.v1().refunds().retrieve(refundId, params)));
  }

  @Override
  public List<StripeRefund> refundsOf(String paymentIntentId) {
    RefundListParams params =
        RefundListParams.builder()
            .setPaymentIntent(paymentIntentId)
            .setLimit(MAX_REFUNDS_OF_A_PAYMENT)
            .build();
    return calls.make("list refunds", () -> client.v1().refunds().list(params)).getData().stream()
        .map(StripeSdk::refund)
        .toList();
  }

  @Override
  public BalancePage balanceTransactions(
      Instant from, Instant until, @Nullable String after, int limit) {
    BalanceTransactionListParams.Builder params =
        BalanceTransactionListParams.builder()
            .setLimit((long) limit)
            .setCreated(
                BalanceTransactionListParams.Created.builder()
                    .setGte(from.getEpochSecond())
                    .setLt(until.getEpochSecond())
                    .build());
    if (after != null) {
      params.setStartingAfter(after);
    }
    StripeCollection<BalanceTransaction> found =
        calls.make(
            "list balance transactions",
            () -> client.v1().balanceTransactions().list(params.build()));
    List<StripeBalanceTransaction> transactions =
        found.getData().stream().map(StripeSdk::required).toList();
    return new BalancePage(
        transactions, !transactions.isEmpty() && Boolean.TRUE.equals(found.getHasMore()));
  }

  private static RequestOptions key(String idempotencyKey) {
    return RequestOptions.builder().setIdempotencyKey(idempotencyKey).build();
  }

  private static StripeCheckoutSession session(Session session) {
    StripeCheckoutSession.Status status =
        switch (session.getStatus()) {
          case "complete" -> StripeCheckoutSession.Status.COMPLETE;
          case "expired" -> StripeCheckoutSession.Status.EXPIRED;
          default -> StripeCheckoutSession.Status.OPEN;
        };
    return new StripeCheckoutSession(
        session.getId(), status, session.getUrl(), session.getPaymentIntent());
  }

  private static StripePaymentIntent paymentIntent(PaymentIntent intent) {
    StripePaymentIntent.Status status =
        switch (intent.getStatus()) {
          case "succeeded" -> StripePaymentIntent.Status.SUCCEEDED;
          case "processing" -> StripePaymentIntent.Status.PROCESSING;
          case "requires_payment_method" -> StripePaymentIntent.Status.REQUIRES_PAYMENT_METHOD;
          case "canceled" -> StripePaymentIntent.Status.CANCELED;
          default -> StripePaymentIntent.Status.UNDER_WAY;
        };
    Charge charge = intent.getLatestChargeObject();
    Long received = intent.getAmountReceived();
    return new StripePaymentIntent(
        intent.getId(),
        status,
        received == null ? 0 : received,
        intent.getCurrency().toUpperCase(Locale.ROOT),
        ours(intent.getMetadata(), PAYMENT_ID),
        attempt(intent.getMetadata()),
        charge == null
            ? null
            : new StripeCharge(
                charge.getId(), balanceTransaction(charge.getBalanceTransactionObject())));
  }

  private static StripeRefund refund(Refund refund) {
    StripeRefund.Status status =
        switch (refund.getStatus()) {
          case "succeeded" -> StripeRefund.Status.SUCCEEDED;
          case "failed" -> StripeRefund.Status.FAILED;
          case "canceled" -> StripeRefund.Status.CANCELED;
          default -> StripeRefund.Status.PENDING;
        };
    return new StripeRefund(
        refund.getId(),
        status,
        refund.getAmount(),
        refund.getCurrency().toUpperCase(Locale.ROOT),
        refund.getPaymentIntent(),
        ours(refund.getMetadata(), REFUND_ID),
        attempt(refund.getMetadata()),
        refund.getFailureReason(),
        balanceTransaction(refund.getBalanceTransactionObject()),
        balanceTransaction(refund.getFailureBalanceTransactionObject()));
  }

  private static @Nullable StripeBalanceTransaction balanceTransaction(
      @Nullable BalanceTransaction transaction) {
    return transaction == null ? null : required(transaction);
  }

  private static StripeBalanceTransaction required(BalanceTransaction transaction) {
    return new StripeBalanceTransaction(
        transaction.getId(),
        transaction.getType(),
        transaction.getSource(),
        transaction.getCurrency().toUpperCase(Locale.ROOT),
        transaction.getAmount(),
        transaction.getFee(),
        transaction.getNet(),
        Instant.ofEpochSecond(transaction.getCreated()));
  }

  /** Our id in the metadata; null when there is none, or it is no id of ours. */
  private static @Nullable UUID ours(@Nullable Map<String, String> metadata, String name) {
    String value = metadata == null ? null : metadata.get(name);
    if (value == null) {
      return null;
    }
    try {
      return UUID.fromString(value);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }

  private static int attempt(@Nullable Map<String, String> metadata) {
    String value = metadata == null ? null : metadata.get(ATTEMPT);
    return value != null && value.matches("[0-9]{1,9}") ? Integer.parseInt(value) : 0;
  }
}
