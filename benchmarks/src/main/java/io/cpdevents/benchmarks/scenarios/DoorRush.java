package io.cpdevents.benchmarks.scenarios;

import io.cpdevents.benchmarks.figures.Report;
import io.cpdevents.benchmarks.load.Action;
import io.cpdevents.benchmarks.load.Latencies;
import io.cpdevents.benchmarks.load.LoadResult;
import io.cpdevents.benchmarks.load.OpenLoad;
import io.cpdevents.benchmarks.load.OpenSchedule;
import io.cpdevents.benchmarks.scenarios.Bench.Run;
import io.cpdevents.driver.EventDraft;
import io.cpdevents.driver.Organization;
import io.cpdevents.driver.PublishedEvent;
import io.cpdevents.driver.http.Answer;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;

/** The doors open: two thousand tickets are scanned at eight of them. */
public final class DoorRush {

  private static final int TICKETS = 2_000;
  private static final int TICKETS_OF_A_BUYER = 20;
  private static final int DOORS = 8;
  private static final Duration UNTIL_EVENT = Duration.ofHours(12);
  private static final Duration EVENT_LASTS = Duration.ofHours(3);

  private final Bench bench;

  /** On one stage. */
  public DoorRush(Bench bench) {
    this.bench = bench;
  }

  /** Each run with an event and tickets of its own. */
  public void run() {
    bench.report().begin("check-in");
    Run run = bench.medianProfiled("check-in", this::doorsOpen);
    LoadResult load = run.load();
    Report report = bench.report();
    String doors = "%d tickets at %d doors".formatted(TICKETS, DOORS);
    report.add(doors + ": let in", run.perSecond(), "1/s", null, Bench.refusals(load));
    report.add(doors + ": until the last one is in", load.seconds(), "s");
    bench.reportCpu(doors, run, null);
  }

  private Run doorsOpen() {
    Organization organization = bench.stage().world().anOrganization();
    Instant start = bench.stage().now().plus(UNTIL_EVENT).truncatedTo(ChronoUnit.SECONDS);
    PublishedEvent event =
        EventDraft.of(organization, TICKETS)
            .with("startsAt", start)
            .with("endsAt", start.plus(EVENT_LASTS))
            .publishedAt(0);
    List<String> codes = new ArrayList<>();
    for (int sold = 0; sold < TICKETS; sold += TICKETS_OF_A_BUYER) {
      Answer made =
          bench
              .stage()
              .participant(sold / TICKETS_OF_A_BUYER)
              .triesToRegisterFor(event, TICKETS_OF_A_BUYER)
              .expect(201);
      made.json()
          .path("tickets")
          .valueStream()
          .map(ticket -> ticket.path("code").asString())
          .forEach(codes::add);
    }
    bench.check();
    Semaphore doors = new Semaphore(DOORS);
    Latencies scans = new Latencies();
    OpenSchedule atOnce = new OpenSchedule(TICKETS * 1000.0, Duration.ofMillis(1));
    Run run =
        bench.measure(
            new OpenLoad(atOnce, TICKETS),
            number -> {
              doors.acquire();
              try {
                return scan(organization, event, codes.get(number), scans);
              } finally {
                doors.release();
              }
            });
    Report report = bench.report();
    report.add("p50 of a scan", scans.percentileMs(0.5), "ms");
    report.add("p99 of a scan", scans.percentileMs(0.99), "ms");
    requireInside(event);
    return run;
  }

  private static Action.Outcome scan(
      Organization organization, PublishedEvent event, String code, Latencies scans) {
    long began = System.nanoTime();
    Answer answer =
        organization.owner().api().post(event.path() + "/check-ins", Map.of("ticketCode", code));
    scans.add(System.nanoTime() - began);
    return answer.status() == 201
        ? Action.Outcome.good(null)
        : Action.Outcome.refused(answer.outcome());
  }

  private void requireInside(PublishedEvent event) {
    long inside =
        bench
            .stage()
            .world()
            .databases()
            .number(
                "registration",
                """
                SELECT count(*) FROM check_in c JOIN ticket k ON k.id = c.ticket_id
                JOIN registration r ON r.id = k.registration_id WHERE r.event_id = ? AND c.inside
                """,
                event.id());
    if (inside != TICKETS) {
      bench.report().violated("of %d %d are in".formatted(TICKETS, inside));
    }
  }
}
