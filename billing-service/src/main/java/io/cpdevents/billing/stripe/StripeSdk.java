package io.cpdevents.billing.stripe;

import com.stripe.StripeClient;
import com.stripe.model.BalanceTransaction;
import com.stripe.model.Charge;
import com.stripe.model.Dispute;
import com.stripe.model.Event;
import com.stripe.model.PaymentIntent;
import com.stripe.model.PaymentMethod;
import com.stripe.model.Refund;
import com.stripe.model.StripeCollection;
import com.stripe.model.StripeError;
import com.stripe.model.checkout.Session;
import com.stripe.model.radar.EarlyFraudWarning;
import com.stripe.net.RequestOptions;
import com.stripe.net.StripeResponse;
import com.stripe.param.BalanceTransactionListParams;
import com.stripe.param.CustomerCreateParams;
import com.stripe.param.CustomerUpdateParams;
import com.stripe.param.DisputeUpdateParams;
import com.stripe.param.EventListParams;
import com.stripe.param.FileCreateParams;
import com.stripe.param.PaymentIntentRetrieveParams;
import com.stripe.param.RefundCreateParams;
import com.stripe.param.RefundListParams;
import com.stripe.param.RefundRetrieveParams;
import com.stripe.param.checkout.SessionCreateParams;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.StripeCalls;
import io.cpdevents.platform.stripe.StripeRefused;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.util.FileSystemUtils;

/** Calls Stripe by Stripe's own library, about money. */
@Component
class StripeSdk implements StripeApi {

  private static final String PAYMENT_ID = "paymentId";
  private static final String REGISTRATION_ID = "registrationId";
  private static final String REFUND_ID = "refundId";
  private static final String ACCOUNT_ID = "accountId";
  private static final String ATTEMPT = "attempt";
  private static final String BALANCE_TRANSACTION = "balance_transaction";
  private static final String FAILURE_BALANCE_TRANSACTION = "failure_balance_transaction";
  private static final long MAX_PAYMENT_REFUNDS = 100;
  private static final int SESSION_HAS_ENDED = 400;
  private static final int NOT_FOUND = 404;

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
  public boolean hasCustomer(String customerId) {
    try {
      return !Boolean.TRUE.equals(
          calls
              .make("get customer", () -> client.v1().customers().retrieve(customerId))
              .getDeleted());
    } catch (StripeRefused refused) {
      if (refused.status() != NOT_FOUND) {
        throw refused;
      }
      return false;
    }
  }

  @Override
  public void changeCustomerEmail(String customerId, @Nullable String email) {
    // Empty is how Stripe is told that there is none. What is set twice is set: no key is needed.
    CustomerUpdateParams params =
        CustomerUpdateParams.builder().setEmail(email == null ? "" : email).build();
    calls.make("change customer", () -> client.v1().customers().update(customerId, params));
  }

  @Override
  public void deleteCustomer(String customerId) {
    try {
      calls.make("delete customer", () -> client.v1().customers().delete(customerId));
    } catch (StripeRefused refused) {
      if (refused.status() != NOT_FOUND) {
        throw refused;
      }
    }
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
    RefundCreateParams.Builder params =
        RefundCreateParams.builder()
            .setPaymentIntent(request.paymentIntentId())
            .setAmount(request.amountMinor())
            .putMetadata(REFUND_ID, request.refundId().toString())
            .putMetadata(PAYMENT_ID, request.paymentId().toString())
            .putMetadata(ATTEMPT, Integer.toString(request.attempt()))
            .addExpand(BALANCE_TRANSACTION);
    if (request.instructionsEmail() != null) {
      params.setInstructionsEmail(request.instructionsEmail());
    }
    return refund(
        calls.makeRefund(
            "create refund",
            () -> client.v1().refunds().create(params.build(), key(request.idempotencyKey()))));
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
            .setLimit(MAX_PAYMENT_REFUNDS)
            .build();
    return calls.make("list refunds", () -> client.v1().refunds().list(params)).getData().stream()
        .map(StripeSdk::refund)
        .toList();
  }

  @Override
  public StripeDispute dispute(String disputeId) {
    return dispute(calls.make("get dispute", () -> client.v1().disputes().retrieve(disputeId)));
  }

  @Override
  public void giveEvidence(EvidenceRequest request) {
    DisputeUpdateParams params =
        DisputeUpdateParams.builder()
            .setEvidence(
                DisputeUpdateParams.Evidence.builder()
                    .putAllExtraParam(Map.copyOf(request.evidence()))
                    .build())
            .setSubmit(request.submit())
            .build();
    calls.make(
        "give evidence",
        () ->
            client
                .v1()
                .disputes()
                .update(request.disputeId(), params, key(request.idempotencyKey())));
  }

  @Override
  public void acceptDispute(String disputeId, String idempotencyKey) {
    calls.make(
        "accept dispute", () -> client.v1().disputes().close(disputeId, key(idempotencyKey)));
  }

  @Override
  public String uploadEvidence(FileRequest request) {
    Path directory = null;
    try {
      directory = Files.createTempDirectory("evidence");
      // Stripe's library tells Stripe the name of a file, and none for anything else.
      Path file = Files.write(directory.resolve(request.name()), request.content());
      FileCreateParams params =
          FileCreateParams.builder()
              .setPurpose(FileCreateParams.Purpose.DISPUTE_EVIDENCE)
              .setFile(file.toFile())
              .build();
      return calls.make(
          "upload file",
          () -> client.v1().files().create(params, key(request.idempotencyKey())).getId());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      FileSystemUtils.deleteRecursively(directory == null ? null : directory.toFile());
    }
  }

