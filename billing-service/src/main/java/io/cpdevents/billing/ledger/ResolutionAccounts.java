package io.cpdevents.billing.ledger;

import io.cpdevents.billing.ledger.LedgerAccount.Kind;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Where people may post the money of a break.
 *
 * @param platforms the platform's own accounts
 * @param organizations accounts of an organization
 */
record ResolutionAccounts(List<Kind> platforms, List<Kind> organizations) {

  /** It is resolved by other means. */
  static final ResolutionAccounts NONE = new ResolutionAccounts(List.of(), List.of());

  /** What money in suspense turns out to be. */
  static final ResolutionAccounts OF_SUSPENSE =
      new ResolutionAccounts(
          List.of(
              Kind.BANK,
              Kind.STRIPE_FEES,
              Kind.DISPUTE_FEES,
              Kind.PLATFORM_FEES,
              Kind.SUBSCRIPTIONS,
              Kind.WRITE_OFFS),
          List.of(Kind.ORGANIZATION, Kind.CONNECTED));

  /** The same of what Stripe has booked otherwise, perhaps in another currency. */
  static final ResolutionAccounts OF_MISMATCHES =
      new ResolutionAccounts(
          Stream.concat(Stream.of(Kind.EXCHANGE), OF_SUSPENSE.platforms().stream()).toList(),
          OF_SUSPENSE.organizations());

  /** What has moved an organization's own Stripe account, which is that organization's. */
  static final ResolutionAccounts OF_CONNECTED =
      new ResolutionAccounts(
          List.of(Kind.BANK, Kind.STRIPE_FEES, Kind.WRITE_OFFS), List.of(Kind.ORGANIZATION));

  /** Who has paid a buyer past Stripe: the platform from its bank account, or the organization. */
  static final ResolutionAccounts OF_PAID_REFUNDS =
      new ResolutionAccounts(List.of(Kind.BANK), List.of(Kind.ORGANIZATION));

  /** What becomes of what an organization owes: it has paid the platform, or never will. */
  static final ResolutionAccounts OF_DEBTS =
      new ResolutionAccounts(List.of(Kind.BANK, Kind.WRITE_OFFS), List.of());

  /** What nobody will ever pay. */
  static final ResolutionAccounts OF_LOSSES =
      new ResolutionAccounts(List.of(Kind.WRITE_OFFS), List.of());

  private static final Pattern OF_ORGANIZATION =
      Pattern.compile("([a-z-]+):([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})");

  /** As the API shows them. */
  List<String> patterns() {
    return Stream.concat(
            platforms.stream().map(kind -> LedgerAccount.platform(kind).name()),
            organizations.stream().map(kind -> kind.wireName() + ":{organizationId}"))
        .toList();
  }

  /** The account of this name; empty when it is none of these. */
  Optional<LedgerAccount> named(String name) {
    Matcher ofOrganization = OF_ORGANIZATION.matcher(name);
    if (ofOrganization.matches()) {
      UUID organizationId = UUID.fromString(ofOrganization.group(2));
      return organizations.stream()
          .filter(kind -> kind.wireName().equals(ofOrganization.group(1)))
          .map(kind -> new LedgerAccount(kind, organizationId))
          .findFirst();
    }
    return platforms.stream()
        .map(LedgerAccount::platform)
        .filter(account -> account.name().equals(name))
        .findFirst();
  }
}
