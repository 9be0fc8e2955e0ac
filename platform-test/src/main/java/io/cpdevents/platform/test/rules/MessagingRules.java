package io.cpdevents.platform.test.rules;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.lang.ArchRule;
import java.util.List;

/** How a service speaks and listens. */
final class MessagingRules {

  private static final ArchRule NO_PRODUCERS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAPackage("org.apache.kafka.clients.producer..")
          .orShould()
          .dependOnClassesThat()
          .haveNameMatching("org\\.springframework\\.kafka\\.core\\.Kafka(Template|Operations).*")
          .because("a fact is appended to the Outbox, in the transaction that makes it true");

  private MessagingRules() {}

  static List<HouseRule> rules(String basePackage) {
    return List.of(
        new HouseRule("producer", NO_PRODUCERS),
        new HouseRule("foreign-event", foreignEventsStayInListeners(basePackage)));
  }

  private static ArchRule foreignEventsStayInListeners(String basePackage) {
    String service = basePackage.substring(basePackage.lastIndexOf('.') + 1);
    return noClasses()
        .that()
        .resideOutsideOfPackage("..messaging..")
        .should()
        .dependOnClassesThat(
            assignableTo("io.cpdevents.contracts.Event")
                .and(resideInAPackage("io.cpdevents.contracts.*.."))
                .and(not(resideInAPackage("io.cpdevents.contracts." + service + "..")))
                .as("are events of other services"))
        .because(
            "a listener maps an event to a command: a use case is asked in its own words, and does"
                + " not change with another service");
  }
}
