package io.cpdevents.notification.mails;

import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;

/**
 * Answers like registration-service when it is asked what mails about several registrations say.
 */
final class MailContents implements ResponseDefinitionTransformerV2 {

  private final Map<UUID, String> known = new ConcurrentHashMap<>();
  private final Set<UUID> broken = ConcurrentHashMap.newKeySet();

  void know(UUID registrationId, String content) {
    known.put(registrationId, content);
    broken.remove(registrationId);
  }

  /** Whoever asks about this one is answered 503. */
  void breakAt(UUID registrationId) {
    broken.add(registrationId);
  }

  @Override
  public ResponseDefinition transform(ServeEvent event) {
    List<UUID> asked =
        event.getRequest().queryParameter("registrationId").values().stream()
            .map(UUID::fromString)
            .toList();
    if (asked.stream().anyMatch(broken::contains)) {
      return new ResponseDefinitionBuilder().withStatus(503).build();
    }
    return new ResponseDefinitionBuilder()
        .withStatus(200)
        .withHeader("Content-Type", "application/json")
        .withBody(
            asked.stream()
                .map(known::get)
                .filter(Objects::nonNull)
                .collect(Collectors.joining(",", "[", "]")))
        .build();
  }

  @Override
  public boolean applyGlobally() {
    return false;
  }

  @Override
  public String getName() {
    return "mail-contents";
  }
}
