/**
 * Organizations' connections with Zoom. Tokens are encrypted in the database, and never leave this
 * service.
 */
package io.cpdevents.accounts.zoom;
