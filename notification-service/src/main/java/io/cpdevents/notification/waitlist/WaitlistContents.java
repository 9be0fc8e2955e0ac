package io.cpdevents.notification.waitlist;

import static java.util.stream.Collectors.toMap;

import io.cpdevents.notification.writing.ContentSource;
import io.cpdevents.platform.http.InternalClients;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.core.ParameterizedTypeReference;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;

/** Asks registration-service for what mails about those who wait say. */
@Component
class WaitlistContents implements ContentSource<WaitlistContent> {

  /** As many as registration-service answers at once. */
  private static final int MAX_ENTRIES_PER_CALL = 50;

  private final RestClient registration;

  WaitlistContents(
      InternalClients clients, @Value("${cpd.registration-url}") String registrationUrl) {
    this.registration = clients.to("registration", registrationUrl);
  }

  @Override
  public String owner() {
    return "registration";
  }

  @Override
  public Class<WaitlistContent> contentType() {
    return WaitlistContent.class;
  }

  @Override
  public int maxIdsPerCall() {
    return MAX_ENTRIES_PER_CALL;
  }

  @Override
  public boolean isUnknownGone() {
    return false;
  }

  @Override
  public Map<UUID, WaitlistContent> find(Set<UUID> entryIds) {
    List<WaitlistContent> known =
        registration
            .get()
            .uri(uri ->
                uri.path("/internal/waitlist-contents")
                    .queryParam("waitlistEntryId", entryIds.toArray())
                    .build())
            .retrieve()
            .requiredBody(new ParameterizedTypeReference<>() {});
    return known.stream().collect(toMap(WaitlistContent::entryId, Function.identity()));
  }
}
