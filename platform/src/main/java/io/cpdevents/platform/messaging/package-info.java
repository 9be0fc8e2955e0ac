/** The transactional outbox, the idempotent inbox, and the quarantine of parked messages. */
package io.cpdevents.platform.messaging;
