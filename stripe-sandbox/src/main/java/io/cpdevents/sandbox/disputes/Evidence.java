package io.cpdevents.sandbox.disputes;

import io.cpdevents.sandbox.api.Params;
import io.cpdevents.sandbox.api.StripeRefusal;
import io.cpdevents.sandbox.objects.StripeJson;
import io.cpdevents.sandbox.objects.StripeObject;
import io.cpdevents.sandbox.objects.StripeObjects;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The evidence for a dispute: texts and files. */
@Component
class Evidence {
  private static final List<String> TEXTS =
      List.of(
          "billing_address",
          "customer_email_address",
          "customer_name",
          "customer_purchase_ip",
          "duplicate_charge_id",
          "service_date",
          "shipping_address",
          "shipping_carrier",
          "shipping_date",
          "shipping_tracking_number");
  private static final List<String> LONG_TEXTS =
      List.of(
          "access_activity_log",
          "cancellation_policy_disclosure",
          "cancellation_rebuttal",
          "duplicate_charge_explanation",
          "product_description",
          "refund_policy_disclosure",
          "refund_refusal_explanation",
          "uncategorized_text");
  private static final List<String> FILES =
      List.of(
          "cancellation_policy",
          "customer_communication",
          "customer_signature",
          "duplicate_charge_documentation",
          "receipt",
          "refund_policy",
          "service_documentation",
          "shipping_documentation",
          "uncategorized_file");
  private static final int MAX_TEXT_CHARACTERS = 5_000;
  private static final int MAX_LONG_TEXT_CHARACTERS = 20_000;
  private static final int MAX_TOTAL_CHARACTERS = 150_000;
  private static final long MAX_TOTAL_BYTES = 4_718_592;

  private final StripeObjects objects;

  Evidence(StripeObjects objects) {
    this.objects = objects;
  }

  /** Updates the evidence fields that are given; an empty value removes a field. */
  void merge(Params given, StripeObject dispute) {
    ObjectNode evidence = dispute.body().withObjectProperty("evidence");
    TEXTS.forEach(field -> put(evidence, field, given, MAX_TEXT_CHARACTERS));
    LONG_TEXTS.forEach(field -> put(evidence, field, given, MAX_LONG_TEXT_CHARACTERS));
    for (String field : FILES) {
      String file = given.textOrEmpty(field);
      if (file != null && !file.isEmpty()) {
        requireFile(dispute.account(), file, given.full(field));
      }
      put(evidence, field, given, MAX_TEXT_CHARACTERS);
    }
    if (characters(evidence) > MAX_TOTAL_CHARACTERS) {
      throw StripeRefusal.invalid(
          null,
          "evidence",
          "The evidence has at most %d characters in all.".formatted(MAX_TOTAL_CHARACTERS));
    }
  }

  private static void put(ObjectNode evidence, String field, Params given, int maxLength) {
    String text = given.textOrEmpty(field, maxLength);
    if (text != null) {
      evidence.put(field, text.isEmpty() ? null : text);
    }
  }

  private void requireFile(String account, String id, String param) {
    StripeObject file =
        objects
            .find(account, "file", id)
            .orElseThrow(() -> StripeRefusal.noSuchParameter("file upload", id, param));
    if (!file.is("purpose", "dispute_evidence")) {
      throw StripeRefusal.invalid(
          null, param, "The file must have been uploaded with the purpose dispute_evidence.");
    }
  }

  private static long characters(ObjectNode evidence) {
    return evidence.valueStream().filter(JsonNode::isString).mapToLong(Evidence::length).sum();
  }

  private static long length(JsonNode text) {
    return text.asString().length();
  }

  static boolean isGiven(StripeObject dispute) {
    return dispute.body().get("evidence").valueStream().anyMatch(JsonNode::isString);
  }

  /** Refuses evidence that is larger than banks accept. */
  void requireSubmittable(StripeObject dispute) {
    if (!isGiven(dispute)) {
      throw StripeRefusal.wrongState(null, "evidence", "There is no evidence to submit.");
    }
    JsonNode evidence = dispute.body().get("evidence");
    long bytes = 0;
    for (String field : FILES) {
      String file = StripeJson.text(evidence, field);
      if (file != null) {
        bytes +=
            objects.find(dispute.account(), file).map(found -> found.number("size")).orElse(0L);
      }
    }
    if (bytes > MAX_TOTAL_BYTES) {
      throw StripeRefusal.wrongState(
          null, "evidence", "The combined size of the files must be no more than 4.5 MB.");
    }
  }
}
