/** Events that are over are deleted. */
@NullMarked
package io.cpdevents.billing.webhooks.jobs;

import org.jspecify.annotations.NullMarked;
