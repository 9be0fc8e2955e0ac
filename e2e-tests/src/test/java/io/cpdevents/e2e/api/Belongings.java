package io.cpdevents.e2e.api;

import io.cpdevents.driver.Card;
import io.cpdevents.driver.Dispute;
import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.Passkey;
import io.cpdevents.driver.Payment;
import io.cpdevents.driver.Person;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.Registration;
import io.cpdevents.driver.Waiting;
import io.cpdevents.driver.World;
import io.cpdevents.driver.http.Api;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One of everything that an organization and one of its buyers have, by the name of the collection
 * that it stands in.
 */
final class Belongings {

  private static final String CARDS = "payment-methods";
  private static final String MEMBERS = "members";
  private static final String API_KEYS = "api-keys";
  private static final String QUOTAS = "quotas";
  private static final String NOTES = "notes";
  private static final String INVITATIONS = "invitations";
  private static final int PLACES = 50_000;

  private final World world;
  private final Person owner;
  private final Person buyer;
  private final Organization organization;
  private final PublishedEvent event;
  private final Map<String, String> ids = new HashMap<>();
  private @Nullable Api ownersKey;

  Belongings(World world) {
    this.world = world;
    this.owner = world.somebody("Oscar Owner");
    this.buyer = world.somebody("Bea Buyer");
    this.organization = owner.founds("Institute of " + UUID.randomUUID());
    this.event = organization.publishes(PLACES, 30_00);
    ids.put(
        "promo-codes",
        owner
            .api()
            .post(
                organization.path() + "/promo-codes",
                Map.of("code", "EARLY-2027", "percentOff", 1_000))
            .expect(201)
            .id()
            .toString());
    ids.put("waitlist", waiting());
    ids.put(QUOTAS, quota());
    Registration paid = buyer.registersFor(event, 1).isPaid().becomes("confirmed");
    ids.put("organizations", organization.id().toString());
    ids.put("events", event.id().toString());
    ids.put("ticket-types", event.ticketTypeId().toString());
    ids.put("registrations", paid.id().toString());
    ids.put("tickets", paid.ticketIds().getFirst().toString());
    ids.put(NOTES, note());
    ids.put("check-ins", paid.ticketIds().getFirst().toString());
    ids.put("payments", paid.payment().id().toString());
    ids.put(
        "refunds", paid.payment().isRefundedBy(owner, 1_00, "The coffee was cold").id().toString());
    ids.put("disputes", disputed().id().toString());
    ids.put("sessions", first(buyer, "/api/v1/sessions"));
    ids.put(MEMBERS, accountId(organization.member("Sid Staff", "staff")));
    ids.put(
        "data-exports",
        buyer.api().post("/api/v1/me/data-exports", Map.of()).expect(202).id().toString());
    // Of somebody who does nothing here: an administrator ends all of their sessions.
    ids.put("accounts", accountId(world.somebody("Ann Absent")));
    // Of somebody who does nothing else here: a second factor is asked for from then on.
    ids.put(
        "passkeys",
        Passkey.addedBy(world, world.somebody("Kay Keyholder"), "My phone").id().toString());
    ids.put(INVITATIONS, invitation());
    ids.put(API_KEYS, organization.makesApiKey("staff").id().toString());
    String mails = "/api/v1/organizations/" + organization.id() + "/mails";
    world.await(
        "a mail of " + organization.id(),
        () -> !owner.api().get(mails).expect(200).data().isEmpty());
    ids.put("mails", first(owner, mails));
    ids.put(CARDS, organization.savesCard(Card.PAYS));
    ids.put("payouts", payout().toString());
    // Of the platform, not of an organization: only roles count.
    ids.put("stripe-events", "evt_of_nobody");
    ids.put("breaks", "0198a000-0000-7000-8000-000000000000");
    // What explanations are about, by its kind.
    ids.put("payment", ids.get("payments"));
    ids.put("refund", ids.get("refunds"));
    ids.put("dispute", ids.get("disputes"));
    ids.put("payout", ids.get("payouts"));
    ids.put("organization-balance", organization.id().toString());
    ids.put("account", "organization:" + organization.id());
    ids.put("balance-transaction", "txn_of_nobody");
    ids.put("trial-balances", "2000-01");
    ids.put("reconciliations", "2000-01-01");
    ids.put("settlements", "0198a000-0000-7000-8000-000000000000");
    ids.put("parked-messages", "999999999");
    ids.put("processes", "process-of-nobody");
    ids.put("states", "state-of-nobody");
  }

  /** The buyer waits for a ticket of a type that has no places. */
  private String waiting() {
    Map<String, Object> terms =
        Map.of("name", "Balcony", "price", Map.of("amountMinor", 0, "currency", "CAD"), "quota", 0);
    UUID full = owner.api().post(event.path() + "/ticket-types", terms).expect(201).id();
    return Waiting.joinedBy(buyer, new PublishedEvent(world, event.id(), full), 1).id().toString();
  }

  private String quota() {
    return owner
        .api()
        .post(
            event.path() + "/quotas",
            Map.of(
                "name",
                "Seats",
                "capacity",
                PLACES,
                "ticketTypeIds",
                List.of(event.ticketTypeId())))
        .expect(201)
        .id()
        .toString();
  }

  private Dispute disputed() {
    Payment payment = buyer.registersFor(event, 1).isPaid().becomes("confirmed").payment();
    String atStripe = world.stripe().opensDispute(payment.chargeAtStripe(), Map.of());
    return organization.awaitDispute(payment, atStripe);
  }

