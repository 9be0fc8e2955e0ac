/** Where a request comes from: address and device. */
@NullMarked
package io.cpdevents.accounts.origin;

import org.jspecify.annotations.NullMarked;
