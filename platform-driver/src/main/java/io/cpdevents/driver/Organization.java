package io.cpdevents.driver;

import io.cpdevents.driver.http.Answer;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** An organization that publishes events. */
public record Organization(World world, Person owner, UUID id) {

  private static final List<String> BALANCE_PARTS =
      List.of("pending", "available", "reserved", "inTransit");

  private static final int PROFESSIONAL_REGISTRATIONS = 5_000;

  /** Where it is in the API. */
  public String path() {
    return "/api/v1/organizations/" + id;
  }

  /**
   * Publishes an event with one kind of ticket.
   *
   * @param priceMinor in cents; 0 is free
   */
  public PublishedEvent publishes(int places, long priceMinor) {
    return EventDraft.of(this, places).publishedAt(priceMinor);
  }

  /** Its owner invites somebody's address, and the mail arrives. */
  public Invitation invites(String email, String role) {
    return Invitation.sentBy(this, owner, email, role);
  }

  /** Somebody new who was invited to this role, and has accepted. */
  public Person member(String name, String role) {
    Person member = world.somebody(name);
    invites(member.email(), role).isAcceptedBy(member);
    return member;
  }

  /** Its owner closes it. Returns what is answered. */
  public Answer closes() {
    return owner.provenApi().delete(path());
  }

  /** Its owner makes an API key with this role. Returns what is answered this once. */
  public Answer makesApiKey(String role) {
    Answer made =
        owner
            .provenApi()
            .post(path() + "/api-keys", Map.of("name", "A key with " + role, "role", role))
            .expect(201);
    world.keepSecret(made.text("key"));
    return made;
  }

  /**
   * Makes a promo code.
   *
   * @param terms all but the code
   */
  public Answer makesPromoCode(String code, Map<String, ?> terms) {
    Map<String, Object> request = new HashMap<>(terms);
    request.put("code", code);
    return owner.api().post(path() + "/promo-codes", request).expect(201);
  }

  /** Begins to try the Professional plan, and waits until its limits hold. */
  public Organization triesProfessional() {
    owner.api().post(path() + "/trial", Map.of()).expect(201);
    world.await(
        "the plan's limits hold for " + id,
        () -> usage().at("/registrations/limit").asInt(0) == PROFESSIONAL_REGISTRATIONS);
    return this;
  }

  /** Saves a card on Stripe's page, and waits until it is there. Returns Stripe's id of it. */
  public String savesCard(Card card) {
    List<String> before = cards();
    String page =
        owner
            .api()
            .post(
                path() + "/payment-methods/setup",
                Map.of("returnUrl", world.address().gatewayUrl() + "/back"))
            .expect(201)
            .text("url");
    Checkout.at(world.stripe(), page).triesToPayWith(card).expect(200);
    return world.awaitThere(
        "another card of " + id,
        () -> cards().stream().filter(known -> !before.contains(known)).findFirst());
  }

  /** Stripe's ids of its cards, the one that pays first. */
  public List<String> cards() {
    return owner
        .api()
        .get(path() + "/payment-methods")
        .expect(200)
        .data()
        .valueStream()
        .map(card -> card.path("id").asString())
        .toList();
  }

  /** Has one of its cards pay from now on. */
  public void choosesCard(String card) {
    owner.api().put(path() + "/payment-methods/" + card + "/default", Map.of()).expect(200);
  }

  /** Removes one of its cards. */
  public void removesCard(String card) {
    owner.api().delete(path() + "/payment-methods/" + card).expect(204);
  }

  /** The invoices of its plan, newest first. */
  public JsonNode invoices() {
    return owner.api().get(path() + "/invoices").expect(200).data();
  }

  /** Its plan, as its owner sees it. */
  public JsonNode subscription() {
    return owner.api().get(path() + "/subscription").expect(200).json();
  }

  /** Lets its plan end with its month. Returns the plan as it is then. */
  public JsonNode cancelsPlan() {
    return owner.api().post(path() + "/subscription/cancel", Map.of()).expect(200).json();
  }

  /** Lets its plan go on after all. Returns the plan as it is then. */
  public JsonNode resumesPlan() {
    return owner.api().post(path() + "/subscription/resume", Map.of()).expect(200).json();
  }

  /** Sees what another plan would cost and mean. */
  public JsonNode previewsPlan(String planId) {
    return owner
        .api()
        .post(path() + "/subscription/change-preview", Map.of("planId", planId))
        .expect(200)
        .json();
  }

  /** Changes its plan for what it has seen. Returns the plan as it is then. */
  public JsonNode changesPlan(JsonNode preview) {
    return triesToChangePlan(preview).expect(200).json();
  }

  /** The same, and what happens. */
  public Answer triesToChangePlan(JsonNode preview) {
    return owner
        .api()
        .post(
            path() + "/subscription/change",
            Map.of(
                "planId", preview.path("planId").asString(),
                "previewId", preview.path("id").asString()));
  }

