package io.cpdevents.billing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cpdevents.billing.reconciliation.ReadWholeBalance;
import io.cpdevents.platform.test.Answer;
import io.cpdevents.platform.test.AtOnce;
import io.cpdevents.platform.test.TestTokens;
import io.cpdevents.platform.test.sandbox.StripeConnection.Failure;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataAccessException;
import tools.jackson.databind.JsonNode;

class ClosedDaysIT extends ReconciledDays {

  private static final String LIST = "GET /v1/balance_transactions";

  @Autowired ReadWholeBalance readWholeBalance;
  @Autowired MeterRegistry metrics;
  @TempDir Path directory;

  @Test
  void a_day_is_closed_for_good_when_stripe_and_the_ledger_agree() throws Exception {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String intent = paid(held, payment);
    stripe.refundInDashboard(intent, 4_000);
    awaitSum("stripe", payment, 10_000 - 320 - 4_000);

    JsonNode open = reconcile(day);
    assertThat(open.path("status").asString()).isEqualTo("open");
    assertThat(open.path("waitsFor").asString()).isEqualTo("end-of-day");
    assertThat(open.path("hash").isNull()).isTrue();
    assertThat(currency(open, "CAD").path("transactions").asInt()).isEqualTo(2);
    api.as(finance())
        .with("Accept", "text/csv")
        .get(DAYS + "/" + day + "/lines")
        .refused(409, "day-open");

    letDayPass(day);
    assertThat(waitsFor(day)).isEqualTo("stripes-list");
    JsonNode closed = reconcile(day);

    assertThat(closed.path("status").asString()).as(closed.toString()).isEqualTo("closed");
    assertThat(closed.path("waitsFor").isNull()).isTrue();
    JsonNode cad = currency(closed, "CAD");
    assertThat(amount(cad, "stripe")).isEqualTo(stripe.balance("cad"));
    assertThat(amount(cad, "ledger")).isEqualTo(amount(cad, "stripe"));
    assertThat(amount(cad, "difference")).isZero();
    String csv = lines(day);
    assertThat(csv.lines().toList()).hasSize(1 + 2 + 1);
    assertThat(csv).contains(",charge," + stripe.chargeOf(intent) + ",CAD,10000,320,9680,");
    assertThat(sha256(csv)).isEqualTo(closed.path("hash").asString());
    assertThat(reconcile(day)).isEqualTo(closed);
    assertThat(get(DAYS + "/" + day, finance()).expect(200).body()).isEqualTo(closed);
  }

  @Test
  void ten_lines_of_script_compute_the_hashes_again_from_the_files_alone() throws Exception {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    letDayPass(day);
    letDayPass(day.plusDays(1));
    followBalance.handle();
    closeDays.handle();
    Path first = Files.writeString(directory.resolve(day + ".csv"), lines(day));
    Path second =
        Files.writeString(directory.resolve(day.plusDays(1) + ".csv"), lines(day.plusDays(1)));

    assertThat(verifyDays(0, first, second))
        .containsExactly(hashOf(day) + "  " + first, hashOf(day.plusDays(1)) + "  " + second);

    Files.writeString(first, Files.readString(first).replace(",10000,320,", ",10001,321,"));
    assertThat(verifyDays(1, first, second)).last().asString().contains("does not follow");
  }

  @Test
  void days_close_by_themselves_in_order_also_those_on_which_nothing_happened() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    letDayPass(day.plusDays(2));
    assertThat(waitsFor(day.plusDays(2))).isEqualTo("earlier-day");
    assertThat(metrics.get("cpd.reconciliation.open.days").gauge().value()).isEqualTo(3);
    followBalance.handle();
    closeDays.handle();

