package io.cpdevents.notification.writing;

import io.cpdevents.platform.http.WebUrl;
import java.net.URI;
import java.util.UUID;

/** Where the links in mails lead to. */
public record WebLinks(WebUrl webUrl) {

  /** Where somebody who forgot the password, or whose password somebody knows, asks for a link. */
  public URI forgottenPassword() {
    return webUrl.at("/reset-password");
  }

  /** The event's public page. */
  public URI event(UUID eventId) {
    return webUrl.at("/events/" + eventId);
  }

  /** The buyer's registration. */
  public URI registration(UUID registrationId) {
    return webUrl.at("/registrations/" + registrationId);
  }

  /** Somebody's place on a waitlist. */
  public URI waitlistEntry(UUID waitlistEntryId) {
    return webUrl.at("/waitlist/" + waitlistEntryId);
  }

  /** A payment, for its organization. */
  public URI payment(UUID organizationId, UUID paymentId) {
    return ofOrganization(organizationId, "payments", paymentId);
  }

  /** A refund, for its organization. */
  public URI refund(UUID organizationId, UUID refundId) {
    return ofOrganization(organizationId, "refunds", refundId);
  }

  /** A dispute, for its organization. */
  public URI dispute(UUID organizationId, UUID disputeId) {
    return ofOrganization(organizationId, "disputes", disputeId);
  }

  /** Where an organization enters what it needs to be paid. */
  public URI payoutAccount(UUID organizationId) {
    return webUrl.at("/organizations/" + organizationId + "/payout-account");
  }

  /** The plan of an organization. */
  public URI subscription(UUID organizationId) {
    return webUrl.at("/organizations/" + organizationId + "/subscription");
  }

  /** A payout, for its organization. */
  public URI payout(UUID organizationId, UUID payoutId) {
    return ofOrganization(organizationId, "payouts", payoutId);
  }

  private URI ofOrganization(UUID organizationId, String what, UUID id) {
    return webUrl.at("/organizations/%s/%s/%s".formatted(organizationId, what, id));
  }
}
