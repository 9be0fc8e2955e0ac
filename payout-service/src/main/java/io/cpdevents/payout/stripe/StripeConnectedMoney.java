package io.cpdevents.payout.stripe;

import com.stripe.StripeClient;
import com.stripe.model.Balance;
import com.stripe.model.Payout;
import com.stripe.model.StripeCollection;
import com.stripe.model.TransferReversal;
import com.stripe.net.RequestOptions;
import com.stripe.param.PayoutCreateParams;
import com.stripe.param.PayoutListParams;
import com.stripe.param.TransferCreateParams;
import com.stripe.param.TransferListParams;
import com.stripe.param.TransferReversalCreateParams;
import com.stripe.param.TransferReversalListParams;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.stripe.Disconnected;
import io.cpdevents.platform.stripe.StripeCalls;
import io.cpdevents.platform.stripe.StripePlatform;
import io.cpdevents.platform.stripe.StripeRefused;
import io.cpdevents.platform.stripe.StripeUnavailable;
import java.time.Instant;
import java.util.Currency;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Separate charges and transfers: one transfer for each payout, and a manual payout. */
@Component
class StripeConnectedMoney implements ConnectedMoney {

  private static final String PAYOUT_ID = "payoutId";
  private static final String ORGANIZATION_ID = "organizationId";
  private static final String ATTEMPT = "attempt";
  private static final long MAX_PAGE_ROWS = 100;

  private final StripeClient client;
  private final StripeCalls calls;
  private final StripePlatform platform;

  StripeConnectedMoney(StripeClient client, StripeCalls calls, StripePlatform platform) {
    this.client = client;
    this.calls = calls;
    this.platform = platform;
  }

  @Override
  public Money available(String accountId, Currency currency) {
    Balance balance =
        calls.make("get balance", () -> client.v1().balance().retrieve(on(accountId)));
    long amountMinor =
        balance.getAvailable().stream()
            .filter(part -> part.getCurrency().equals(lowerCase(currency)))
            .mapToLong(Balance.Available::getAmount)
            .sum();
    return new Money(amountMinor, currency);
  }

  @Override
  public Transfer transfer(Movement movement) {
    TransferCreateParams params =
        TransferCreateParams.builder()
            .setAmount(movement.amount().amountMinor())
            .setCurrency(lowerCase(movement.amount().currency()))
            .setDestination(movement.accountId())
            .setTransferGroup(group(movement))
            .putAllMetadata(metadata(movement))
            .build();
    RequestOptions key =
        RequestOptions.builder().setIdempotencyKey(movement.idempotencyKey()).build();
    return transfer(
        calls.make("create transfer", () -> client.v1().transfers().create(params, key)));
  }

  @Override
  public Optional<Transfer> findTransfer(Movement movement) {
    TransferListParams params =
        TransferListParams.builder()
            .setTransferGroup(group(movement))
            .setLimit(MAX_PAGE_ROWS)
            .build();
    return calls
        .make("list transfers", () -> client.v1().transfers().list(params))
        .getData()
        .stream()
        .filter(found -> isOf(movement, found.getMetadata()))
        .map(StripeConnectedMoney::transfer)
        .findFirst();
  }

  @Override
  public Reversal reverse(String transferId, Movement movement) {
    TransferReversalCreateParams params =
        TransferReversalCreateParams.builder()
            .setAmount(movement.amount().amountMinor())
            .putAllMetadata(metadata(movement))
            .build();
    RequestOptions key =
        RequestOptions.builder().setIdempotencyKey(movement.idempotencyKey()).build();
    return reversal(
        onAccount(
            "reverse transfer",
            () -> client.v1().transfers().reversals().create(transferId, params, key)));
  }

  @Override
  public Optional<Reversal> findReversal(String transferId, Movement movement) {
    TransferReversalListParams params =
        TransferReversalListParams.builder().setLimit(MAX_PAGE_ROWS).build();
    return calls
        .make(
            "list transfer reversals",
            () -> client.v1().transfers().reversals().list(transferId, params))
        .getData()
        .stream()
        .filter(found -> isOf(movement, found.getMetadata()))
        .map(StripeConnectedMoney::reversal)
        .findFirst();
  }

  private static Reversal reversal(TransferReversal reversal) {
    return new Reversal(
        reversal.getId(),
        reversal.getBalanceTransaction(),
        Instant.ofEpochSecond(reversal.getCreated()));
  }

