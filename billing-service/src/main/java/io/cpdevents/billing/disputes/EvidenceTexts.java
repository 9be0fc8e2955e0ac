package io.cpdevents.billing.disputes;

import io.cpdevents.platform.text.EmailAddress;
import io.cpdevents.platform.text.Prose;
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
    @Prose(max = MAX_LONG_TEXT_CHARACTERS, keepsEmpty = true) @Nullable String accessActivityLog,
    @Prose(max = MAX_CHARACTERS, keepsEmpty = true) @Nullable String billingAddress,
    @Prose(max = MAX_LONG_TEXT_CHARACTERS, keepsEmpty = true)
        @Nullable String cancellationPolicyDisclosure,
    @Prose(max = MAX_LONG_TEXT_CHARACTERS, keepsEmpty = true) @Nullable String cancellationRebuttal,
    @EmailAddress(keepsEmpty = true) @Nullable String customerEmailAddress,
    @Prose(max = MAX_CHARACTERS, keepsEmpty = true) @Nullable String customerName,
    @Prose(max = MAX_CHARACTERS, keepsEmpty = true) @Nullable String customerPurchaseIp,
    @Prose(max = MAX_LONG_TEXT_CHARACTERS, keepsEmpty = true)
        @Nullable String duplicateChargeExplanation,
    @Prose(max = MAX_CHARACTERS, keepsEmpty = true) @Nullable String duplicateChargeId,
    @Prose(max = MAX_LONG_TEXT_CHARACTERS, keepsEmpty = true) @Nullable String productDescription,
    @Prose(max = MAX_LONG_TEXT_CHARACTERS, keepsEmpty = true)
        @Nullable String refundPolicyDisclosure,
    @Prose(max = MAX_LONG_TEXT_CHARACTERS, keepsEmpty = true)
        @Nullable String refundRefusalExplanation,
    @Prose(max = MAX_CHARACTERS, keepsEmpty = true) @Nullable String serviceDate,
    @Prose(max = MAX_CHARACTERS, keepsEmpty = true) @Nullable String shippingAddress,
    @Prose(max = MAX_CHARACTERS, keepsEmpty = true) @Nullable String shippingCarrier,
    @Prose(max = MAX_CHARACTERS, keepsEmpty = true) @Nullable String shippingDate,
    @Prose(max = MAX_CHARACTERS, keepsEmpty = true) @Nullable String shippingTrackingNumber,
    @Prose(max = MAX_LONG_TEXT_CHARACTERS, keepsEmpty = true) @Nullable String uncategorizedText) {

  private static final int MAX_CHARACTERS = 5_000;
  private static final int MAX_LONG_TEXT_CHARACTERS = 20_000;

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
