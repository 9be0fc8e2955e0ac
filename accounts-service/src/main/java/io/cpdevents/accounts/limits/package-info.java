/** Limits on attempts that hold exactly, over all instances. */
package io.cpdevents.accounts.limits;
