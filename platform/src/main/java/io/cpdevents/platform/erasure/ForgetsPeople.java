package io.cpdevents.platform.erasure;

import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import java.util.List;
import java.util.UUID;

/** How one service forgets a person; a service with a database has exactly one such bean. */
public interface ForgetsPeople {

  /** The service's short name, which is also that of the topic of its answers. */
  String service();

  /**
   * Calls whomever it has to, outside of any transaction. It may be asked again, after it has
   * failed or before its result was saved.
   *
   * @return what then forgets the person
   */
  Forgetting prepare(UUID erasureId, UUID accountId);

  /** The part that is done in one transaction. */
  @FunctionalInterface
  interface Forgetting {
    /** Forgets the person, once or again; returns what is kept. */
    List<Kept> forget();
  }
}
