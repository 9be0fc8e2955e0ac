package io.cpdevents.accounts.sessions;

import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * Whose roles ask for no second factor: the known log-ins of a developer's machine, and nobody
 * elsewhere.
 *
 * @param emails none, outside of the profile {@code local}
 */
@ConfigurationProperties("cpd.accounts.factor-exemptions")
public record FactorExemptions(List<String> emails) {

  /** Copies the list. */
  public FactorExemptions {
    emails = List.copyOf(emails);
  }
}
