package io.cpdevents.billing.disputes;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What a file shows. A bank takes one file for each. */
public enum EvidencePurpose {
  CANCELLATION_POLICY,
  CUSTOMER_COMMUNICATION,
  CUSTOMER_SIGNATURE,
  DUPLICATE_CHARGE_DOCUMENTATION,
  RECEIPT,
  REFUND_POLICY,
  SERVICE_DOCUMENTATION,
  SHIPPING_DOCUMENTATION,
  /** Anything else. */
  UNCATEGORIZED_FILE;

  /** Stripe's word for every file that is evidence: it says no more than that. */
  private static final String ANY_EVIDENCE = "dispute-evidence";

  /** The purpose with this kebab-case name; Stripe's own spelling is understood as well. */
  public static Optional<EvidencePurpose> named(String name) {
    String kebabCase = name.replace('_', '-');
    return kebabCase.equals(ANY_EVIDENCE)
        ? Optional.of(UNCATEGORIZED_FILE)
        : Arrays.stream(values()).filter(each -> each.kebabCase().equals(kebabCase)).findFirst();
  }

  /** The names that a request may use. */
  static List<String> names() {
    return Arrays.stream(values()).map(EvidencePurpose::kebabCase).toList();
  }

  /** Stripe's name for it, a field of its evidence. */
  String stripeName() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The name of a file of this type for it. */
  String fileName(EvidenceFileType type) {
    return kebabCase() + "." + type.extension();
  }

  private String kebabCase() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
