/** What finance checks when nobody asks. */
@NullMarked
package io.cpdevents.billing.finance.jobs;

import org.jspecify.annotations.NullMarked;