    List<JsonNode> days =
        get(DAYS + "?limit=4", finance()).expect(200).body().path("data").valueStream().toList();
    assertThat(days)
        .extracting(each -> each.path("date").asString() + " " + each.path("status").asString())
        .containsExactly(
            day.plusDays(3) + " open",
            day.plusDays(2) + " closed",
            day.plusDays(1) + " closed",
            day + " closed");
    assertThat(currency(days.get(1), "CAD").path("transactions").asInt()).isZero();
    assertThat(currency(days.get(1), "CAD").path("stripe"))
        .isEqualTo(currency(days.get(3), "CAD").path("stripe"));
    assertThat(metrics.get("cpd.reconciliation.open.days").gauge().value()).isZero();
    String next = get(DAYS + "?limit=2", finance()).expect(200).body().path("next").asString();
    assertThat(get(DAYS + "?limit=1&after=" + next, finance()).body().at("/data/0/date").asString())
        .isEqualTo(day.plusDays(1).toString());
  }

  @Test
  void a_transaction_that_comes_late_belongs_to_the_open_day_and_names_its_own() {
    LocalDate day = today();
    Instant noon = clock.instant();
    Held punctual = hold("CAD", 20_000);
    paid(punctual, paymentOf(punctual));
    letDayPass(day);
    followBalance.handle();
    assertThat(reconcile(day).path("status").asString()).isEqualTo("closed");
    String hash = hashOf(day);
    stripe.setClock(noon);
    Held held = hold("CAD", 10_000);
    String late = stripe.settlementOf(paid(held, paymentOf(held)));
    stripe.setClock(clock.instant());

    LocalDate next = day.plusDays(1);
    assertThat(currency(reconcile(next), "CAD").path("transactions").asInt()).isEqualTo(1);
    letDayPass(next);
    followBalance.handle();
    assertThat(reconcile(next).path("status").asString()).isEqualTo("closed");
    assertThat(lines(next).lines().toList())
        .filteredOn(line -> line.contains("," + late + ",charge,"))
        .singleElement()
        .asString()
        .startsWith(day + ",");
    assertThat(reconcile(day).path("hash").asString()).isEqualTo(hash);
    assertThat(openBreaks(day.toString())).isEmpty();
  }

  @Test
  void whoever_closes_at_the_same_time_closes_once() throws Exception {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    letDayPass(day);
    followBalance.handle();
    AtOnce.times(
        4,
        () -> {
          closeDays.handle();
          return true;
        });
    assertThat(sha256(lines(day))).isEqualTo(hashOf(day));
  }

  @Test
  void a_person_and_the_job_reconcile_one_after_the_other() throws Exception {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    letDayPass(day);
    int before = connection.requests(LIST).size();
    try (Stop stop = stop("INSERT OR UPDATE", "balance_progress")) {
      Future<Answer> person = atTheSameTime(() -> tryToReconcile(day));
      stop.awaitWaiting(1);
      Future<Boolean> job =
          atTheSameTime(() -> {
            followBalance.handle();
            return true;
          });
      stop.awaitWaiting(2);
      assertThat(connection.requests(LIST)).hasSize(before + 1);
      tryToReconcile(day).refused(409, "in-progress");
      stop.release();
      assertThat(person).succeedsWithin(EVENTUALLY);
      assertThat(job).succeedsWithin(EVENTUALLY);
    }
    assertThat(reconcile(day).path("status").asString()).isEqualTo("closed");
  }

  @Test
  void a_day_is_closed_as_it_is_at_one_moment() throws Exception {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    String transaction = stripe.settlementOf(paid(held, paymentOf(held)));
    letDayPass(day);
    followBalance.handle();
    try (Stop stop = stop("UPDATE", "balance_transaction")) {
      Future<Boolean> closing = atTheSameTime(() -> closeDay.handle(day));
      stop.awaitWaiting(1);
      changeStripeBy(1, transaction);
      stop.release();
      assertThat(closing).succeedsWithin(EVENTUALLY).isEqualTo(true);
    }
    JsonNode closed = reconcile(day);
    assertThat(currency(closed, "CAD").path("transactions").asInt()).isEqualTo(1);
    assertThat(openBreaks(day.toString())).containsExactly("closed-day-changed");
  }

  @Test
  void a_cent_of_a_closed_day_that_somebody_changes_is_found_within_a_day() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    String transaction = stripe.settlementOf(paid(held, paymentOf(held)));
    letDayPass(day);
    assertThat(reconcile(day).path("status").asString()).isEqualTo("closed");
    readWholeBalance.handle();
    assertThat(openBreaks(day.toString())).isEmpty();

    changeStripeBy(1, transaction);
    advanceClocks(Duration.ofDays(1).plusMinutes(1));
    readWholeBalance.handle();
    assertThat(openBreaks(day.toString())).containsExactly("closed-day-changed");

    changeStripeBy(-1, transaction);
    advanceClocks(Duration.ofDays(1).plusMinutes(1));
    readWholeBalance.handle();
    assertThat(openBreaks(day.toString())).isEmpty();
  }

  @Test
  void sums_that_agree_by_chance_do_not_close_a_day() {
    LocalDate day = today();
    String taken = stripe.book("stripe_fee", -200, "cad");
    String given = stripe.book("topup", 200, "cad");
    letDayPass(day);
    followBalance.handle();
    remove("balance-transaction", taken);
    remove("balance-transaction", given);

    closeDays.handle();

    JsonNode open = get(DAYS + "/" + day, finance()).expect(200).body();
    assertThat(amount(currency(open, "CAD"), "difference")).isZero();
    assertThat(open.path("status").asString()).isEqualTo("open");
    assertThat(reconcile(day).path("status").asString()).isEqualTo("closed");
  }

  @Test
  void a_movement_that_nobody_explains_keeps_its_day_open_and_the_days_behind_it() {
    LocalDate day = today();
    String fee = stripe.book("adjustment", -200, "cad");
    letDayPass(day.plusDays(1));
    followBalance.handle();
    closeDays.handle();

    JsonNode open = get(DAYS + "/" + day, finance()).body();
    assertThat(open.path("waitsFor").asString()).isEqualTo("breaks");
    assertThat(currency(open, "CAD").path("openBreaks").asInt()).isEqualTo(1);
    assertThat(amount(currency(open, "CAD"), "difference")).isZero();
    assertThat(reconcile(day.plusDays(1)).path("waitsFor").asString()).isEqualTo("earlier-day");

    String found = "/api/v1/finance/breaks/" + breakAbout(fee);
    post(found + "/resolution", finance(), "{\"account\": \"stripe-fees\", \"reason\": \"Radar\"}")
        .expect(202);
    approve(found, finance()).expect(200);
    assertThat(postings("balance-transaction", fee)).containsExactly("stripe -200", "suspense 200");
    assertThat(reconcile(day.plusDays(1)).path("status").asString()).isEqualTo("closed");
  }

  @Test
  void a_cent_that_somebody_changed_in_the_ledger_is_found_on_its_day() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    UUID payment = paymentOf(held);
    String transaction = stripe.settlementOf(paid(held, payment));
    letDayPass(day);
    followBalance.handle();
    changeStripeBy(1, transaction);

    JsonNode open = reconcile(day);
    assertThat(openBreaks(transaction)).containsExactly("booked-otherwise");
    assertThat(open.path("waitsFor").asString()).isEqualTo("breaks");
    assertThat(openBreaks("balance-transaction:" + transaction)).containsExactly("journal-changed");
    assertThat(amount(currency(open, "CAD"), "difference")).isEqualTo(-1);
    assertThat(currency(open, "CAD").path("openBreaks").asInt()).isEqualTo(2);

    changeStripeBy(-1, transaction);
    assertThat(reconcile(day).path("status").asString()).isEqualTo("closed");
    assertThat(openBreaks(transaction)).isEmpty();

    changeStripeBy(1, transaction);
    reconcile(day);
    assertThat(openBreaks(day.toString())).containsExactly("closed-day-changed");
    changeStripeBy(-1, transaction);
    reconcile(day);
    assertThat(openBreaks(day.toString())).isEmpty();
  }

  @Test
  void a_journal_that_was_removed_is_posted_again_and_until_then_a_break_of_its_day() {
    LocalDate day = today();
    String fee = stripe.book("adjustment", -200, "cad");
    letDayPass(day);
    followBalance.handle();
    remove("balance-transaction", fee);
    owner
        .sql("UPDATE balance_transaction SET mirrored_at = '2020-01-01Z' WHERE id = :id")
        .param("id", fee)
        .update();

    closeDays.handle();
    JsonNode open = get(DAYS + "/" + day, finance()).expect(200).body();
    assertThat(openBreaks(fee)).contains("not-booked");
    assertThat(amount(currency(open, "CAD"), "difference")).isEqualTo(-200);

    reconcile(day);
    assertThat(postings("balance-transaction", fee)).containsExactly("stripe -200", "suspense 200");
    assertThat(openBreaks(fee)).containsExactly("unexplained-balance-transaction");
  }

  @Test
  void a_transaction_that_stripe_does_not_list_is_a_break_until_it_is_removed() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    owner
        .sql(
            """
            INSERT INTO balance_transaction
            VALUES ('txn_forged', 'charge', NULL, 'CAD', 100, 0, 100, :at::timestamptz, '2020-01-01Z')
            """)
        .param("at", clock.instant().toString())
        .update();
    letDayPass(day);
    followBalance.handle();
    reconcile(day);
    assertThat(openBreaks("txn_forged")).containsExactlyInAnyOrder("not-at-stripe", "not-booked");

    owner.sql("DELETE FROM balance_transaction WHERE id = 'txn_forged'").update();
    followBalance.handle();
    assertThat(reconcile(day).path("status").asString()).isEqualTo("closed");
    assertThat(openBreaks("txn_forged")).isEmpty();
  }

  @Test
  void nothing_of_a_closed_day_changes() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    String transaction = stripe.settlementOf(paid(held, paymentOf(held)));
    letDayPass(day);
    followBalance.handle();
    reconcile(day);
    assertThat(hashOf(day)).hasSize(64);
    for (String sql :
        List.of(
            "UPDATE balance_transaction SET net_minor = 0 WHERE id = '" + transaction + "'",
            "DELETE FROM balance_transaction WHERE id = '" + transaction + "'",
            "UPDATE reconciliation_day SET hash = ''",
            "DELETE FROM reconciliation_total")) {
      assertThatThrownBy(() -> jdbc.sql(sql).update()).isInstanceOf(DataAccessException.class);
    }
  }

  @Test
  void days_are_for_platform_finance_and_within_the_time_that_has_passed() {
    LocalDate day = today();
    Held held = hold("CAD", 10_000);
    paid(held, paymentOf(held));
    get(DAYS, TestTokens.bearer(UUID.randomUUID())).refused(403, "role-missing");
    post(DAYS, finance(), "{\"date\": \"%s\"}".formatted(day.plusDays(1)))
        .refused(404, "reconciliation-not-found");
    post(DAYS, finance(), "{\"date\": \"1999-12-31\"}").refused(404, "reconciliation-not-found");
    get(DAYS + "/1999-12-31", finance()).refused(404, "reconciliation-not-found");
    get(DAYS + "/" + day.plusDays(1), finance()).refused(404, "reconciliation-not-found");
    get(DAYS + "/yesterday", finance()).refused(400, "invalid-request");
    connection.failNext("GET /v1/balance", Failure.RATE_LIMIT);
    post(DAYS, finance(), "{\"date\": \"%s\"}".formatted(day)).refused(503, "stripe-unavailable");
  }

  private static String sha256(String text) throws Exception {
    return HexFormat.of()
        .formatHex(
            MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
  }

  private static List<String> verifyDays(int expected, Path... files)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of("sh", "../docs/reconciliation/verify-days"));
    for (Path file : files) {
      command.add(file.toString());
    }
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isEqualTo(expected);
    return said.lines().toList();
  }
}