  @Override
  public BankPayout payOut(Movement movement) {
    PayoutCreateParams params =
        PayoutCreateParams.builder()
            .setAmount(movement.amount().amountMinor())
            .setCurrency(lowerCase(movement.amount().currency()))
            .putAllMetadata(metadata(movement))
            .build();
    RequestOptions options =
        RequestOptions.builder()
            .setIdempotencyKey(movement.idempotencyKey())
            .setStripeAccount(movement.accountId())
            .build();
    return bankPayout(
        onAccount("create payout", () -> client.v1().payouts().create(params, options)));
  }

  @Override
  public Optional<BankPayout> findPayOut(Movement movement, Instant createdFrom) {
    String after = null;
    while (true) {
      StripeCollection<Payout> page = page(movement.accountId(), createdFrom, after);
      List<Payout> payouts = page.getData();
      for (Payout payout : payouts) {
        if (isOf(movement, payout.getMetadata())) {
          return Optional.of(bankPayout(payout));
        }
      }
      if (payouts.isEmpty() || !Boolean.TRUE.equals(page.getHasMore())) {
        return Optional.empty();
      }
      after = payouts.getLast().getId();
    }
  }

  private StripeCollection<Payout> page(
      String accountId, Instant createdFrom, @Nullable String after) {
    PayoutListParams.Builder params =
        PayoutListParams.builder()
            .setLimit(MAX_PAGE_ROWS)
            .setCreated(
                PayoutListParams.Created.builder().setGte(createdFrom.getEpochSecond()).build());
    if (after != null) {
      params.setStartingAfter(after);
    }
    return onAccount(
        "list payouts", () -> client.v1().payouts().list(params.build(), on(accountId)));
  }

  @Override
  public BankPayout cancelPayOut(String accountId, String id, String idempotencyKey) {
    RequestOptions options =
        RequestOptions.builder()
            .setIdempotencyKey(idempotencyKey)
            .setStripeAccount(accountId)
            .build();
    return bankPayout(onAccount("cancel payout", () -> client.v1().payouts().cancel(id, options)));
  }

  @Override
  public BankPayout bankPayout(String accountId, String id) {
    return bankPayout(
        onAccount("get payout", () -> client.v1().payouts().retrieve(id, on(accountId))));
  }

  /** Of an account whose connection was ended Stripe never tells anything again. */
  private <T> T onAccount(String operation, StripeCalls.Call<T> call) {
    try {
      return calls.make(operation, call);
    } catch (StripeUnavailable unavailable) {
      if (platform.isDisconnected(unavailable)) {
        throw new StripeRefused(operation, Disconnected.STATUS, Disconnected.CODE, unavailable);
      }
      throw unavailable;
    }
  }

  private static RequestOptions on(String accountId) {
    return RequestOptions.builder().setStripeAccount(accountId).build();
  }

  private static String group(Movement movement) {
    return "payout:" + movement.payoutId();
  }

  private static Map<String, String> metadata(Movement movement) {
    return Map.of(
        PAYOUT_ID, movement.payoutId().toString(),
        ORGANIZATION_ID, movement.organizationId().toString(),
        ATTEMPT, Integer.toString(movement.attempt()));
  }

  private static boolean isOf(Movement movement, @Nullable Map<String, String> metadata) {
    return metadata != null && movement.payoutId().toString().equals(metadata.get(PAYOUT_ID));
  }

  private static Transfer transfer(com.stripe.model.Transfer transfer) {
    return new Transfer(
        transfer.getId(),
        transfer.getBalanceTransaction(),
        Instant.ofEpochSecond(transfer.getCreated()));
  }

  private static BankPayout bankPayout(Payout payout) {
    BankPayout.Status status =
        switch (payout.getStatus()) {
          case "paid" -> BankPayout.Status.PAID;
          case "failed" -> BankPayout.Status.FAILED;
          case "canceled" -> BankPayout.Status.CANCELED;
          default -> BankPayout.Status.UNDER_WAY;
        };
    return new BankPayout(
        payout.getId(),
        status,
        Objects.requireNonNull(payout.getBalanceTransaction()),
        payout.getFailureBalanceTransaction(),
        payout.getFailureCode(),
        Instant.ofEpochSecond(payout.getArrivalDate()));
  }

  private static String lowerCase(Currency currency) {
    return currency.getCurrencyCode().toLowerCase(Locale.ROOT);
  }
}
