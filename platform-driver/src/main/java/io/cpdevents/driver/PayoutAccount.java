package io.cpdevents.driver;

import java.util.List;
import java.util.Map;
import tools.jackson.databind.JsonNode;

/**
 * The account at Stripe through which an organization is paid.
 *
 * @param stripeId as Stripe knows it
 */
public record PayoutAccount(Organization organization, String stripeId) {

  private static final String ONBOARDING = "/connect/onboarding/";

  /** The owner asks for the link to Stripe's page. */
  static PayoutAccount of(Organization organization) {
    String page = organization.world().address().gatewayUrl() + "/back";
    String url =
        organization
            .owner()
            .provenApi()
            .post(path(organization), Map.of("returnUrl", page))
            .expect(201)
            .text("url");
    String after = url.substring(url.indexOf(ONBOARDING) + ONBOARDING.length());
    return new PayoutAccount(organization, List.of(after.split("/")).getFirst());
  }

  /**
   * Enters on Stripe's page all that it wants to know, and waits until the organization can be
   * paid.
   */
  public PayoutAccount isCompleted() {
    organization.world().stripe().completesOnboarding(stripeId);
    organization
        .world()
        .await(
            "the payout account of " + organization.id() + " is ready",
            () -> view().path("status").asString().equals("ready"));
    return this;
  }

  /** The owner ends its connection to the platform; waits until the platform knows. */
  public PayoutAccount isDisconnected() {
    organization.world().stripe().disconnects(stripeId);
    organization
        .world()
        .await(
            "the payout account of " + organization.id() + " is gone",
            () -> view().path("status").asString().equals("none"));
    return this;
  }

  /** As the owner sees it. */
  public JsonNode view() {
    return organization.owner().api().get(path(organization)).expect(200).json();
  }

  private static String path(Organization organization) {
    return organization.path() + "/payout-account";
  }
}
