package io.cpdevents.platform.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.cpdevents.platform.test.rules.HouseRule;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HouseRulesTest {

  private static final String SERVICE = "io.cpdevents.billing";
  private static final JavaClasses BROKEN = imported(SERVICE + ".broken");
  private static final JavaClasses SOUND = imported(SERVICE + ".sound");

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          name          | PaymentHelper> has name matching
          limit         | PaymentHelper.BATCH_ROWS> has name matching
          limit         | PaymentHelper.MAX_TEXT_LENGTH> has name matching
          time          | PaymentHelper.now()> calls method <java.time.Instant.now()>
          time          | PaymentHelper.source()> references method <java.time.Instant.now()>
          money         | PaymentHelper.price> has raw type
          money         | PaymentHelper.<init>(org.apache.kafka.clients.producer.Producer, double)>
          aggregate     | Invoice.closed(java.time.Clock)> calls method <java.time.Clock.instant()>
          aggregate     | Invoice.read(java.sql.ResultSet)> has parameter of type <java.sql.ResultSet>
          repository    | Invoices> has modifier PUBLIC
          use-case      | CloseInvoice> offers 3 methods: handle, handle, reopen
          use-case      | CloseInvoice.handle(java.lang.String, int, boolean)> takes 3 values
          use-case      | CloseInvoice> has 2 methods 'handle'
          use-case      | HandleInvoices> offers 3 methods: cancel, open, print
          use-case      | HandleInvoices> opens a transaction in open
          transaction   | PaymentCaptured)> calls java.net.http.HttpClient inside a transaction
          transaction   | RemindOfInvoice.handle(java.lang.String)> calls java.net.http.HttpClient
          producer      | PaymentHelper.producer> has type <org.apache.kafka.clients.producer.Producer>
          foreign-event | RegistrationExpired)> has parameter of type <io.cpdevents.contracts.registration
          place         | PaymentHelper> does not reside in a package '..web..'
          place         | RegistrationExpired)> is not declared in classes that reside in a package
          access        | InvoiceController.print()> has 0 access annotations
          audit         | CloseInvoice> writes no entry
          audit         | InvoiceController.reprint()> calls no use case and writes no entry
          before-after  | InvoicePrinter> says neither before nor after
          input         | PaymentHelper.lines> is annotated with @NotEmpty
          component     | Invoices> is annotated with @Repository
          component     | InvoicePrinter> is annotated with @Service
          injection     | PaymentHelper.producer> is annotated with @Autowired
          unused        | nothing refers to Class <io.cpdevents.billing.broken.NobodyKnowsMe>
          unused        | nothing calls Method <io.cpdevents.billing.broken.PaymentHelper.now()>
          """)
  void what_breaks_a_rule_is_found(String name, String violation) {
    assertThat(
            HouseRule.all(SERVICE).stream()
                .filter(rule -> rule.name().equals(name))
                .flatMap(rule -> rule.violations(BROKEN, Set.of()).stream()))
        .anySatisfy(line -> assertThat(line).contains(violation));
  }

  @Test
  void every_rule_is_broken_by_something_and_all_are_reported_at_once() {
    String message = messageFor(HouseRules.of(SERVICE, BROKEN));
    assertThat(HouseRule.all(SERVICE))
        .allSatisfy(rule ->
            assertThat(message)
                .contains("[%s] %s".formatted(rule.name(), rule.rule().getDescription())));
  }

  @Test
  void what_keeps_the_rules_is_not_reported() {
    assertThatCode(() -> HouseRules.of(SERVICE, SOUND).check()).doesNotThrowAnyException();
  }

  @Test
  void what_a_library_shows_counts_as_used_and_what_it_hides_does_not() {
    assertThat(messageFor(HouseRules.of(SERVICE, BROKEN)))
        .contains("nothing calls Method <io.cpdevents.billing.broken.Invoices.find");
    assertThat(messageFor(HouseRules.of(SERVICE, BROKEN).asLibrary()))
        .doesNotContain("nothing calls Method <io.cpdevents.billing.broken.Invoices.find")
        .contains("nothing calls Method <io.cpdevents.billing.broken.PaymentHelper.now()>")
        .contains("nothing refers to Class <io.cpdevents.billing.broken.NobodyKnowsMe>");
  }

  @Test
  void a_module_that_is_no_service_keeps_some_rules() {
    assertThat(messageFor(HouseRules.of(SERVICE, BROKEN).only("time", "money")))
        .contains("[time]", "[money]")
        .doesNotContain("[name]");
    assertThatThrownBy(() -> HouseRules.of(SERVICE, BROKEN).only("time", "tine"))
        .hasMessageContaining("tine");
  }

  @Test
  void an_exception_with_a_reason_is_left_out() {
    HouseRules rules =
        HouseRules.of(SERVICE, BROKEN)
            .except("time", "PaymentHelper", "tokens live on system time");
    assertThat(messageFor(rules)).doesNotContain("[time]").contains("[money]");
  }

  @Test
  void an_exception_needs_a_reason_and_a_rule() {
    HouseRules rules = HouseRules.of(SERVICE, BROKEN);
    assertThatThrownBy(() -> rules.except("time", "PaymentHelper", " "))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> rules.except("tine", "PaymentHelper", "it is late"))
        .hasMessageContaining("there is no rule 'tine', only")
        .hasMessageContaining("time");
  }

  @Test
  void an_exception_that_nothing_needs_is_to_be_deleted() {
    HouseRules rules = HouseRules.of(SERVICE, SOUND).except("repository", "Receipts", "it moves");
    assertThat(messageFor(rules))
        .contains("[repository] Receipts keeps the rule: delete its exception");
  }

  @Test
  void a_package_without_classes_is_a_mistake() {
    assertThatThrownBy(() -> HouseRules.check("io.cpdevents.nowhere"))
        .hasMessageContaining("no classes");
  }

  @Test
  void tests_are_not_checked() {
    assertThat(BROKEN).isNotEmpty();
    assertThatThrownBy(() -> HouseRules.check(SERVICE + ".broken"))
        .hasMessageContaining("no classes");
  }

  private static String messageFor(HouseRules rules) {
    try {
      rules.check();
    } catch (AssertionError e) {
      return String.valueOf(e.getMessage());
    }
    throw new IllegalStateException("nothing was reported");
  }

  private static JavaClasses imported(String name) {
    return new ClassFileImporter().importPackages(name);
  }
}
