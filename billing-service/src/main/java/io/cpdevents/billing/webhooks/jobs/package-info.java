/** Applying what was kept. */
@NullMarked
package io.cpdevents.billing.webhooks.jobs;

import org.jspecify.annotations.NullMarked;
