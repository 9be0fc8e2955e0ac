package io.cpdevents.notification.accounts;

import io.cpdevents.notification.writing.ContentSource;
import io.cpdevents.platform.http.InternalClients;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.http.HttpStatus;
import org.springframework.web.client.HttpClientErrorException;
import org.springframework.web.client.RestClient;

/**
 * Asks accounts-service for what mails of one kind say, one by one: it makes a token for each.
 *
 * @param <C> what it answers
 */
abstract class OneContent<C> implements ContentSource<C> {

  private final RestClient accounts;
  private final Class<C> contentType;
  private final String path;

  /**
   * A source.
   *
   * @param path where it is asked, without the id
   */
  OneContent(RestClient accounts, Class<C> contentType, String path) {
    this.accounts = accounts;
    this.contentType = contentType;
    this.path = path;
  }

  static RestClient accounts(InternalClients clients, String accountsUrl) {
    return clients.to("accounts", accountsUrl);
  }

  @Override
  public final String owner() {
    return "accounts";
  }

  @Override
  public final Class<C> contentType() {
    return contentType;
  }

  @Override
  public final int maxIdsPerCall() {
    return 1;
  }

  /** What is not there any more was used, or replaced by something newer. */
  @Override
  public final boolean isUnknownGone() {
    return true;
  }

  @Override
  public final Map<UUID, C> find(Set<UUID> ids) {
    Map<UUID, C> found = new HashMap<>();
    for (UUID id : ids) {
      find(id).ifPresent(content -> found.put(id, content));
    }
    return found;
  }

  private Optional<C> find(UUID id) {
    try {
      return Optional.of(
          accounts.get().uri(path + "/{id}", id).retrieve().requiredBody(contentType));
    } catch (HttpClientErrorException e) {
      if (e.getStatusCode().isSameCodeAs(HttpStatus.NOT_FOUND)) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
