package io.cpdevents.payout.statements;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cpdevents.contracts.MoneyAmount;
import io.cpdevents.contracts.accounts.OrganizationEvent.OrganizationChanged;
import io.cpdevents.contracts.billing.PayoutReservationEvent.PayoutRefused;
import io.cpdevents.payout.PaidOrganization;
import io.cpdevents.platform.sql.Parameters;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.ApiClient;
import io.cpdevents.platform.test.CpdIntegrationTest;
import io.cpdevents.platform.test.Facts;
import io.cpdevents.platform.test.MutableClock;
import io.cpdevents.platform.test.TestTokens;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.rendering.PDFRenderer;
import org.apache.pdfbox.text.PDFTextStripper;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

@CpdIntegrationTest
class StatementIT {

  private static final Path LOOKED_AT = Path.of("target", "statements");
  private static final int MANY = 5_000;
  private static final int WHITE = 0xFFFFFF;

  @Autowired private JdbcClient jdbc;
  @Autowired private MutableClock clock;
  @Autowired private ApiClient api;
  @Autowired private PaidOrganization organization;
  @Autowired private Facts facts;

  @BeforeAll
  static void wait_long_enough_for_a_busy_machine() throws IOException {
    Awaitility.setDefaultTimeout(Duration.ofSeconds(45));
    Files.createDirectories(LOOKED_AT);
  }

