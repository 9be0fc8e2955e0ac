/** The roles on the platform itself. */
@NullMarked
package io.cpdevents.accounts.platformroles;

import org.jspecify.annotations.NullMarked;
