package io.cpdevents.sandbox.invoices;

import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.events.Events;
import io.cpdevents.sandbox.objects.StripeIds;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import io.cpdevents.sandbox.time.PlannedSteps;
import io.cpdevents.sandbox.time.SandboxClock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.node.ObjectNode;

/** Drafts invoices, and finds them. */
@Component
public class Invoices {
  static final String KIND = "invoice";
  static final String OPEN = "open";
  static final String DRAFT = "draft";
  static final String PAID = "paid";
  static final String UNCOLLECTIBLE = "uncollectible";
  static final String VOID = "void";

  /** The inner fact of an invoice: the payment intent that pays it. */
  static final String PAYMENT_INTENT = "payment_intent";

  /** The inner fact of an invoice that is being charged because its time has come. */
  static final String IS_AUTOMATIC = "is_automatic";

  /**
   * The inner fact of an invoice for a change that counts only when it is paid: the subscription's
   * item after the change.
   */
  public static final String CHANGE = "change";

  /** The inner fact of a subscription: its latest invoice that is for no change that waits. */
  private static final String LATEST = "latest";

  /** The inner fact of such an invoice: the one before. */
  private static final String BEFORE = "before";

  /** How long an invoice stays a draft, which its owner may still change. */
  private static final Duration DRAFT_TIME = Duration.ofHours(1);

  private final StripeObjects objects;
  private final Events events;
  private final PlannedSteps steps;
  private final SandboxClock clock;
  private final InvoiceLines lines;
  private final InvoiceItems items;

  Invoices(
      StripeObjects objects,
      Events events,
      PlannedSteps steps,
      SandboxClock clock,
      InvoiceLines lines,
      InvoiceItems items) {
    this.lines = lines;
    this.items = items;
    this.objects = objects;
    this.events = events;
    this.steps = steps;
    this.clock = clock;
  }

  StripeObject find(String account, String id) {
    return objects.find(account, KIND, id).orElseThrow(() -> noSuch(id));
  }

  StripeObject lock(String account, String id) {
    return objects
        .lock(KIND, id)
        .filter(found -> found.account().equals(account))
        .orElseThrow(() -> noSuch(id));
  }

  /** Whether the subscription of an invoice is over: nothing is collected for it by itself then. */
  boolean isOfEnded(StripeObject invoice) {
    String subscription = invoice.innerText("subscription");
    return subscription != null
        && objects.lockExisting("subscription", subscription).is("status", "canceled");
  }

  /** Whether it has been finalized, and nobody has paid or voided it. */
  public static boolean isOpen(StripeObject invoice) {
    return invoice.is("status", OPEN);
  }

  /** Deletes a locked draft; what it would have charged waits for the next one. */
  void delete(StripeObject invoice) {
    items.takeOff(invoice);
    objects.remove(invoice);
    steps.cancel(FinalizeInvoice.KIND, invoice.id());
  }

  /** The subscription that is invoiced. */
  public static String subscriptionOf(StripeObject invoice) {
    String id = invoice.innerText("subscription");
    if (id == null) {
      throw new IllegalStateException("No subscription of " + invoice.id());
    }
    return id;
  }

  /** From now on an invoice decides whether a locked subscription is in good standing. */
  public static void follow(StripeObject subscription, StripeObject invoice) {
    String before = subscription.innerText(LATEST);
    if (before != null) {
      invoice.inner().put(BEFORE, before);
    }
    subscription.inner().put(LATEST, invoice.id());
  }

  /**
   * The invoice that decides whether a locked subscription is in good standing: its latest one that
   * was no mistake. What is open of earlier ones does not count.
   *
   * @return empty when it has none
   */
  Optional<StripeObject> decisive(StripeObject subscription) {
    Optional<StripeObject> latest = known(subscription.innerText(LATEST));
    while (latest.filter(found -> found.is("status", VOID)).isPresent()) {
      latest = known(latest.get().innerText(BEFORE));
    }
    return latest;
  }

  private Optional<StripeObject> known(@Nullable String id) {
    return Optional.ofNullable(id).flatMap(each -> objects.findAnywhere(KIND, each));
  }

  private static StripeRefusal noSuch(String id) {
    return StripeRefusal.noSuch(KIND, id, "id");
  }

  /**
   * Drafts the invoice for the current period of a locked subscription, which charges also what
   * waits for it; it is finalized and charged by itself.
   *
   * @return its id
   */
  public String draftPeriod(StripeObject subscription, String reason) {
    StripeObject invoice = draftCurrent(subscription, reason);
    long finalizedAt = clock.epochSecond() + DRAFT_TIME.toSeconds();
    invoice.body().put("automatically_finalizes_at", finalizedAt);
    steps.planAt(finalizedAt, FinalizeInvoice.KIND, invoice.id());
    events.record("invoice.created", invoice);
    return invoice.id();
  }

  /** Drafts the invoice for the first period of a locked subscription, which is charged at once. */
  public StripeObject draftFirst(StripeObject subscription) {
    StripeObject invoice = draftCurrent(subscription, "subscription_create");
    events.record("invoice.created", invoice);
    return invoice;
  }

