/** Organizations and their members. */
@NullMarked
package io.cpdevents.accounts.organizations;

import org.jspecify.annotations.NullMarked;
