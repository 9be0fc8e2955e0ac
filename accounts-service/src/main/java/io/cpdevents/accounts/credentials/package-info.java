/** What people log in with, how they change it, and how they get it back. */
package io.cpdevents.accounts.credentials;
