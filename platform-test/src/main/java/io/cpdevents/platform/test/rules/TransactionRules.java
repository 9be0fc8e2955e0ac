package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;

import com.tngtech.archunit.core.domain.JavaEnumConstant;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.properties.CanBeAnnotated;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.List;

/** What happens inside a transaction. */
final class TransactionRules {

  private static final String TRANSACTIONAL =
      "org.springframework.transaction.annotation.Transactional";

  private static final List<String> CALLS_OUT =
      List.of(
          "org.springframework.web.client.RestClient",
          "java.net.http.HttpClient",
          "com.stripe.StripeClient",
          "com.stripe.service.",
          "org.springframework.mail.");

  private static final ArchRule NO_CALL_OUT_INSIDE =
      methods()
          .that(describe("are transactional", TransactionRules::isTransactional))
          .should(stayInside())
          .because(
              "an answer that is late holds locks and a connection: save the intent, commit, call,"
                  + " save the answer");

  private TransactionRules() {}

  static List<HouseRule> rules() {
    return List.of(new HouseRule("transaction", NO_CALL_OUT_INSIDE));
  }

  /** Whether a call of it begins a transaction; a mandatory one is its caller's. */
  static boolean opensTransaction(JavaMethod method) {
    return isTransactional(method) && !isMandatory(method) && !isMandatory(method.getOwner());
  }

  private static boolean isTransactional(JavaMethod method) {
    return method.isMetaAnnotatedWith(TRANSACTIONAL)
        || (method.getOwner().isMetaAnnotatedWith(TRANSACTIONAL) && Kinds.isPublic(method));
  }

  private static boolean isMandatory(CanBeAnnotated element) {
    return element.isAnnotatedWith(
        describe(
            "mandatory",
            annotation ->
                annotation.getRawType().getName().equals(TRANSACTIONAL)
                    && annotation.get("propagation").orElse("")
                        instanceof JavaEnumConstant propagation
                    && propagation.name().equals("MANDATORY")));
  }

  private static ArchCondition<JavaMethod> stayInside() {
    return new ArchCondition<>("call nothing outside of the service, also not through others") {
      @Override
      public void check(JavaMethod method, ConditionEvents events) {
        Calls.reachableFrom(method)
            .flatMap(unit -> unit.getCallsFromSelf().stream())
            .filter(
                call -> CALLS_OUT.stream().anyMatch(call.getTargetOwner().getName()::startsWith))
            .findFirst()
            .ifPresent(call ->
                events.add(
                    SimpleConditionEvent.violated(
                        method,
                        "%s calls %s inside a transaction: %s"
                            .formatted(
                                method.getDescription(),
                                call.getTargetOwner().getName(),
                                call.getDescription()))));
      }
    };
  }
}
