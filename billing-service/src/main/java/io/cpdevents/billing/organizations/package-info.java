/** What is watched about the money of organizations: what they have, owe, and are not paid. */
package io.cpdevents.billing.organizations;
