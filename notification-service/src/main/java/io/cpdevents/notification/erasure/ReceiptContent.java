package io.cpdevents.notification.erasure;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import java.time.Instant;
import java.util.List;

/**
 * What the last mail to a person says, from accounts-service.
 *
 * @param receipt the signed receipt
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ReceiptContent(Instant requestedAt, List<Kept> kept, String receipt) {}
