package io.cpdevents.testservice;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.cpdevents.contracts.Topic;
import io.cpdevents.contracts.registration.RegistrationEvent;
import io.cpdevents.contracts.registration.RegistrationEvent.RefundRequested;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationConfirmed;
import io.cpdevents.contracts.registration.RegistrationEvent.RegistrationExpired;
import io.cpdevents.platform.error.CommonProblem;
import io.cpdevents.platform.error.FieldProblem;
import io.cpdevents.platform.error.FieldRules;
import io.cpdevents.platform.error.NamesRefusals;
import io.cpdevents.platform.error.ProblemCode;
import io.cpdevents.platform.error.RefusesCommonly;
import io.cpdevents.platform.error.RuleViolation.FieldError;
import io.cpdevents.platform.idempotency.Intent;
import io.cpdevents.platform.idempotency.NeverStored;
import io.cpdevents.platform.idempotency.RequiresIdempotencyKey;
import io.cpdevents.platform.messaging.Inbox;
import io.cpdevents.platform.money.Amount;
import io.cpdevents.platform.money.Money;
import io.cpdevents.platform.security.AccountEndpoint;
import io.cpdevents.platform.security.Caller;
import io.cpdevents.platform.security.Credential;
import io.cpdevents.platform.security.InternalEndpoint;
import io.cpdevents.platform.security.OrganizationEndpoint;
import io.cpdevents.platform.security.OrganizationRole;
import io.cpdevents.platform.security.PlatformEndpoint;
import io.cpdevents.platform.security.PlatformRole;
import io.cpdevents.platform.security.PublicEndpoint;
import io.cpdevents.platform.sql.Period;
import io.cpdevents.platform.text.OneLine;
import io.cpdevents.platform.web.Page;
import io.cpdevents.platform.web.PageRequest;
import io.cpdevents.platform.web.Versioned;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import java.io.IOException;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.dao.TransientDataAccessResourceException;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.kafka.annotation.KafkaListener;
import org.springframework.stereotype.Component;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RequestPart;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.node.ObjectNode;

/** A service that has nothing but what the platform gives. */
@SpringBootApplication
public class TestService {

  /** What {@code POST /api/v1/things} takes. */
  public record NewThing(
      @NotBlank @OneLine(max = 20) String name,
      @NotNull Mode mode,
      @Nullable @Amount(Amount.Kind.PRICE) Money price,
      @Nullable Instant at)
      implements FieldRules {

    @Override
    public List<FieldError> brokenRules() {
      return at != null && at.isBefore(Instant.EPOCH)
          ? List.of(FieldProblem.IN_THE_PAST.at("at"))
          : List.of();
    }
  }

  /** A password. */
  @Schema(type = "string")
  public record Secret(@JsonValue String value) implements Credential {

    /** Takes it from a request. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public Secret {}
  }

  /** What {@code POST /api/v1/log-ins} takes. */
  public record NewLogIn(
      @NotBlank @OneLine(max = 20) String name,
      @NotNull @Schema(maxLength = 100) Secret password) {}

  /** The service's own codes. */
  public enum TestProblem implements ProblemCode {
    EXCEEDS_REFUNDABLE;

    @Override
    public Kind kind() {
      return Kind.CONFLICT;
    }

    @Override
    public String meaning() {
      return "Too much.";
    }

    @Override
    public String remedy() {
      return "Ask for less.";
    }
  }

  /** The codes by which an endpoint may refuse. */
  @NamesRefusals
  @Target(ElementType.METHOD)
  @Retention(RetentionPolicy.RUNTIME)
  public @interface Refuses {
    /** The codes. */
    TestProblem[] value();
  }

  /** How a thing behaves. */
  public enum Mode {
    IN_PERSON,
    SLOW,
    BROKEN
  }

  /** A thing. */
  public record Thing(UUID id, String name, @Nullable Instant at) {
    Thing(UUID id, String name) {
      this(id, name, null);
    }
  }

  /** A thing that people edit, and how many copies are left of it. */
  public record Edition(UUID id, long version, int copiesLeft) implements Versioned {}

  /** Every kind of endpoint. */
  @RestController
  public static class Things {
    private final JdbcClient jdbc;

    /** Held back until the test lets go. */
    public volatile CountDownLatch slow = new CountDownLatch(0);

