package io.cpdevents.accounts;

import io.cpdevents.platform.test.HouseRules;
import org.junit.jupiter.api.Test;

class HouseRulesTest {

  private static final String AUDIT = "an audit entry is chained and shown as it was recorded";

  @Test
  void the_rules_of_the_house_hold() {
    HouseRules.in("io.cpdevents.accounts")
        .except("time", "AccessTokens", "tokens live on system time")
        .except("repository", "RequestLimits", "moves soon: its SQL has no class of its own")
        .except("repository", "Memberships", "moves soon: its SQL has no class of its own")
        .except("repository", "PlatformRoles", "moves soon: its SQL has no class of its own")
        .except("repository", "LiveSessions", "moves soon: its SQL belongs to Sessions")
        .except("repository", "SigningKeys", "moves soon: its SQL has no class of its own")
        .except("use-case", "RequestLimits", "moves soon: it counts, and it tidies up")
        .except("use-case", "AccountRetention", "moves soon: each removal is a use case")
        .except("use-case", "SessionRetention", "moves soon: each removal is a use case")
        .except("foreign-event", "ChainAuditEntry", AUDIT)
        .except("foreign-event", "AuditEntry", AUDIT)
        .except("foreign-event", "AuditLog", AUDIT)
        .except("foreign-event", "AuditLogQueries", AUDIT)
        .check();
  }
}
