/** What refunds do when nobody asks. */
@NullMarked
package io.cpdevents.billing.refunds.jobs;

import org.jspecify.annotations.NullMarked;
