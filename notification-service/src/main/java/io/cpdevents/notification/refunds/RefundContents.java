package io.cpdevents.notification.refunds;

import static java.util.stream.Collectors.toSet;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.notification.registrations.RegistrationContent;
import io.cpdevents.notification.registrations.RegistrationContents;
import io.cpdevents.notification.writing.ContentSource;
import io.cpdevents.platform.http.InternalClients;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/**
 * Asks billing-service why refunds were made, by the ids of the refunds, and registration-service
 * for what else their mails say: a call to each.
 */
@Component
class RefundContents implements ContentSource<RefundContent> {

  private final RestClient billing;
  private final RegistrationContents registrations;

  /**
   * Why a refund was made.
   *
   * @param reason what the organization typed: never kept, never logged
   */
  @JsonIgnoreProperties(ignoreUnknown = true)
  private record RefundReason(UUID refundId, UUID registrationId, @Nullable String reason) {

    @Override
    public String toString() {
      return "RefundReason[…]";
    }
  }

  RefundContents(
      InternalClients clients,
      @Value("${cpd.billing-url}") String billingUrl,
      RegistrationContents registrations) {
    this.billing = clients.to("billing", billingUrl);
    this.registrations = registrations;
  }

  @Override
  public String owner() {
    return "billing";
  }

  @Override
  public Class<RefundContent> contentType() {
    return RefundContent.class;
  }

  @Override
  public int maxIdsPerCall() {
    return registrations.maxIdsPerCall();
  }

  @Override
  public boolean isUnknownGone() {
    return false;
  }

  @Override
  public Map<UUID, RefundContent> find(Set<UUID> refundIds) {
    List<RefundReason> reasons = reasons(refundIds);
    Map<UUID, RegistrationContent> known =
        registrations.find(reasons.stream().map(RefundReason::registrationId).collect(toSet()));
    Map<UUID, RefundContent> found = new HashMap<>();
    for (RefundReason reason : reasons) {
      RegistrationContent registration = known.get(reason.registrationId());
      if (registration != null) {
        found.put(reason.refundId(), new RefundContent(registration, reason.reason()));
      }
    }
    return found;
  }

  private List<RefundReason> reasons(Set<UUID> refundIds) {
    return billing
        .get()
        .uri(uri ->
            uri.path("/internal/refund-reasons")
                .queryParam("refundId", refundIds.toArray())
                .build())
        .retrieve()
        .requiredBody(new ParameterizedTypeReference<>() {});
  }
}
