package io.cpdevents.sandbox.front;

import io.cpdevents.sandbox.front.KeptAnswers.KeptAnswer;
import io.cpdevents.sandbox.objects.ObjectViews;
import io.cpdevents.sandbox.objects.StripeJson;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpMethod;
import org.springframework.stereotype.Component;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionOperations;
import org.springframework.transaction.support.TransactionTemplate;
import tools.jackson.databind.node.ObjectNode;

/**
 * Answers one request in one transaction. The answer of a key is kept in the same transaction as
 * its effect; a refusal undoes the effect, but not the key.
 */
@Component
class AnswerRequest {
  private static final Logger LOG = LoggerFactory.getLogger(AnswerRequest.class);
  private static final int MAX_KEY_LENGTH = 255;

  private final KeptAnswers answers;
  private final ObjectViews views;
  private final TransactionTemplate transaction;
  private final TransactionTemplate savepoint;

  AnswerRequest(KeptAnswers answers, ObjectViews views, PlatformTransactionManager transactions) {
    this.answers = answers;
    this.views = views;
    this.transaction = new TransactionTemplate(transactions);
    this.savepoint = new TransactionTemplate(transactions);
    this.savepoint.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
  }

  /** Answers a request without an idempotency key. What only reads needs no transaction. */
  StripeAnswer handle(StripeRoute route, StripeRequest request) {
    if (route.method().equals(HttpMethod.GET)) {
      return attempt(route, request, TransactionOperations.withoutTransaction());
    }
    return require(transaction.execute(_ -> attempt(route, request, savepoint)));
  }

  /** Answers a request with an idempotency key. */
  StripeAnswer handle(StripeRoute route, StripeRequest request, String key, String requestId) {
    if (key.length() > MAX_KEY_LENGTH) {
      throw StripeRefusal.invalid(
          null, null, "Idempotency keys have at most %d characters.".formatted(MAX_KEY_LENGTH));
    }
    String hash = hash(route, request);
    StripeAnswer answer =
        transaction.execute(_ -> {
          if (!answers.claim(request.account(), key)) {
            throw StripeRefusal.keyInUse(key);
          }
          KeptAnswer kept = answers.find(request.account(), key).orElse(null);
          if (kept != null) {
            return replay(kept, hash, key);
          }
          StripeAnswer fresh = attempt(route, request, savepoint);
          if (fresh.kept()) {
            answers.keep(
                request.account(),
                key,
                new KeptAnswer(hash, requestId, fresh.status(), fresh.body()));
          }
          return fresh;
        });
    return require(answer);
  }

  /** Keeps a 500 that a fault asked for, as Stripe keeps those of requests it has begun. */
  void keepFailure(StripeRoute route, StripeRequest request, String key, String requestId) {
    transaction.executeWithoutResult(_ ->
        answers.keep(
            request.account(),
            key,
            new KeptAnswer(
                hash(route, request),
                requestId,
                StripeRefusal.internal().status(),
                StripeJson.write(StripeRefusal.internal().body()))));
  }

  private static StripeAnswer replay(KeptAnswer kept, String hash, String key) {
    if (!kept.requestHash().equals(hash)) {
      throw StripeRefusal.keyReused(key);
    }
    return new StripeAnswer(kept.status(), kept.body(), false, false, kept.requestId());
  }

  private StripeAnswer attempt(
      StripeRoute route, StripeRequest request, TransactionOperations undo) {
    try {
      return require(
          undo.execute(status -> {
            try {
              return new StripeAnswer(
                  200, StripeJson.write(answer(route, request)), true, false, null);
            } catch (StripeRefusal refusal) {
              if (!refusal.keepsChanges()) {
                status.setRollbackOnly();
              }
              return StripeAnswer.of(refusal, StripeJson.write(refusal.body()));
            }
          }));
    } catch (RuntimeException e) {
      if (LockTimeout.is(e)) {
        return refused(StripeRefusal.locked());
      }
      LOG.error("{} {} failed", route.method(), route.path(), e);
      return refused(StripeRefusal.internal());
    }
  }

  private ObjectNode answer(StripeRoute route, StripeRequest request) {
    List<String> expand = request.params().texts("expand");
    ObjectNode answer = route.handler().answer(request);
    try {
      views.expand(request.account(), answer, expand);
    } catch (ObjectViews.CannotExpand e) {
      throw StripeRefusal.invalid(null, "expand", String.valueOf(e.getMessage()));
    }
    return answer;
  }

  private static StripeAnswer refused(StripeRefusal refusal) {
    return StripeAnswer.of(refusal, StripeJson.write(refusal.body()));
  }

  private static StripeAnswer require(@Nullable StripeAnswer answer) {
    if (answer == null) {
      throw new IllegalStateException("A transaction without an answer");
    }
    return answer;
  }

  private static String hash(StripeRoute route, StripeRequest request) {
    String canonical =
        route.method()
            + " "
            + route.path()
            + request.pathVariables()
            + request.params().canonical();
    try {
      byte[] digest =
          MessageDigest.getInstance("SHA-256").digest(canonical.getBytes(StandardCharsets.UTF_8));
      return HexFormat.of().formatHex(digest);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