  /** The id of the one in this collection. */
  String idIn(String collection) {
    String id = ids.get(collection);
    if (id == null) {
      throw new AssertionError(
          "Nobody has one of /%s/{id} yet: make one through the API in the constructor of Belongings and add ids.put(\"%s\", …) there."
              .formatted(collection, collection));
    }
    if (collection.equals(CARDS) && !organization.cards().contains(id)) {
      // Whoever may remove it has done so.
      id = organization.savesCard(Card.PAYS);
      ids.put(CARDS, id);
    }
    if (collection.equals(MEMBERS) && !isThere("/members", "accountId", id)) {
      id = accountId(organization.member("Sid Staff", "staff"));
      ids.put(MEMBERS, id);
    }
    if (collection.equals(QUOTAS) && owner.api().get("/api/v1/quotas/" + id).status() != 200) {
      id = quota();
      ids.put(QUOTAS, id);
    }
    if (collection.equals(NOTES) && !notes().contains(id)) {
      id = note();
      ids.put(NOTES, id);
    }
    if (collection.equals(INVITATIONS) && !isThere("/invitations", "id", id)) {
      id = invitation();
      ids.put(INVITATIONS, id);
    }
    if (collection.equals(API_KEYS) && !isThere("/api-keys", "id", id)) {
      id = organization.makesApiKey("staff").id().toString();
      ids.put(API_KEYS, id);
    }
    return id;
  }

  private boolean isThere(String list, String field, String id) {
    return owner
        .api()
        .get(organization.path() + list + "?limit=100")
        .expect(200)
        .data()
        .valueStream()
        .anyMatch(one -> one.path(field).asString().equals(id));
  }

  private String notesPath() {
    return "/api/v1/registrations/" + ids.get("registrations") + "/notes";
  }

  private String note() {
    return owner
        .api()
        .post(notesPath(), Map.of("text", "Needs a seat near the door"))
        .expect(201)
        .id()
        .toString();
  }

  private String notes() {
    return owner.api().get(notesPath() + "?limit=100").expect(200).body();
  }

  private String invitation() {
    String email = "inge.%s@example.com".formatted(UUID.randomUUID());
    return organization.invites(email, "staff").id().toString();
  }

  /** The id that a field or parameter like {@code ticketTypeId} means. */
  Optional<String> byFieldName(String name) {
    String collection =
        name.replaceAll("Ids?$", "").replaceAll("([A-Z])", "-$1").toLowerCase(Locale.ROOT) + "s";
    return Optional.ofNullable(ids.get(collection));
  }

  /** Where people may be sent back to. */
  String pageAtOurs() {
    return world.address().gatewayUrl() + "/back";
  }

  /** What nobody else may see, in no answer. */
  Map<String, String> secrets() {
    Map<String, String> secrets = new HashMap<>(ids);
    secrets
        .keySet()
        .removeAll(
            Set.of("events", "ticket-types", "organizations", "organization-balance", "account"));
    secrets
        .keySet()
        .removeAll(Set.of("breaks", "reconciliations", "trial-balances", "balance-transaction"));
    secrets
        .keySet()
        .removeAll(
            Set.of("stripe-events", "settlements", "parked-messages", "processes", "states"));
    secrets.put("e-mail", buyer.email());
    secrets.put("draft event", draftEvent());
    return secrets;
  }

  /** An event that is not published: nobody outside may know of it. */
  String draftEvent() {
    return ids.computeIfAbsent(
        "draft event", _ -> EventDraft.of(organization, PLACES).saved().toString());
  }

  /** An event that its owner has cancelled. */
  String cancelledEvent() {
    return ids.computeIfAbsent(
        "cancelled event",
        _ -> {
          PublishedEvent cancelled = organization.publishes(PLACES, 0);
          owner
              .provenApi()
              .with(Operation.IDEMPOTENCY_KEY, UUID.randomUUID().toString())
              .post("/api/v1/events/" + cancelled.id() + "/cancellation", Map.of("reason", "Snow"))
              .expect(202);
          return cancelled.id().toString();
        });
  }

  String ticketTypeOfDraftEvent() {
    String types = "/api/v1/events/" + draftEvent() + "/ticket-types";
    return ids.computeIfAbsent(
        "ticket type of the draft event",
        _ -> {
          Map<String, Object> terms =
              Map.of("name", "Regular", "price", Map.of("amountMinor", 0, "currency", "CAD"));
          return owner.api().post(types, terms).expect(201).id().toString();
        });
  }

  Person owner() {
    return owner;
  }

  String ownersAccount() {
    return accountId(owner);
  }

  Person buyer() {
    return buyer;
  }

  /** Somebody new with this role in the organization. */
  Person member(String role) {
    return organization.member("Mia Member", role);
  }

  /** The API with a key that may whatever a key may; always the same. */
  Api ownersKey() {
    if (ownersKey == null) {
      ownersKey = apiKey("owner");
    }
    return ownersKey;
  }

  /** The API with a key of the organization that has this role. */
  Api apiKey(String role) {
    return world.api().bearing(organization.makesApiKey(role).text("key"));
  }

  /** A payout that is over. One through the API would need an event that is over. */
  private UUID payout() {
    UUID id = UUID.randomUUID();
    world
        .databases()
        .execute(
            "payout",
            """
            INSERT INTO payout (id, organization_id, currency, amount_minor, requested_at, status,
                                transfer_attempt, bank_attempt, failure_reason,
                                carried_over_minor, kept_minor)
            VALUES (?, ?, 'CAD', 100, now(), 'failed', 1, 1, 'balance-changed', 100, 0)
            """,
            id,
            organization.id());
    return id;
  }

  private static String accountId(Person person) {
    return person.api().get("/api/v1/me").expect(200).text("accountId");
  }

  private static String first(Person person, String path) {
    return person.api().get(path).expect(200).data().get(0).get("id").asString();
  }
}