  /** Drafts the invoice of a trial, which charges nothing. */
  public StripeObject draftTrial(StripeObject subscription) {
    ObjectNode line = lines.trial(subscription, itemOf(subscription));
    StripeObject invoice = draft(subscription, "subscription_create", List.of(line));
    events.record("invoice.created", invoice);
    return invoice;
  }

  private StripeObject draftCurrent(StripeObject subscription, String reason) {
    ObjectNode item = itemOf(subscription);
    long start = item.path("current_period_start").longValue();
    ObjectNode line =
        lines.period(subscription, item, start, item.path("current_period_end").longValue());
    StripeObject invoice = draft(subscription, reason, List.of(line));
    follow(subscription, invoice);
    Billed.by(line, item.get("price")).storeIn(subscription);
    return invoice;
  }

  /**
   * Drafts the invoice of what waits for it after a change of a locked subscription.
   *
   * @param own what it charges beside that
   */
  public StripeObject draftChange(StripeObject subscription, List<ObjectNode> own) {
    StripeObject invoice = draft(subscription, "subscription_update", own);
    events.record("invoice.created", invoice);
    return invoice;
  }

  private StripeObject draft(StripeObject subscription, String reason, List<ObjectNode> own) {
    List<StripeObject> waiting = waiting(subscription);
    StripeObject invoice =
        compose(
            subscription,
            reason,
            Stream.concat(waiting.stream().map(InvoiceItems::lineOf), own.stream()).toList());
    waiting.forEach(item -> items.putOn(item, invoice.id()));
    objects.add(invoice);
    return invoice;
  }

  private List<StripeObject> waiting(StripeObject subscription) {
    return items.pending(
        subscription.account(), subscription.requiredText("customer"), subscription.id());
  }

  /**
   * The invoice that a change of a subscription would make at once, or that its next period will
   * have, which nothing is stored of.
   *
   * @param prorated the lines of the change
   * @param next the item as the next period will begin with it; null for an invoice at once
   */
  public StripeObject preview(
      StripeObject subscription, List<ObjectNode> prorated, @Nullable ObjectNode next) {
    List<ObjectNode> all = new ArrayList<>();
    waiting(subscription).forEach(item -> all.add(InvoiceItems.lineOf(item)));
    all.addAll(prorated);
    if (next != null) {
      all.add(
          lines.period(
              subscription,
              next,
              next.path("current_period_start").longValue(),
              next.path("current_period_end").longValue()));
    }
    StripeObject invoice =
        compose(subscription, next == null ? "subscription_update" : "upcoming", all);
    invoice.body().put("id", "upcoming_" + invoice.id());
    return invoice;
  }

  /** The first invoice of a subscription that there is not, which nothing is stored of. */
  public StripeObject previewFirst(StripeObject subscription) {
    ObjectNode item = itemOf(subscription);
    StripeObject invoice =
        compose(
            subscription,
            "upcoming",
            List.of(
                lines.period(
                    subscription,
                    item,
                    item.path("current_period_start").longValue(),
                    item.path("current_period_end").longValue())));
    invoice.body().put("id", "upcoming_" + invoice.id());
    invoice
        .body()
        .withObjectProperty("parent")
        .withObjectProperty("subscription_details")
        .putNull("subscription");
    return invoice;
  }

  private StripeObject compose(StripeObject subscription, String reason, List<ObjectNode> all) {
    StripeObject invoice =
        StripeObject.shaped(
            subscription.account(), KIND, StripeIds.next("in"), clock.epochSecond());
    ObjectNode body = invoice.body();
    body.set("currency", subscription.body().get("currency"));
    body.set("customer", subscription.body().get("customer"));
    body.put("billing_reason", reason);
    ObjectNode details =
        body.withObjectProperty("parent").withObjectProperty("subscription_details");
    details.put("subscription", subscription.id());
    details.set("metadata", subscription.body().get("metadata").deepCopy());
    invoice.inner().put("subscription", subscription.id());
    ObjectNode item = itemOf(subscription);
    body.set("period_start", item.get("current_period_start"));
    body.set("period_end", item.get("current_period_end"));
    setLines(invoice, all);
    return invoice;
  }

  /** Puts lines on an invoice, and shows what they cost its customer. */
  void setLines(StripeObject invoice, List<ObjectNode> all) {
    StripeObject customer =
        objects.findAnywhere("customer", invoice.requiredText("customer")).orElseThrow();
    ObjectNode body = invoice.body();
    for (String field : List.of("address", "email", "name", "phone", "shipping")) {
      body.set("customer_" + field, customer.body().path(field).deepCopy());
    }
    ObjectNode list = body.withObjectProperty("lines");
    long total = 0;
    for (ObjectNode line : all) {
      line.put("invoice", invoice.id());
      list.withArrayProperty("data").add(line);
      total += line.path("amount").longValue();
    }
    list.put("total_count", all.size());
    list.put("url", "/v1/invoices/" + invoice.id() + "/lines");
    for (String sum :
        List.of("subtotal", "subtotal_excluding_tax", "total", "total_excluding_tax")) {
      body.put(sum, total);
    }
    CustomerBalance.show(invoice, customer);
  }

  private static ObjectNode itemOf(StripeObject subscription) {
    return (ObjectNode) subscription.body().path("items").path("data").get(0);
  }
}
