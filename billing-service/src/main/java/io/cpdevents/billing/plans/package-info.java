/** What a plan costs an organization: its fee rule. */
package io.cpdevents.billing.plans;
