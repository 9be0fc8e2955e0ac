/** API idempotency: a request that is sent twice has one effect and one answer. */
package io.cpdevents.platform.idempotency;
