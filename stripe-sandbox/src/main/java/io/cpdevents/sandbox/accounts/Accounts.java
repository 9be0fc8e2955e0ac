package io.cpdevents.sandbox.accounts;

import io.cpdevents.sandbox.SandboxSettings;
import io.cpdevents.sandbox.api.StripeAccounts;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.api.StripeRequest;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.SandboxClock;
import java.util.Optional;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/**
 * Finds, locks and writes connected accounts, and the platform's own. The platform owns the rows of
 * accounts; everything else that belongs to a connected account is owned by that account.
 */
@Component
public class Accounts {
  static final String KIND = StripeAccounts.KIND;

  private final StripeObjects objects;
  private final Events events;
  private final SandboxClock clock;
  private final SandboxSettings settings;
  private final ApplicationEventPublisher publisher;

  Accounts(
      StripeObjects objects,
      Events events,
      SandboxClock clock,
      SandboxSettings settings,
      ApplicationEventPublisher publisher) {
    this.publisher = publisher;
    this.objects = objects;
    this.events = events;
    this.clock = clock;
    this.settings = settings;
  }

  /** A connected account; empty when it does not exist or is no longer connected. */
  public Optional<StripeObject> findConnected(String id) {
    return id.equals(StripeAccounts.PLATFORM)
        ? Optional.empty()
        : objects.findAnywhere(KIND, id).filter(Accounts::isConnected);
  }

  /** The account itself, whether it is connected or the platform's own. */
  public StripeObject find(String id) {
    return objects
        .findAnywhere(KIND, id)
        .or(() -> StripeAccounts.hasKeys(id) ? Optional.of(newPlatform(id)) : Optional.empty())
        .orElseThrow(() -> new IllegalStateException("No account with the id " + id));
  }

  /** The account of a request's path, which is the caller's own or one that it is connected to. */
  StripeObject find(StripeRequest request, String id) {
    boolean accessible =
        request.account().equals(id)
            || (request.account().equals(StripeAccounts.PLATFORM)
                && !id.equals(StripeAccounts.OTHER_PLATFORM));
    if (!accessible || (!StripeAccounts.hasKeys(id) && findConnected(id).isEmpty())) {
      throw StripeRefusal.foreignAccount(id);
    }
    return find(id);
  }

  /** Locks the connected account of a request's path. */
  StripeObject lock(StripeRequest request, String id) {
    request.requirePlatform();
    return lockConnected(id).orElseThrow(() -> StripeRefusal.foreignAccount(id));
  }

  /** Locks a connected account for a lever or a page; 404 when there is none. */
  StripeObject lockOrNotFound(String id) {
    return lockConnected(id).orElseThrow(() -> StripeRefusal.noSuch(KIND, id, "id"));
  }

  private Optional<StripeObject> lockConnected(String id) {
    return id.equals(StripeAccounts.PLATFORM)
        ? Optional.empty()
        : objects.lock(KIND, id).filter(Accounts::isConnected);
  }

  /** Locks an account, which may be the platform's own. */
  public StripeObject lock(String id) {
    if (id.equals(StripeAccounts.PLATFORM)) {
      objects.lockName(id);
      return objects.lock(KIND, id).orElseGet(this::addPlatform);
    }
    return objects.lockExisting(KIND, id);
  }

  /** The platform's account is stored when it is changed for the first time. */
  private StripeObject addPlatform() {
    StripeObject platform = newPlatform(StripeAccounts.PLATFORM);
    objects.add(platform);
    return platform;
  }

  private StripeObject newPlatform(String id) {
    StripeObject platform = StripeObject.shaped(id, KIND, id, clock.epochSecond());
    ObjectNode body = platform.body();
    ObjectNode controller = body.putObject("controller");
    controller.put("type", "account");
    body.put("country", settings.platformCountry());
    body.put("default_currency", Countries.currencyOf(settings.platformCountry()));
    body.put("charges_enabled", true);
    body.put("payouts_enabled", true);
    body.put("details_submitted", true);
    body.put("type", "standard");
    schedule(platform).put("interval", settings.platformPayoutInterval());
    schedule(platform).put("delay_days", settings.settlementDays());
    ExternalAccounts.showIn(platform, StripeJson.array());
    return platform;
  }

  static ObjectNode schedule(StripeObject account) {
    return payoutSettings(account).withObjectProperty("schedule");
  }

  static ObjectNode payoutSettings(StripeObject account) {
    return account.body().withObjectProperty("settings").withObjectProperty("payouts");
  }

  static boolean isConnected(StripeObject account) {
    return !account.innerFlag(StripeAccounts.DISCONNECTED);
  }

  public static boolean isPlatform(StripeObject account) {
    return account.id().equals(StripeAccounts.PLATFORM);
  }

  /** Whether the platform bears the losses of a connected account. */
  static boolean isLiable(StripeObject account) {
    return account
        .body()
        .path("controller")
        .path("losses")
        .path("payments")
        .asString("")
        .equals("application");
  }

  /**
   * Derives the status of a locked account, writes it and records what has changed.
   *
   * @param before the account's body before the change
   */
  public void changed(StripeObject account, ObjectNode before) {
    AccountStatus.derive(account);
    objects.save(account);
    recordCapabilities(account, before);
    events.recordAccountChange("account.updated", account, before);
    publisher.publishEvent(new PayoutsMayChange(account.id()));
  }

  /** Records the capabilities whose status has changed. */
  void recordCapabilities(StripeObject account, ObjectNode before) {
    for (String name : account.body().get("capabilities").propertyNames()) {
      String now = Capabilities.statusOf(account.body(), name);
      if (!now.equals(Capabilities.statusOf(before, name))) {
        events.record(account.id(), "capability.updated", Capabilities.view(account, name), null);
      }
    }
  }
}
