package io.cpdevents.registration.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A promo code as it should be. Its uses are the registrations that live. */
final class ExpectedCode {

  final UUID id;
  final UUID organizationId;
  final String code;
  final List<ExpectedRegistration> claims = new ArrayList<>();
  @Nullable Integer maxUses;
  @Nullable Integer maxUsesPerAccount;
  boolean ended;

  ExpectedCode(
      UUID id,
      UUID organizationId,
      String code,
      @Nullable Integer maxUses,
      @Nullable Integer maxUsesPerAccount) {
    this.id = id;
    this.organizationId = organizationId;
    this.code = code;
    this.maxUses = maxUses;
    this.maxUsesPerAccount = maxUsesPerAccount;
  }

  boolean isExhausted() {
    return maxUses != null
        && claims.stream().filter(ExpectedRegistration::isLive).count() >= maxUses;
  }

  boolean isExhaustedFor(UUID account) {
    return maxUsesPerAccount != null
        && claims.stream().filter(each -> each.isLive() && each.account.equals(account)).count()
            >= maxUsesPerAccount;
  }
}
