package io.cpdevents.notification.writing;

import io.github.resilience4j.circuitbreaker.CallNotPermittedException;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.client.RestClientException;

/**
 * A service that owns what mails say. It is asked at the moment when they are sent, for many mails
 * in one call; its answer is never stored and never logged.
 *
 * @param <C> the content for one id
 */
public interface ContentSource<C> {

  /** The owner's short name, for the reason why a mail waits: {@code registration-away}. */
  String owner();

  /** The type of the content for one id. */
  Class<C> contentType();

  /** How many ids one call may ask for. */
  int maxIdsPerCall();

  /**
   * Whether what the owner does not know was used up, replaced or removed, so that nobody needs the
   * mail any more. Otherwise the owner may know it later, and the mail waits.
   */
  boolean isUnknownGone();

  /**
   * Asks the owner.
   *
   * @return by id, of those that the owner knows
   * @throws RestClientException when the owner does not answer, or not with what was asked for
   * @throws CallNotPermittedException when it did not answer lately and is left alone for a moment
   */
  Map<UUID, C> find(Set<UUID> ids);
}
