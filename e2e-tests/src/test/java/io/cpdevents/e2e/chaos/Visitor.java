package io.cpdevents.e2e.chaos;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** One who registers and pays, tries again when something breaks, and remembers each answer. */
final class Visitor {

  private static final Pattern SESSION_ID = Pattern.compile("cs_[A-Za-z0-9_]+");
  private static final String CARD = "4242424242424242";
  private static final String STRIPE_KEY = "sk_test_local";

  private final Stage stage;
  private final Stage.Guest guest;
  private final Stage.Offer offer;
  private volatile @Nullable String registrationId;
  private volatile String reference = "";
  private volatile boolean paid;

  Visitor(Stage stage, Stage.Guest guest, Stage.Offer offer) {
    this.stage = stage;
    this.guest = guest;
    this.offer = offer;
  }

  /** From the order to Stripe's "paid". */
  void registersAndPays() {
    JsonNode registration =
        guest
            .api()
            .insistOnPosting(
                offer.registrationsPath(),
                Map.of(
                    "tickets",
                    List.of(
                        Map.of(
                            "ticketTypeId",
                            offer.ticketTypeId(),
                            "attendee",
                            Map.of("name", "Gus Guest", "email", "gus@chaos.example")))))
            .json();
    String id = registration.get("id").asString();
    reference = registration.get("reference").asString();
    registrationId = id;
    String paymentId =
        guest
            .api()
            .insistOn(
                "/api/v1/payments?waitSeconds=5&registrationId=" + id,
                found -> found.get("data").size() > 0)
            .get("data")
            .get(0)
            .get("id")
            .asString();
    Wire.Answer checkout =
        guest
            .api()
            .insistOnPosting(
                "/api/v1/payments/" + paymentId + "/checkout",
                Map.of(
                    "successUrl", stage.gateway().baseUrl() + "/paid",
                    "cancelUrl", stage.gateway().baseUrl() + "/cancelled"));
    Matcher session = SESSION_ID.matcher(checkout.json().get("url").asString());
    if (!session.find()) {
      throw new AssertionError("no session in " + checkout.body());
    }
    pays(session.group());
    paid = true;
  }

  Stage.Guest guest() {
    return guest;
  }

  /** Nothing until the order was acknowledged. */
  Optional<String> registrationId() {
    return Optional.ofNullable(registrationId);
  }

  String reference() {
    return reference;
  }

  /** Whether Stripe has said so. */
  boolean hasPaid() {
    return paid;
  }

  /** A person who sees nothing happen looks at the page again before paying again. */
  private void pays(String sessionId) {
    stage
        .stripe()
        .bearing(STRIPE_KEY)
        .insistOn(
            "/v1/checkout/sessions/" + sessionId,
            page ->
                isPaid(page)
                    || stage
                        .stripe()
                        .attempt(
                            "POST",
                            "/_sandbox/checkout-sessions/" + sessionId + "/pay",
                            Map.of("card", CARD))
                        .filter(Wire.Answer::isSuccess)
                        .isPresent());
  }

  private static boolean isPaid(JsonNode page) {
    return page.get("payment_status").asString().equals("paid");
  }
}
