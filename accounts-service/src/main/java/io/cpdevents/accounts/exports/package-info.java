/** A person gets all that the platform has about them. */
package io.cpdevents.accounts.exports;
