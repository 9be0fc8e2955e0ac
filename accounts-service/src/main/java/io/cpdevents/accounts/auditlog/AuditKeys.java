package io.cpdevents.accounts.auditlog;

import io.cpdevents.accounts.secrets.TokenKey;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/**
 * The key that new entries are written under, and those of earlier days, under which old entries
 * are checked. All are derived from secrets of the environment.
 */
@Component
class AuditKeys {

  private static final String PURPOSE = "audit log";

  private final AuditKey current;
  private final List<AuditKey> all;

  /**
   * From the configuration.
   *
   * @param former what {@code CPD_TOKEN_KEY} was before
   */
  AuditKeys(TokenKey key, @Value("${cpd.accounts.former-token-keys:}") List<String> former) {
    this.current = derivedFrom(key);
    this.all =
        Stream.concat(
                Stream.of(current), former.stream().map(TokenKey::new).map(AuditKeys::derivedFrom))
            .toList();
  }

  AuditKey current() {
    return current;
  }

  /** The key with this id; empty when this service does not hold it. */
  Optional<AuditKey> find(String id) {
    return all.stream().filter(key -> key.id().equals(id)).findFirst();
  }

  private static AuditKey derivedFrom(TokenKey key) {
    return AuditKey.of(key.keyFor(PURPOSE));
  }
}
