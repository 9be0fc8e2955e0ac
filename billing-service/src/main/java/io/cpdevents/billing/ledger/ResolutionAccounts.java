package io.cpdevents.billing.ledger;

import io.cpdevents.billing.ledger.LedgerAccount.Kind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Where people may post money that stood in suspense. */
final class ResolutionAccounts {

  private static final List<Kind> PLATFORMS =
      List.of(Kind.BANK, Kind.STRIPE_FEES, Kind.DISPUTE_FEES, Kind.PLATFORM_FEES, Kind.WRITE_OFFS);
  private static final List<Kind> ORGANIZATIONS = List.of(Kind.ORGANIZATION, Kind.CONNECTED);
  private static final Pattern OF_ORGANIZATION =
      Pattern.compile("(organization|connected):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  /** As the API shows them. */
  static final List<String> PATTERNS =
      Stream.concat(
              PLATFORMS.stream().map(kind -> LedgerAccount.platform(kind).name()),
              ORGANIZATIONS.stream().map(kind -> kind.wireName() + ":{organizationId}"))
          .toList();

  private ResolutionAccounts() {}

  /** The account of this name; empty when it is none of these. */
  static Optional<LedgerAccount> named(String name) {
    Matcher ofOrganization = OF_ORGANIZATION.matcher(name);
    if (ofOrganization.matches()) {
      UUID organizationId = UUID.fromString(ofOrganization.group(2));
      return ORGANIZATIONS.stream()
          .filter(kind -> kind.wireName().equals(ofOrganization.group(1)))
          .map(kind -> new LedgerAccount(kind, organizationId))
          .findFirst();
    }
    return PLATFORMS.stream()
        .map(LedgerAccount::platform)
        .filter(account -> account.name().equals(name))
        .findFirst();
  }
}
