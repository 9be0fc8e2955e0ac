/** What a plan costs an organization: its fee rule. */
@NullMarked
package io.cpdevents.billing.plans;

import org.jspecify.annotations.NullMarked;
