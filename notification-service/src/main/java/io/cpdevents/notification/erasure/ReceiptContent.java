package io.cpdevents.notification.erasure;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.cpdevents.contracts.erasure.ErasureAnswerEvent.Kept;
import java.net.URI;
import java.time.Instant;
import java.util.List;

/**
 * What the last mail to a person says, from accounts-service.
 *
 * @param keys where the keys are by which the receipt is verified
 * @param receipt the signed receipt
 */
@JsonIgnoreProperties(ignoreUnknown = true)
record ReceiptContent(Instant requestedAt, List<Kept> kept, URI keys, String receipt) {}
