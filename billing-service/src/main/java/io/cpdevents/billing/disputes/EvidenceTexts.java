package io.cpdevents.billing.disputes;

import jakarta.validation.constraints.Size;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What people write about a dispute, in the fields that Stripe has for it. Absent keeps what was
 * written before, and an empty text clears it.
 *
 * @param serviceDate when the event took place, as people write it
 */
public record EvidenceTexts(
    @Size(max = MAX_LONG_CHARACTERS) @Nullable String accessActivityLog,
    @Size(max = MAX_CHARACTERS) @Nullable String billingAddress,
    @Size(max = MAX_LONG_CHARACTERS) @Nullable String cancellationPolicyDisclosure,
    @Size(max = MAX_LONG_CHARACTERS) @Nullable String cancellationRebuttal,
    @Size(max = MAX_CHARACTERS) @Nullable String customerEmailAddress,
    @Size(max = MAX_CHARACTERS) @Nullable String customerName,
    @Size(max = MAX_CHARACTERS) @Nullable String customerPurchaseIp,
    @Size(max = MAX_LONG_CHARACTERS) @Nullable String duplicateChargeExplanation,
    @Size(max = MAX_CHARACTERS) @Nullable String duplicateChargeId,
    @Size(max = MAX_LONG_CHARACTERS) @Nullable String productDescription,
    @Size(max = MAX_LONG_CHARACTERS) @Nullable String refundPolicyDisclosure,
    @Size(max = MAX_LONG_CHARACTERS) @Nullable String refundRefusalExplanation,
    @Size(max = MAX_CHARACTERS) @Nullable String serviceDate,
    @Size(max = MAX_CHARACTERS) @Nullable String shippingAddress,
    @Size(max = MAX_CHARACTERS) @Nullable String shippingCarrier,
    @Size(max = MAX_CHARACTERS) @Nullable String shippingDate,
    @Size(max = MAX_CHARACTERS) @Nullable String shippingTrackingNumber,
    @Size(max = MAX_LONG_CHARACTERS) @Nullable String uncategorizedText) {

  private static final int MAX_CHARACTERS = 5_000;
  private static final int MAX_LONG_CHARACTERS = 20_000;

  /** Those that are given, by their names here. */
  public Map<String, String> given() {
    Map<String, String> given = new LinkedHashMap<>();
    put(given, "accessActivityLog", accessActivityLog);
    put(given, "billingAddress", billingAddress);
    put(given, "cancellationPolicyDisclosure", cancellationPolicyDisclosure);
    put(given, "cancellationRebuttal", cancellationRebuttal);
    put(given, "customerEmailAddress", customerEmailAddress);
    put(given, "customerName", customerName);
    put(given, "customerPurchaseIp", customerPurchaseIp);
    put(given, "duplicateChargeExplanation", duplicateChargeExplanation);
    put(given, "duplicateChargeId", duplicateChargeId);
    put(given, "productDescription", productDescription);
    put(given, "refundPolicyDisclosure", refundPolicyDisclosure);
    put(given, "refundRefusalExplanation", refundRefusalExplanation);
    put(given, "serviceDate", serviceDate);
    put(given, "shippingAddress", shippingAddress);
    put(given, "shippingCarrier", shippingCarrier);
    put(given, "shippingDate", shippingDate);
    put(given, "shippingTrackingNumber", shippingTrackingNumber);
    put(given, "uncategorizedText", uncategorizedText);
    return given;
  }

  /** Stripe's names of all of them. */
  static List<String> stripeNames() {
    return Arrays.stream(EvidenceTexts.class.getRecordComponents())
        .map(component -> stripeName(component.getName()))
        .toList();
  }

  /** Stripe's name of one, {@code customer_name} for {@code customerName}. */
  static String stripeName(String name) {
    return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT);
  }

  private static void put(Map<String, String> given, String name, @Nullable String text) {
    if (text != null) {
      given.put(name, text);
    }
  }
}
