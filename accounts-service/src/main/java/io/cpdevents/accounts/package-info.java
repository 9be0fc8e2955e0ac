/** Who people are: accounts, sessions, organizations and the audit log of all services. */
@NullMarked
package io.cpdevents.accounts;

import org.jspecify.annotations.NullMarked;
