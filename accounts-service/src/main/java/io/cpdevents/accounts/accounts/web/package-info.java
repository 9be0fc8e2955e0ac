/** The HTTP endpoints of accounts and profiles. */
@NullMarked
package io.cpdevents.accounts.accounts.web;

import org.jspecify.annotations.NullMarked;
