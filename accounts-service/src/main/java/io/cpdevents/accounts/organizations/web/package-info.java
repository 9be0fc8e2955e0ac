/** The HTTP endpoints of organizations. */
@NullMarked
package io.cpdevents.accounts.organizations.web;

import org.jspecify.annotations.NullMarked;