  @Override
  public Optional<StripeFraudWarning> fraudWarning(String warningId) {
    EarlyFraudWarning warning =
        calls.make(
            "get fraud warning",
            () -> client.v1().radar().earlyFraudWarnings().retrieve(warningId));
    String paymentIntentId =
        warning.getPaymentIntent() == null
            ? paymentIntentOfCharge(warning.getCharge())
            : warning.getPaymentIntent();
    return Optional.ofNullable(paymentIntentId)
        .map(intent ->
            new StripeFraudWarning(
                warning.getId(),
                intent,
                warning.getFraudType(),
                Instant.ofEpochSecond(warning.getCreated())));
  }

  @Override
  public BalancePage balanceTransactions(
      @Nullable String account, Instant from, Instant until, @Nullable String after, int limit) {
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
        calls.makeListing(
            "list balance transactions",
            () -> client.v1().balanceTransactions().list(params.build(), of(account)));
    List<StripeBalanceTransaction> transactions =
        found.getData().stream().map(StripeSdk::required).toList();
    return new BalancePage(
        transactions, !transactions.isEmpty() && Boolean.TRUE.equals(found.getHasMore()));
  }

  @Override
  public Balance balance(@Nullable String account) {
    com.stripe.model.Balance balance =
        calls.make("get balance", () -> client.v1().balance().retrieve(of(account)));
    Map<String, Long> sums = new TreeMap<>();
    balance.getAvailable().forEach(part -> add(sums, part.getCurrency(), part.getAmount()));
    balance.getPending().forEach(part -> add(sums, part.getCurrency(), part.getAmount()));
    return new Balance(
        sums.entrySet().stream().map(sum -> Money.of(sum.getValue(), sum.getKey())).toList(),
        answeredAt(balance.getLastResponse()));
  }

  private static Instant answeredAt(StripeResponse answer) {
    String date = answer.headers().firstValue("Date").orElseThrow();
    return Instant.from(DateTimeFormatter.RFC_1123_DATE_TIME.parse(date));
  }

  private static RequestOptions of(@Nullable String account) {
    return RequestOptions.builder().setStripeAccount(account).build();
  }

  private static void add(Map<String, Long> sums, String currency, long amountMinor) {
    sums.merge(currency.toUpperCase(Locale.ROOT), amountMinor, Math::addExact);
  }

  @Override
  public EventPage events(Instant from, Instant until, @Nullable String after, int limit) {
    EventListParams.Builder params =
        EventListParams.builder()
            .setLimit((long) limit)
            .setCreated(
                EventListParams.Created.builder()
                    .setGte(from.getEpochSecond())
                    .setLt(until.getEpochSecond())
                    .build());
    if (after != null) {
      params.setStartingAfter(after);
    }
    StripeCollection<Event> found =
        calls.make("list events", () -> client.v1().events().list(params.build()));
    List<StripeEvent> events = found.getData().stream().map(StripeSdk::event).toList();
    return new EventPage(events, !events.isEmpty() && Boolean.TRUE.equals(found.getHasMore()));
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
                charge.getId(), balanceTransaction(charge.getBalanceTransactionObject())),
        failure(intent));
  }

  private static StripePaymentIntent.@Nullable Failure failure(PaymentIntent intent) {
    StripeError error = intent.getLastPaymentError();
    if (error == null) {
      return null;
    }
    String declineCode = error.getDeclineCode() == null ? error.getCode() : error.getDeclineCode();
    if (error.getCharge() != null) {
      return new StripePaymentIntent.Failure(error.getCharge(), declineCode);
    }
    PaymentMethod method = error.getPaymentMethod();
    String id = method == null ? intent.getId() : method.getId();
    return new StripePaymentIntent.Failure(id, declineCode);
  }

  private static StripeRefund refund(Refund refund) {
    StripeRefund.Status status =
        switch (refund.getStatus()) {
          case "succeeded" -> StripeRefund.Status.SUCCEEDED;
          // One to a card that was called off in the dashboard is told by either word.
          case "failed" ->
              "merchant_request".equals(refund.getFailureReason())
                  ? StripeRefund.Status.CANCELED
                  : StripeRefund.Status.FAILED;
          case "canceled" -> StripeRefund.Status.CANCELED;
          // "pending", also for lack of balance, and "requires_action": it waits for the buyer.
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

  private static StripeEvent event(Event event) {
    return new StripeEvent(
        event.getId(),
        event.getType(),
        event.getAccount(),
        event.getApiVersion(),
        Instant.ofEpochSecond(event.getCreated()),
        // As it was written: the library's types fit only the version that it was made for.
        event.getDataObjectDeserializer().getRawJson());
  }

  private static StripeDispute dispute(Dispute dispute) {
    Dispute.EvidenceDetails details = dispute.getEvidenceDetails();
    return new StripeDispute(
        dispute.getId(),
        dispute.getStatus(),
        dispute.getCharge(),
        dispute.getPaymentIntent(),
        dispute.getAmount(),
        dispute.getCurrency().toUpperCase(Locale.ROOT),
        dispute.getReason(),
        dueBy(details),
        details == null ? 0 : details.getSubmissionCount(),
        Instant.ofEpochSecond(dispute.getCreated()),
        dispute.getBalanceTransactions().stream().map(StripeSdk::required).toList());
  }

  /** Stripe says nothing, or zero, when the bank takes no evidence. */
  private static @Nullable Instant dueBy(Dispute.@Nullable EvidenceDetails details) {
    Long dueBy = details == null ? null : details.getDueBy();
    return dueBy == null || dueBy == 0 ? null : Instant.ofEpochSecond(dueBy);
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
