package io.cpdevents.sandbox.api;

import io.cpdevents.sandbox.objects.StripeJson;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Gives refusals of the levers Stripe's error bodies too. */
@RestControllerAdvice
class RefusalAdvice {
  private static final Logger LOG = LoggerFactory.getLogger(RefusalAdvice.class);

  @ExceptionHandler
  ResponseEntity<String> refused(StripeRefusal refusal) {
    return ResponseEntity.status(refusal.status())
        .contentType(MediaType.APPLICATION_JSON)
        .body(StripeJson.write(refusal.body()));
  }

  @ExceptionHandler
  ResponseEntity<String> failed(DataAccessException e) {
    if (LockTimeout.is(e)) {
      return refused(StripeRefusal.locked());
    }
    LOG.error("A lever failed", e);
    return refused(StripeRefusal.internal());
  }

  @ExceptionHandler
  ResponseEntity<String> unreadable(HttpMessageNotReadableException e) {
    return refused(
        StripeRefusal.invalid(
            null, null, "The body is not the JSON that this lever accepts; see README.md."));
  }
}