  /** Does not want the change of its plan any more. Returns the plan as it is then. */
  public JsonNode callsOffPlanChange() {
    return owner.api().post(path() + "/subscription/change/cancel", Map.of()).expect(200).json();
  }

  /** What it has used of its plan this month. */
  public JsonNode usage() {
    return owner.api().get(path() + "/usage").expect(200).json();
  }

  /** Moves one of its events, and sees what happens. */
  public Answer triesToMove(PublishedEvent event, Instant startsAt, Instant endsAt) {
    return owner.api().patch(event.path(), Map.of("startsAt", startsAt, "endsAt", endsAt));
  }

  /** Cancels one of its events, and gives everything back. */
  public EventCancellation cancels(PublishedEvent event, String reason) {
    return cancels(event, reason, 0);
  }

  /**
   * Cancels one of its events.
   *
   * @param keepFeeBasisPoints the share of each payment that it keeps
   */
  public EventCancellation cancels(PublishedEvent event, String reason, int keepFeeBasisPoints) {
    return EventCancellation.of(this, event, reason, keepFeeBasisPoints);
  }

  /**
   * Waits until it knows that a payment is disputed.
   *
   * @param atStripe the dispute's id there
   */
  public Dispute awaitDispute(Payment payment, String atStripe) {
    return world.awaitThere(
        "the dispute of payment " + payment.id(),
        () ->
            owner
                .api()
                .get(path() + "/disputes?limit=100")
                .expect(200)
                .data()
                .valueStream()
                .filter(
                    dispute -> dispute.path("paymentId").asString().equals(payment.id().toString()))
                .map(dispute -> UUID.fromString(dispute.path("id").asString()))
                .map(disputeId -> new Dispute(this, disputeId, atStripe))
                .findFirst());
  }

  /** Asks for the page on which it enters what Stripe needs to pay it. */
  public PayoutAccount connects() {
    return PayoutAccount.of(this);
  }

  /** Connects with Zoom, where its owner allows it. */
  public ZoomConnection connectsZoom() {
    return ZoomConnection.of(this);
  }

  /** Decides that it is paid by itself on Mondays. */
  public void isPaidWeekly() {
    isPaid("weekly", List.of());
  }

  /**
   * Decides when it is paid by itself.
   *
   * @param interval manual, weekly or monthly
   * @param minimums money, at most one for each currency
   */
  public void isPaid(String interval, List<Map<String, Object>> minimums) {
    owner
        .provenApi()
        .put(
            path() + "/payout-schedule",
            Map.of("interval", interval, "minimums", minimums, "releaseDaysAfterEvent", 7))
        .expect(200);
  }

  /** Its payouts, newest first. */
  public List<Payout> payouts() {
    return owner
        .api()
        .get(path() + "/payouts?limit=100")
        .expect(200)
        .data()
        .valueStream()
        .map(payout -> new Payout(this, UUID.fromString(payout.path("id").asString())))
        .toList();
  }

  /** Asks for all that is available. */
  public Payout asksForPayout() {
    return Payout.of(this);
  }

  /** The same, and what happens. */
  public Answer triesToBePaid() {
    return Payout.tried(this);
  }

  /** Asks for all that is available in a currency, and what happens. */
  public Answer triesToBePaid(String currency) {
    return Payout.tried(this, Map.of("currency", currency));
  }

  /** Asks for a part of what is available in a currency, and what happens. */
  public Answer triesToBePaid(String currency, long amountMinor) {
    return Payout.tried(this, currency, amountMinor);
  }

  /** One figure of its balance in Canadian dollars, in cents. */
  public long balanceMinor(String figure) {
    return balanceMinor("CAD", figure);
  }

  /** One figure of its balance in a currency, in minor units. */
  public long balanceMinor(String currency, String figure) {
    return balance(currency).path(figure).path("amountMinor").asLong(0);
  }

  /** Its balance in a currency, as its owner sees it; empty when it never had money in it. */
  public JsonNode balance(String currency) {
    return owner
        .api()
        .get(path() + "/balance")
        .expect(200)
        .data()
        .valueStream()
        .filter(balance -> balance.path("currency").asString().equals(currency))
        .findFirst()
        .orElseGet(MissingNode::getInstance);
  }

  /** What payout-service says is its own, in cents; all states together. */
  public long balanceMinor() {
    return balancesMinor().values().stream().mapToLong(Long::longValue).sum();
  }

  /** What payout-service says is its own, by currency, in minor units; all states together. */
  public Map<String, Long> balancesMinor() {
    Map<String, Long> balances = new TreeMap<>();
    for (JsonNode balance : owner.api().get(path() + "/balance").expect(200).data()) {
      for (String part : BALANCE_PARTS) {
        balances.merge(
            balance.path("currency").asString(),
            balance.path(part).path("amountMinor").asLong(),
            Long::sum);
      }
    }
    return balances;
  }
}
