/** The pages of platform finance at {@code /finance}: they show what the API answers. */
package io.cpdevents.billing.console;
