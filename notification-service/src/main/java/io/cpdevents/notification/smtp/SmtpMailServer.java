package io.cpdevents.notification.smtp;

import io.github.resilience4j.bulkhead.Bulkhead;
import io.github.resilience4j.bulkhead.BulkheadConfig;
import io.github.resilience4j.bulkhead.BulkheadRegistry;
import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.MimeMessage;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;

/**
 * The mail server over SMTP, behind a circuit breaker that counts only failures to reach it: what
 * the server says about one mail is no failure of the server. A bulkhead limits the connections.
 */
@Component
class SmtpMailServer implements MailServer {

  private static final Logger log = LoggerFactory.getLogger(SmtpMailServer.class);

  /** Many servers refuse more connections from one sender. */
  private static final int MAX_CONCURRENT_CONNECTIONS = 8;

  /** Those before a mail hold their connections no longer than their time-outs. */
  private static final Duration MAX_CONNECTION_WAIT_TIME = Duration.ofMinutes(1);

  private static final int BREAKER_WINDOW_CALLS = 10;
  private static final int MIN_BREAKER_CALLS = 3;
  private static final float BREAKER_FAILURE_PERCENT = 50;
  private static final Duration BREAKER_OPEN_TIME = Duration.ofSeconds(2);

  private static final int PERMANENT = 500;
  private static final int TRANSIENT = 400;

  /** RFC 5321, 3.8: a server that shuts down says 421 to any command. */
  private static final int SHUTTING_DOWN = 421;

  private final SmtpConnections connections;
  private final MessageFactory messages;
  private final CircuitBreaker breaker;
  private final Bulkhead bulkhead;

  SmtpMailServer(
      SmtpConnections connections,
      MessageFactory messages,
      CircuitBreakerRegistry breakers,
      BulkheadRegistry bulkheads) {
    this.connections = connections;
    this.messages = messages;
    this.breaker =
        breakers.circuitBreaker(
            "smtp",
            CircuitBreakerConfig.custom()
                .slidingWindowSize(BREAKER_WINDOW_CALLS)
                .minimumNumberOfCalls(MIN_BREAKER_CALLS)
                .failureRateThreshold(BREAKER_FAILURE_PERCENT)
                .waitDurationInOpenState(BREAKER_OPEN_TIME)
                .permittedNumberOfCallsInHalfOpenState(1)
                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                .build());
    this.bulkhead =
        bulkheads.bulkhead(
            "smtp",
            BulkheadConfig.custom()
                .maxConcurrentCalls(MAX_CONCURRENT_CONNECTIONS)
                .maxWaitDuration(MAX_CONNECTION_WAIT_TIME)
                .build());
  }

  @Override
  public int permitted(int wanted) {
    return switch (breaker.getState()) {
      case OPEN, FORCED_OPEN -> 0;
      case HALF_OPEN -> Math.min(1, wanted);
      case CLOSED, DISABLED, METRICS_ONLY -> wanted;
    };
  }

  @Override
  public void onReturn(Runnable listener) {
    breaker
        .getEventPublisher()
        .onStateTransition(transition -> {
          log.info("the breaker of the mail server: {}", transition.getStateTransition());
          listener.run();
        });
  }

  @Override
  public Answer handOver(Envelope envelope, BooleanSupplier isWanted) {
    MimeMessage message;
    try {
      message = messages.message(connections.session(), envelope);
    } catch (AddressException e) {
      // The exception's message holds the address, so it is not logged.
      return new Answer.Refused("address-invalid");
    } catch (MessagingException e) {
      throw new IllegalStateException("a message could not be built: " + e.getClass());
    }
    if (!bulkhead.tryAcquirePermission()) {
      return new Answer.Withheld("no-free-connection");
    }
    try {
      return isWanted.getAsBoolean() ? sendGuarded(message) : new Answer.Withheld("lease-over");
    } finally {
      bulkhead.onComplete();
    }
  }

  private Answer sendGuarded(MimeMessage message) {
    if (!breaker.tryAcquirePermission()) {
      return new Answer.Away("mail-server-away");
    }
    long startNanos = System.nanoTime();
    Answer answer = send(message);
    long tookNanos = System.nanoTime() - startNanos;
    if (answer instanceof Answer.Away) {
      breaker.onError(tookNanos, TimeUnit.NANOSECONDS, new MessagingException("away"));
    } else {
      breaker.onSuccess(tookNanos, TimeUnit.NANOSECONDS);
    }
    return answer;
  }

  private Answer send(MimeMessage message) {
    Transport transport;
    try {
      transport = connections.take();
    } catch (MessagingException e) {
      log.warn("no connection to the mail server: {}", e.getClass().getSimpleName());
      return new Answer.Away("mail-server-away");
    }
    try {
      transport.sendMessage(message, message.getAllRecipients());
      connections.giveBack(transport);
      return new Answer.Accepted();
    } catch (MessagingException e) {
      connections.close(transport);
      return explain(e);
    }
  }

  /** What a failure means, by the codes of all its causes; the server's texts are never read. */
  private static Answer explain(MessagingException failure) {
    for (Exception next = failure; next != null; next = next(next)) {
      if (next instanceof SMTPAddressFailedException address) {
        return aboutMail(address.getReturnCode(), "recipient");
      }
      if (next instanceof SMTPSendFailedException send
          && next(send) == null
          && send.getReturnCode() >= TRANSIENT) {
        // A refused MAIL command is about us, the sender: no mail of ours would be taken.
        boolean aboutUs = send.getCommand().toUpperCase(Locale.ROOT).startsWith("MAIL");
        return aboutUs || send.getReturnCode() == SHUTTING_DOWN
            ? new Answer.Away("smtp-" + send.getReturnCode())
            : aboutMail(send.getReturnCode(), "content");
      }
    }
    log.warn("the mail server broke off: {}", failure.getClass().getSimpleName());
    return new Answer.Away("mail-server-away");
  }

  private static Answer aboutMail(int code, String what) {
    String reason = "smtp-%d-%s".formatted(code, what);
    if (code >= PERMANENT) {
      return new Answer.Refused(reason);
    }
    return code == SHUTTING_DOWN ? new Answer.Away(reason) : new Answer.Deferred(reason);
  }

  private static @Nullable Exception next(Exception failure) {
    return failure instanceof MessagingException messaging ? messaging.getNextException() : null;
  }
}