    /** Whether no question is taken. */
    public volatile boolean refusesQuestions;

    /** How often the endpoint ran. */
    public final AtomicInteger runs = new AtomicInteger();

    /** What its editions show beside their version. */
    public final AtomicInteger copiesLeft = new AtomicInteger();

    Things(JdbcClient jdbc) {
      this.jdbc = jdbc;
    }

    @PostMapping("/api/v1/things")
    @RefusesCommonly(CommonProblem.AMOUNT_NOT_PAYABLE)
    @ResponseStatus(HttpStatus.CREATED)
    @AccountEndpoint
    Thing make(@Valid @RequestBody NewThing thing, Intent intent) throws InterruptedException {
      runs.incrementAndGet();
      if (thing.mode() == Mode.SLOW) {
        slow.await();
      }
      if (thing.mode() == Mode.BROKEN) {
        throw new IllegalStateException("a bug");
      }
      jdbc.sql("INSERT INTO thing (id, name) VALUES (:id, :name) ON CONFLICT (id) DO NOTHING")
          .param("id", intent.id())
          .param("name", thing.name())
          .update();
      return new Thing(intent.id(), thing.name(), thing.at());
    }

    @PostMapping("/api/v1/editions")
    @ResponseStatus(HttpStatus.CREATED)
    @AccountEndpoint
    ResponseEntity<Edition> makeEdition(Intent intent) {
      Edition made = new Edition(intent.id(), 1, runs.incrementAndGet());
      return ResponseEntity.created(URI.create("/api/v1/editions/" + made.id())).body(made);
    }

    @GetMapping("/api/v1/editions/{id}")
    @AccountEndpoint
    Edition getEdition(@PathVariable UUID id) {
      return new Edition(id, 1, copiesLeft.get());
    }

    @PostMapping("/api/v1/secrets")
    @AccountEndpoint
    @NeverStored
    Thing secret(Intent intent) {
      return new Thing(intent.id(), "secret " + runs.incrementAndGet());
    }

    @PostMapping("/api/v1/log-ins")
    @PublicEndpoint
    Thing logIn(@Valid @RequestBody NewLogIn logIn, Intent intent) {
      runs.incrementAndGet();
      return new Thing(intent.id(), logIn.name());
    }

    @PostMapping("/api/v1/questions")
    @PublicEndpoint
    @Refuses(TestProblem.EXCEEDS_REFUNDABLE)
    Thing ask(@Valid @RequestBody NewThing question, Intent intent) {
      runs.incrementAndGet();
      if (refusesQuestions || question.mode() == Mode.BROKEN) {
        throw TestProblem.EXCEEDS_REFUNDABLE.violation();
      }
      return new Thing(intent.id(), question.name());
    }

    @PostMapping("/api/v1/refunds")
    @AccountEndpoint
    @Refuses(TestProblem.EXCEEDS_REFUNDABLE)
    @RequiresIdempotencyKey
    Thing refund(Intent intent) {
      throw TestProblem.EXCEEDS_REFUNDABLE.violation("Too much: " + intent.id());
    }

    @PostMapping("/webhooks/things")
    @PublicEndpoint
    void told() {}

    @PostMapping("/webhooks/bytes")
    @PublicEndpoint
    void toldBytes(HttpServletRequest request) throws IOException {
      request.getInputStream().readAllBytes();
    }

    @GetMapping("/api/v1/public")
    @PublicEndpoint
    Thing anybody(Optional<Caller> caller) {
      return new Thing(new UUID(0, 0), caller.isPresent() ? "known" : "anonymous");
    }

    @PatchMapping("/api/v1/things")
    @AccountEndpoint
    @io.swagger.v3.oas.annotations.parameters.RequestBody(
        content = @Content(schema = @Schema(implementation = NewThing.class)))
    Thing change(@RequestBody ObjectNode patch) {
      return new Thing(new UUID(0, 0), "changed " + patch.size());
    }

    @GetMapping("/api/v1/times")
    @PublicEndpoint
    Thing at(
        @RequestParam(required = false) @Nullable Instant at,
        @RequestParam(required = false) @OneLine(max = 20) @Nullable String name) {
      return new Thing(new UUID(0, 0), name == null ? "time" : name, at);
    }

