/** What payments do when nobody asks. */
@NullMarked
package io.cpdevents.billing.payments.jobs;

import org.jspecify.annotations.NullMarked;