  @Test
  void a_statement_lists_what_is_paid_and_adds_up_to_the_cent() {
    organization.makeReady();
    UUID event = pastEvent("Masterclass");
    UUID registration = UUID.randomUUID();
    tell(event, registration, "payment-captured", 9_450, 550);
    tell(event, registration, "refund-accepted", -2_358, -142);
    tell(event, UUID.randomUUID(), "payment-captured", 18_900, 1_100);
    tell(event, UUID.randomUUID(), "dispute-held", -1_000, 0);
    tell(futureEvent(), UUID.randomUUID(), "payment-captured", 5_000, 100);
    UUID payout = organization.requestPayout(null).expect(201).id();

    JsonNode statement = statement(payout);

    assertThat(statement.path("payout").path("id").asString()).isEqualTo(payout.toString());
    assertThat(statement.path("payout").path("amount").path("amountMinor").asLong())
        .isEqualTo(24_992);
    assertThat(statement.path("lines").valueStream().map(line -> line.path("kind").asString()))
        .containsExactly("registration", "refund", "registration", "dispute");
    JsonNode refund = statement.path("lines").get(1);
    assertThat(refund.path("registrationId").asString()).isEqualTo(registration.toString());
    assertThat(refund.path("reference").asString()).matches("[0-9A-Z]{5}-[0-9A-Z]{5}");
    assertThat(refund.path("eventTitle").asString()).isEqualTo("Masterclass");
    assertThat(minor(refund, "gross")).isEqualTo(-2_500);
    assertThat(minor(refund, "platformFee")).isEqualTo(-142);
    assertThat(minor(refund, "net")).isEqualTo(-2_358);
    assertThat(totals(statement))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "gross", 30_000L,
                "platformFee", 1_650L,
                "refunds", -2_358L,
                "disputes", -1_000L,
                "other", 0L,
                "carriedOver", 0L,
                "net", 24_992L,
                "kept", 0L));
    assertAddsUp(statement);
  }

  @Test
  void what_a_payout_leaves_is_carried_over_to_the_next_and_no_entry_is_paid_twice() {
    organization.makeReady();
    tell(null, UUID.randomUUID(), "payment-captured", 10_000, 500);
    UUID part = organization.requestPayout(4_000L).expect(201).id();
    assertThat(totals(statement(part))).containsEntry("net", 10_000L).containsEntry("kept", 6_000L);
    organization.markPaid();
    tell(null, UUID.randomUUID(), "refund-accepted", -1_000, -50);

    UUID rest = organization.requestPayout(null).expect(201).id();

    JsonNode statement = statement(rest);
    assertThat(statement.path("lines").valueStream().map(line -> line.path("kind").asString()))
        .containsExactly("carried-over", "refund");
    assertThat(totals(statement))
        .containsEntry("carriedOver", 6_000L)
        .containsEntry("refunds", -1_000L)
        .containsEntry("net", 5_000L);
    assertAddsUp(statement);
    assertAddsUp(statement(part));
  }

  @Test
  void what_was_taken_back_after_a_payout_is_in_the_next_statement() {
    organization.makeReady();
    tell(null, UUID.randomUUID(), "payment-captured", 10_000, 500);
    organization.requestPayout(null).expect(201);
    organization.markPaid();
    tell(null, UUID.randomUUID(), "refund-accepted", -10_000, -500);
    tell(null, UUID.randomUUID(), "payment-captured", 12_000, 600);

    JsonNode statement = statement(organization.requestPayout(null).expect(201).id());

    assertThat(totals(statement)).containsEntry("refunds", -10_000L).containsEntry("net", 2_000L);
    assertAddsUp(statement);
  }

  @Test
  void the_entries_of_a_payout_that_fails_are_paid_by_the_next_one() {
    organization.makeReady();
    tell(null, UUID.randomUUID(), "payment-captured", 10_000, 500);
    UUID refused = organization.requestPayout(null).expect(201).id();
    facts.tell(
        new PayoutRefused(
            refused, organization.id(), new MoneyAmount(10_000, "CAD"), clock.instant()));
    organization.awaitStatus(refused, "failed");

    JsonNode statement = statement(organization.requestPayout(null).expect(201).id());

    assertThat(statement.path("lines")).hasSize(1);
    assertAddsUp(statement);
    assertAddsUp(statement(refused));
  }

  @Test
  void a_payout_that_comes_back_after_its_rest_was_paid_leaves_a_statement_that_adds_up() {
    organization.makeReady();
    tell(null, UUID.randomUUID(), "payment-captured", 10_000, 500);
    UUID part = organization.requestPayout(4_000L).expect(201).id();
    organization.markPaid();
    UUID rest = organization.requestPayout(null).expect(201).id();
    assertThat(totals(statement(rest))).containsEntry("carriedOver", 6_000L);
    organization.markPaid();
    jdbc.sql("UPDATE payout SET status = 'failed', failure_reason = 'declined' WHERE id = :id")
        .param("id", part)
        .update();

    JsonNode statement = statement(organization.requestPayout(null).expect(201).id());

    assertThat(totals(statement))
        .containsEntry("gross", 10_500L)
        .containsEntry("carriedOver", -6_000L)
        .containsEntry("net", 4_000L);
    assertAddsUp(statement);
  }

  @Test
  void a_spreadsheet_gets_decimals_and_no_formulas_in_the_reader_s_language() {
    organization.makeReady();
    tell(pastEvent("=1+1"), UUID.randomUUID(), "payment-captured", 9_450, 550);
    tell(pastEvent("Éthique, \"avancée\""), UUID.randomUUID(), "refund-accepted", -905, -95);
    UUID payout = organization.requestPayout(null).expect(201).id();

    Answer answer = read(payout, "text/csv", "fr-CA").expect(200);

    assertThat(answer.header("Content-Type")).isEqualTo("text/csv;charset=UTF-8");
    assertThat(answer.header("Content-Language")).isEqualTo("fr-CA");
    assertThat(answer.header("Content-Disposition"))
        .isEqualTo("attachment; filename=\"payout-" + payout + ".csv\"");
    List<String> rows = answer.plain().lines().toList();
    assertThat(rows)
        .first()
        .isEqualTo(
            "Date et heure,Objet,Identifiant d’inscription,Référence,Événement,Payé,Frais de"
                + " plateforme,Net,Devise");
    assertThat(rows).hasSize(3);
    assertThat(rows.get(1)).contains(",Inscription,").endsWith(",'=1+1,100.00,5.50,94.50,CAD");
    assertThat(rows.get(2))
        .contains(",Remboursement,")
        .endsWith(",\"Éthique, \"\"avancée\"\"\",-10.00,-0.95,-9.05,CAD");
    assertThat(read(payout, "text/csv", "de").expect(200).plain()).startsWith("Occurred at,What");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          text/csv;q=0.5, application/pdf;q=0.9  | application/pdf
          application/json;q=0.1, text/csv;q=0.5 | text/csv;charset=UTF-8
          application/json, text/csv;q=0.5       | application/json
          text/html                              | application/json
          """)
  void the_form_that_is_preferred_is_answered(String accepted, String answered) {
    organization.makeReady();
    tell(pastEvent("Ethics"), UUID.randomUUID(), "payment-captured", 9_450, 550);
    UUID payout = organization.requestPayout(null).expect(201).id();

    assertThat(read(payout, accepted, "en").expect(200).header("Content-Type")).isEqualTo(answered);
  }

  @Test
  void a_printed_statement_shows_all_of_it_in_every_script() throws IOException {
    facts.tell(
        new OrganizationChanged(
            organization.id(), 1, "Académie d’été – Łódź & Ελλάδα", UUID.randomUUID(), null, null));
    organization.makeReady();
    tell(
        pastEvent("Éthique professionnelle"), UUID.randomUUID(), "payment-captured", 94_500, 5_500);
    tell(pastEvent("أخلاقيات المهنة ٢٠٢٦"), UUID.randomUUID(), "payment-captured", 9_450, 550);
    tell(pastEvent("職業倫理セミナー 전문가 과정 职业道德"), UUID.randomUUID(), "payment-captured", 9_450, 550);
    tell(pastEvent("Ethics for אתיקה teams"), UUID.randomUUID(), "refund-accepted", -945, -55);
    tell(pastEvent("พยาบาลวิชาชีพ และผู้ป่วย"), UUID.randomUUID(), "payment-captured", 945, 55);
    tell(pastEvent("नेपाल नर्सिङ संघ"), UUID.randomUUID(), "payment-captured", 945, 55);
    tell(pastEvent("བོད 🩺 ok"), UUID.randomUUID(), "refund-accepted", -1_890, -110);
    tell(pastEvent("W".repeat(120)), UUID.randomUUID(), "dispute-held", -300, 0);
    await()
        .untilAsserted(() ->
            assertThat(
                    jdbc.sql("SELECT count(*) FROM organization WHERE id = :id")
                        .param("id", organization.id())
                        .query(Long.class)
                        .single())
                .isOne());
    UUID payout = organization.requestPayout(100_000L).expect(201).id();

    Answer english = read(payout, "application/pdf", "en").expect(200);
    Answer french = read(payout, "application/pdf", "fr").expect(200);

    assertThat(english.header("Content-Type")).isEqualTo("application/pdf");
    Files.write(LOOKED_AT.resolve("scripts-en.pdf"), english.bytes());
    Files.write(LOOKED_AT.resolve("scripts-fr.pdf"), french.bytes());
    String text = textOf(english.bytes());
    assertThat(text)
        .contains("Payout statement", "Académie d’été – Łódź & Ελλάδα", payout.toString())
        .contains("Éthique professionnelle", "職業倫理セミナー", "전문가 과정", "职业道德")
        .contains("nēpāla narsiṅa saṅgha", "[U+0F56 U+0F7C U+0F51]", "[U+1FA7A]")
        .doesNotContain("□", "?", "\uFFFD")
        .contains("1,000.00", "Carried over to the next payout", "-121.55", "Page 1 of", "1");
    assertThat(textOf(french.bytes()))
        .contains("Relevé de versement", "Frais de plateforme", "000,00");
    try (PDDocument document = Loader.loadPDF(english.bytes())) {
      assertThat(document.getDocumentCatalog().getLanguage()).isEqualTo("en");
      assertThat(inkOn(document, 0)).isGreaterThan(1_000);
    }
  }

  @Test
  void five_thousand_registrations_are_printed_within_seconds() throws IOException {
    organization.makeReady();
    UUID event = pastEvent("Congress of everybody");
    insertMany(event);
    UUID payout = organization.requestPayout(null).expect(201).id();

    long began = System.nanoTime();
    Answer json = read(payout, "application/json", "en").expect(200);
    Answer csv = read(payout, "text/csv", "en").expect(200);
    Answer pdf = read(payout, "application/pdf", "en").expect(200);
    Duration taken = Duration.ofNanos(System.nanoTime() - began);

    Files.write(LOOKED_AT.resolve("many.pdf"), pdf.bytes());
    assertThat(json.body().path("lines")).hasSize(MANY);
    assertAddsUp(json.body());
    assertThat(csv.plain().lines()).hasSize(MANY + 1);
    String text = textOf(pdf.bytes());
    assertThat(text.lines().filter(line -> line.contains("Congress of everybody"))).hasSize(MANY);
    try (PDDocument document = Loader.loadPDF(pdf.bytes())) {
      assertThat(document.getNumberOfPages()).isGreaterThan(50);
      assertThat(text).contains("Page " + document.getNumberOfPages() + " of");
      assertThat(inkOn(document, document.getNumberOfPages() - 1)).isGreaterThan(100);
    }
    assertThat(taken).isLessThan(Duration.ofSeconds(20));
  }

  @Test
  void owner_finance_and_platform_finance_read_statements_and_nobody_else() {
    organization.makeReady();
    tell(null, UUID.randomUUID(), "payment-captured", 10_000, 500);
    UUID payout = organization.requestPayout(null).expect(201).id();
    String path = "/api/v1/payouts/" + payout + "/statement";

    organization.as("owner").get(path).expect(200);
    api.as(TestTokens.bearer(UUID.randomUUID(), Set.of("platform-finance"), Map.of()))
        .get(path)
        .expect(200);
    for (String role : List.of("admin", "staff")) {
      organization.as(role).get(path).refused(403, "role-missing");
    }
    ApiClient stranger = api.as(TestTokens.bearer(UUID.randomUUID()));
    Answer refused =
        stranger.with("Accept", "application/pdf").get(path).refused(404, "payout-not-found");
    assertThat(refused.header("Content-Type")).startsWith("application/problem+json");
    api.get(path).expect(401);
    organization
        .as("owner")
        .get("/api/v1/payouts/" + UUID.randomUUID() + "/statement")
        .refused(404, "payout-not-found");
  }

  private static void assertAddsUp(JsonNode statement) {
    long lines = statement.path("lines").valueStream().mapToLong(line -> minor(line, "net")).sum();
    assertThat(lines).isEqualTo(total(statement, "net"));
    assertThat(minor(statement.path("payout"), "amount") + total(statement, "kept"))
        .isEqualTo(lines);
    assertThat(
            total(statement, "gross")
                - total(statement, "platformFee")
                + total(statement, "refunds")
                + total(statement, "disputes")
                + total(statement, "other")
                + total(statement, "carriedOver"))
        .isEqualTo(lines);
    assertThat(statement.path("lines"))
        .allSatisfy(line ->
            assertThat(minor(line, "gross") - minor(line, "platformFee"))
                .isEqualTo(minor(line, "net")));
  }

  private static Map<String, Long> totals(JsonNode statement) {
    Map<String, Long> totals = new HashMap<>();
    statement
        .path("totals")
        .propertyStream()
        .forEach(
            total -> totals.put(total.getKey(), total.getValue().path("amountMinor").asLong()));
    return totals;
  }

  private static long total(JsonNode statement, String total) {
    return minor(statement.path("totals"), total);
  }

  private static long minor(JsonNode object, String amount) {
    return object.path(amount).path("amountMinor").asLong();
  }

  private static String textOf(byte[] pdf) throws IOException {
    try (PDDocument document = Loader.loadPDF(pdf)) {
      return new PDFTextStripper().getText(document);
    }
  }

  /** How many points of a page are not white. */
  private static long inkOn(PDDocument document, int page) throws IOException {
    BufferedImage image = new PDFRenderer(document).renderImage(page);
    int[] points =
        image.getRGB(0, 0, image.getWidth(), image.getHeight(), null, 0, image.getWidth());
    return Arrays.stream(points).filter(point -> (point & WHITE) != WHITE).count();
  }

  private JsonNode statement(UUID payout) {
    return organization
        .as("finance")
        .get("/api/v1/payouts/" + payout + "/statement")
        .expect(200)
        .body();
  }

  private Answer read(UUID payout, String accept, String language) {
    return organization
        .as("finance")
        .with("Accept", accept)
        .with("Accept-Language", language)
        .get("/api/v1/payouts/" + payout + "/statement");
  }

  private UUID pastEvent(String title) {
    return organization.event(title, clock.instant().minus(Duration.ofDays(8)));
  }

  private UUID futureEvent() {
    return organization.event("Later", clock.instant().plus(Duration.ofDays(8)));
  }

  private void tell(
      @Nullable UUID event, UUID registration, String kind, long netMinor, long feeMinor) {
    clock.advance(Duration.ofSeconds(1));
    organization.post(
        organization
            .entry(kind, netMinor)
            .ofEvent(event)
            .ofRegistration(registration)
            .withPlatformFee(feeMinor));
  }

  private void insertMany(UUID event) {
    jdbc.sql(
            """
            INSERT INTO entry (id, organization_id, account, journal_id, journal_kind,
                               amount_minor, platform_fee_minor, currency, event_id,
                               registration_id, occurred_at)
            SELECT uuidv7(), :organizationId, 'organization', uuidv7(), 'payment-captured',
                   9000 + n, 500, 'CAD', :event, gen_random_uuid(),
                   :now::timestamptz + n * interval '1 second'
            FROM generate_series(1, :many) AS n
            """)
        .param("organizationId", organization.id())
        .param("event", event)
        .param("now", Parameters.instant(clock.instant()))
        .param("many", MANY)
        .update();
  }
}