    @GetMapping("/api/v1/things/{thingId}/kin")
    @PublicEndpoint
    Page<UUID> kin(
        @PathVariable UUID thingId,
        @RequestParam UUID notOf,
        @RequestParam(required = false) @Nullable Mode mode,
        @RequestParam(defaultValue = "0") @Min(0) @Max(10) int waitSeconds,
        Period period,
        PageRequest page) {
      return Page.whole(List.of(thingId));
    }

    @PutMapping("/api/v1/things/{thingId}")
    @AccountEndpoint
    Thing replace(@PathVariable UUID thingId, @Valid @RequestBody NewThing thing) {
      return new Thing(thingId, thing.name(), thing.at());
    }

    @GetMapping("/api/v1/pages")
    @PublicEndpoint
    Page<Integer> pages(PageRequest page) {
      return Page.whole(List.of(page.limit()));
    }

    @GetMapping("/api/v1/organizations/{organizationId}/things")
    @OrganizationEndpoint(OrganizationRole.ADMIN)
    Thing ofOrganization(@PathVariable UUID organizationId, Caller caller) {
      caller.requireRole(organizationId, OrganizationRole.ADMIN);
      return new Thing(organizationId, "of organization");
    }

    @GetMapping("/api/v1/ops/things")
    @PlatformEndpoint(PlatformRole.PLATFORM_FINANCE)
    Thing forFinance() {
      return new Thing(new UUID(0, 0), "finance");
    }

    @PostMapping("/api/v1/ops/decisions")
    @PlatformEndpoint(value = PlatformRole.PLATFORM_FINANCE, admin = false)
    Thing forFinanceItself() {
      return new Thing(new UUID(0, 0), "finance itself");
    }

    @PostMapping(path = "/api/v1/files", consumes = MediaType.MULTIPART_FORM_DATA_VALUE)
    @AccountEndpoint
    Thing upload(@RequestPart String purpose) {
      return new Thing(new UUID(0, 0), purpose);
    }

    @GetMapping("/internal/things")
    @InternalEndpoint
    Thing internal() {
      return new Thing(new UUID(0, 0), "internal");
    }

    @PostMapping("/api/v1/unnamed-refusals")
    @AccountEndpoint
    void refuseUnnamed() {
      throw TestProblem.EXCEEDS_REFUNDABLE.violation();
    }

    @GetMapping("/api/v1/forgotten")
    Thing forgotten() {
      return new Thing(new UUID(0, 0), "no access rule");
    }
  }

  /** A listener that fails when told to. */
  @Component
  public static class Listener {
    private final Inbox.Subscription<RegistrationEvent> subscription;
    private final JdbcClient jdbc;

    /** Events of these registrations cannot be handled. */
    public final Set<UUID> poison = ConcurrentHashMap.newKeySet();

    /** How often handling still fails for a passing reason. */
    public final AtomicInteger outages = new AtomicInteger();

    Listener(Inbox inbox, JdbcClient jdbc) {
      this.jdbc = jdbc;
      this.subscription =
          inbox
              .subscribe(RegistrationEvent.class, this::handle, Topic.REGISTRATION_REGISTRATIONS)
              .inOwnTransaction(Set.of(RefundRequested.class))
              .ignoring(Set.of(RegistrationConfirmed.class));
    }

    @KafkaListener(topics = Topic.Names.REGISTRATION_REGISTRATIONS)
    void on(List<ConsumerRecord<String, byte[]>> records) {
      subscription.receive(records);
    }

    private void handle(RegistrationEvent event) {
      if (event instanceof RegistrationConfirmed) {
        throw new IllegalStateException("ignored, and here all the same");
      }
      if (!(event instanceof RegistrationExpired expired)) {
        return;
      }
      jdbc.sql("INSERT INTO handled (key, sequence) VALUES (:key, :sequence)")
          .param("key", expired.key())
          .param("sequence", (int) expired.expiredAt().getEpochSecond())
          .update();
      if (outages.get() > 0 && outages.getAndDecrement() > 0) {
        throw new TransientDataAccessResourceException("the database is away");
      }
      if (poison.contains(expired.registrationId())) {
        throw new IllegalStateException("cannot be handled");
      }
    }
  }
}
